/** The folder of pages → their trees; unchanged pages are not parsed again. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { CHANGELOG_FILE, type PageTree, readPageTree } from './page-tree.ts';

/** Cached pages by file path, so that an edit of one page does not reparse the others. */
const lastTrees = new Map<string, { source: string; tree: PageTree; parses: number }>();

/** Reads every page below `root`, sorted by path. A missing folder has no pages. Pages may use `components`. */
export async function readPages(
  root: string,
  contentDir = 'content',
  components: readonly string[] = [],
): Promise<PageTree[]> {
  const found = await Array.fromAsync(glob([`${contentDir}/**/*.mdx`, CHANGELOG_FILE], { cwd: root }));
  const files = found.map((file) => file.replaceAll('\\', '/')).sort();
  return files.map((file) => {
    const path = join(root, file);
    // Synchronous: awaiting each of many small files takes longer than reading it.
    const source = readFileSync(path, 'utf8');
    const last = lastTrees.get(path);
    if (last?.source === source) return last.tree;
    const tree = readPageTree(source, file, components);
    lastTrees.set(path, { source, tree, parses: (last?.parses ?? 0) + 1 });
    return tree;
  });
}

/** How often each page below `root` was parsed in this process, by file path. */
export function countParses(root: string): Map<string, number> {
  return new Map(
    [...lastTrees].flatMap(([path, { parses, tree }]) => (path === join(root, tree.file) ? [[tree.file, parses]] : [])),
  );
}
