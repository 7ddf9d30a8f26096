/** What this site documents: the package, and the API that its snippets call. */
import { fileURLToPath } from 'node:url';
import type { SandboxOptions } from '../docs/run/index.ts';

/** The package that snippets import. */
export const PACKAGE_NAME = 'authkit-session-helpers';

/** The sandbox that runs examples in the reader's browser. */
export const SANDBOX: SandboxOptions = {
  root: fileURLToPath(new URL('../../', import.meta.url)),
  packageName: PACKAGE_NAME,
  emulator: fileURLToPath(new URL('../emulator/index.ts', import.meta.url)),
};
