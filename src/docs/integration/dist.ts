/** Replaces `dist/` by the folder of a complete build. */
import { mkdir, rename, rm } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

/** A folder for this process, which is deleted on exit unless it has become `dist/`. */
export function nextFolder(root: string): string {
  const folder = join(root, 'build', `site-${process.pid}`);
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Replaces `dist` by `next`. Works with concurrent builds: the last one wins. */
export async function replaceDist(next: string, dist: string): Promise<void> {
  const last = `${next}-last`;
  await mkdir(join(next, '..'), { recursive: true });
  for (let attempt = 1; ; attempt++) {
    await rename(dist, last).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
    try {
      await rename(next, dist);
      break;
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (attempt === 5 || !['ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code)) throw error;
      await rm(last, { recursive: true, force: true });
    }
  }
  await rm(last, { recursive: true, force: true });
}
