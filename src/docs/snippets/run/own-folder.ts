/** An empty folder of its own for each run, in which a snippet can write files. */
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates a folder; its path has no symbolic links, since Node's permissions compare paths. */
export async function createFolder(): Promise<string> {
  return mkdtemp(join(await realpath(tmpdir()), 'snippet-'));
}

/** Removes a folder and everything in it. */
export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
}

/** Variables that send temporary files into the folder as well. */
export function folderEnvironment(folder: string): Record<string, string> {
  return { TMPDIR: folder, TMP: folder, TEMP: folder };
}

/** Runs `use` with a folder, which is removed afterwards. */
export async function inOwnFolder<Result>(use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await createFolder();
  try {
    return await use(folder);
  } finally {
    await removeFolder(folder);
  }
}

/** Whether this Node can keep a process from writing elsewhere (since 22.13). */
const HAS_PERMISSIONS = process.allowedNodeEnvironmentFlags.has('--permission');

/** Arguments with which Node allows everything but writing outside the folder. */
export function writesOnlyTo(folder: string): string[] {
  if (!HAS_PERMISSIONS) return [];
  const others = ['--allow-child-process', '--allow-worker', '--allow-addons', '--allow-wasi'];
  const files = ['--allow-fs-read=*', `--allow-fs-write=${folder}`];
  // Each of the others is announced with a warning.
  return ['--permission', ...files, ...others, '--disable-warning=SecurityWarning'];
}

/** The file that a refused call wanted to write; undefined for other errors. */
export function refusedPath(error: unknown): string | undefined {
  const { code, permission, resource } = (error ?? {}) as { code?: string; permission?: string; resource?: string };
  return code === 'ERR_ACCESS_DENIED' && permission === 'FileSystemWrite' ? (resource ?? '') : undefined;
}
