/** Runs the examples of a page in a sandbox in the reader's browser. */
export { bundleScript } from './bundle.ts';
export { type SandboxOptions, buildSandbox, buildScriptSandbox } from './build-sandbox.ts';
export { type Compiled, compileForSandbox } from './compile-for-sandbox.ts';
export { redactBody } from './redact.ts';
export type { Exchange, Expected, RunReport, RunRequest } from './messages.ts';
