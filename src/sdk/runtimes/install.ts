/** Installs the packages of the lockfile in this folder into build/runtimes. */
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { RUNTIMES_FOLDER } from './start.ts';

mkdirSync(RUNTIMES_FOLDER, { recursive: true });
for (const file of ['package.json', 'package-lock.json', '.npmrc']) {
  copyFileSync(new URL(file, import.meta.url), join(RUNTIMES_FOLDER, file));
}
// Windows starts npm only through a shell.
const { status } = spawnSync('npm ci', { cwd: RUNTIMES_FOLDER, stdio: 'inherit', shell: true });
process.exitCode = status ?? 1;
