/** This project → a copy in another folder, to be changed and checked there. */
import { cp, mkdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PARTS = [
  'src',
  'content',
  'snippets',
  'public',
  '.github',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'README.md',
  'SECURITY.md',
  'astro.config.mjs',
  'knip.json',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** Copies the sources of pages and snippets from `root`, and the build folders in `built`. */
export async function copyProject(root: string, folder: string, built: readonly string[] = []): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    [...PARTS, ...built].map((part) => cp(join(root, part), join(folder, part), { recursive: true, filter: isOwn })),
  );
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** node_modules is linked; other folders are not needed. */
function isOwn(path: string): boolean {
  return basename(path) !== 'node_modules';
}
