/** Changes below a project → one call for each pause in them, with the paths that changed. */
import { watch } from 'node:fs';
import { join } from 'node:path';

/** How long nothing may change before what has changed is told. */
const PAUSE_MS = 120;

/** Tells changes in the folders until `signal` is aborted. Changes during a call are told after it. */
export function watchFolders(
  root: string,
  folders: readonly string[],
  onChange: (paths: string[]) => Promise<void>,
  signal: AbortSignal,
): void {
  const changed = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  let busy = false;
  const tell = async () => {
    if (busy || changed.size === 0) return;
    const paths = [...changed].sort();
    changed.clear();
    busy = true;
    try {
      await onChange(paths);
    } finally {
      busy = false;
    }
    await tell();
  };
  for (const folder of folders) {
    watch(join(root, folder), { recursive: true, signal }, (_event, name) => {
      // What is being written beside a file that it replaces is no change of its own.
      if (name === null || /\.next$|(?:^|[\\/])\./.test(name)) return;
      changed.add(`${folder}/${name.replaceAll('\\', '/')}`);
      clearTimeout(timer);
      timer = setTimeout(() => void tell(), PAUSE_MS);
    });
  }
}

/** Names of the snippets that a change touches; undefined where it may touch all of them. */
export function namesTouchedBy(paths: readonly string[], snippetsDir: string): string[] | undefined {
  const programs = paths.map((path) =>
    path.startsWith(`${snippetsDir}/`) ? path.slice(snippetsDir.length + 1).replace(/\.[^.]+$/, '') : undefined,
  );
  const names = programs.filter((name) => name !== undefined);
  return names.length === paths.length ? [...new Set(names)] : undefined;
}
