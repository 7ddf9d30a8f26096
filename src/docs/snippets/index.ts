/** Reads, type-checks, runs and compares the snippets. */
export { type CheckedProgram, checkProgram } from './check-program.ts';
export { compareOutput } from './match-output.ts';
export type { Ending, Limits } from './run/outcome.ts';
export { type EmulatorModule, canRunInPages, importEmulator } from './run/api-server.ts';
export { type Run, type RunOptions, type RunResult, runSnippets } from './run/run-snippets.ts';
export type { FenceState } from './fences.ts';
export type { Directives, Region } from './source/markers.ts';
export { type ScenarioRecord, type ScenarioRun, readScenarios, recordScenarios } from './scenarios.ts';
export { type ReadResult, readSnippets } from './source/read.ts';
export type { Snippet } from './source/snippet.ts';
export { type SnippetUse, checkUses, findSnippetUses } from './uses.ts';
export {
  type Verification,
  type VerifiedSnippet,
  type VerifyOptions,
  unchangedHere,
  verifySnippets,
} from './verify.ts';
