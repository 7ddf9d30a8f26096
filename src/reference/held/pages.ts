/** The MDX files under content/ → the frontmatter of each, as text. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { PageFrontmatter } from '../resolve.ts';
import { PROJECT_ROOT } from './checker.ts';

/** Reads the frontmatter of every page in a folder of `root`, this project's unless given, in order of their paths. */
export async function readPages(root: string = PROJECT_ROOT, contentDir = 'content'): Promise<PageFrontmatter[]> {
  const files = (await Array.fromAsync(glob(`${contentDir}/**/*.mdx`, { cwd: root }))).map((file) =>
    file.replaceAll('\\', '/'),
  );
  return Promise.all(
    files.toSorted().map(async (file) => {
      const text = await readFile(join(root, file), 'utf8');
      const yaml = /^---\r?\n([\s\S]*?)^---\s*$/m.exec(text)?.[1] ?? '';
      const page = `/${file
        .slice(contentDir.length + 1)
        .replace(/\.mdx$/, '')
        .replace(/(^|\/)index$/, '')}`;
      return { file, page, yaml: text.startsWith('---') ? yaml : '', firstLine: 2 };
    }),
  );
}
