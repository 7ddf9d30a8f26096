/** What this site tells the engine about its subject: the package, and the API its programs talk to. */
import { fileURLToPath } from 'node:url';
import type { SandboxOptions } from '../docs/run/index.ts';

/** The package that programs import. */
export const PACKAGE_NAME = 'authkit-session-helpers';

/** What programs run in, in the reader's browser. */
export const SANDBOX: SandboxOptions = {
  root: fileURLToPath(new URL('../../', import.meta.url)),
  packageName: PACKAGE_NAME,
  emulator: fileURLToPath(new URL('../emulator/index.ts', import.meta.url)),
};
