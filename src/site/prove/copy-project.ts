/** This project → a copy of it in another folder, to be changed and checked there. */
import { cp, mkdir, symlink } from 'node:fs/promises';
import { basename, join } from 'node:path';

const PARTS = [
  'src',
  'content',
  'snippets',
  'public',
  'CHANGELOG.md',
  'astro.config.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vitest.config.ts',
];

/** Copies all that pages and programs are made of from `root`, and of what was built the parts named by `built`. */
export async function copyProject(root: string, folder: string, built: readonly string[] = []): Promise<void> {
  await mkdir(folder, { recursive: true });
  await Promise.all(
    [...PARTS, ...built].map((part) => cp(join(root, part), join(folder, part), { recursive: true, filter: isOwn })),
  );
  await symlink(join(root, 'node_modules'), join(folder, 'node_modules'));
}

/** Packages are linked to, or belong to a room that is not tried here. */
function isOwn(path: string): boolean {
  return basename(path) !== 'node_modules';
}
