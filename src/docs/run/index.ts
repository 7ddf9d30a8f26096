/** Run: programs of the pages in the reader's browser, in a sandbox of their own. */
export { bundleScript } from './bundle.ts';
export { type SandboxOptions, buildSandbox } from './build-sandbox.ts';
export { compileForSandbox } from './compile-for-sandbox.ts';
export type { Exchange, Expected, RunReport, RunRequest } from './messages.ts';
