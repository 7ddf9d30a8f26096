/** The folder of pages → their trees; unchanged pages are not parsed again. */
import { existsSync, globSync, readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { CHANGELOG_FILE } from './addresses.ts';
import { absentImport } from './tree/page-findings.ts';
import { type PageTree, readPageTree } from './tree/page-tree.ts';

/** Cached pages by file path, so that an edit of one page does not reparse the others. */
const lastTrees = new Map<string, { source: string; tree: PageTree; parses: number }>();

/** Reads every page below `root`, sorted by path. A missing folder has no pages. Pages may use `components`. */
export async function readPages(
  root: string,
  contentDir = 'content',
  components: readonly string[] = [],
): Promise<PageTree[]> {
  const found = await Array.fromAsync(glob([`${contentDir}/**/*.mdx`, CHANGELOG_FILE], { cwd: root }));
  const files = found.map((file) => file.replaceAll('\\', '/')).filter(isPage);
  // Synchronous: awaiting each of many small files takes longer than reading it.
  return files.sort().map((file) => readPage(root, file, readFileSync(join(root, file), 'utf8'), components));
}

/** Reads the Markdown files outside the pages that match the patterns, such as `README.md`, sorted by path. */
export function readDocuments(root: string, patterns: readonly string[] = []): PageTree[] {
  const files = globSync([...patterns], { cwd: root }).map((file) => file.replaceAll('\\', '/'));
  return files.sort().map((file) => readPage(root, file, readFileSync(join(root, file), 'utf8'), []));
}

/** Files and folders whose names begin with `_` are parts of pages, or notes. */
function isPage(file: string): boolean {
  return !/(?:^|\/)_/.test(file);
}

/** Reads the page in `file`, a path relative to `root`, with the text `source`. */
export function readPage(root: string, file: string, source: string, components: readonly string[]): PageTree {
  const path = join(root, file);
  const last = lastTrees.get(path);
  const tree = last?.source === source ? last.tree : readPageTree(source, file, components);
  if (tree !== last?.tree) lastTrees.set(path, { source, tree, parses: (last?.parses ?? 0) + 1 });
  const absent = tree.imports.filter(({ specifier }) => isAbsent(specifier, root, path));
  if (absent.length === 0) return tree;
  return { ...tree, findings: [...tree.findings, ...absent.map((each) => absentImport(each.specifier, file, each))] };
}

/** Whether an import of a file names none. Packages and virtual modules are the bundler's affair. */
function isAbsent(specifier: string, root: string, page: string): boolean {
  if (!/^\.{0,2}\//.test(specifier)) return false;
  const target = join(specifier.startsWith('/') ? root : dirname(page), specifier.replace(/\?.*$/, ''));
  return !['', '.ts', '.js', '.mjs', '.tsx', '.jsx', '/index.ts', '/index.js'].some((end) => existsSync(target + end));
}

/** How often each page below `root` was parsed in this process, by file path. */
export function countParses(root: string): Map<string, number> {
  return new Map(
    [...lastTrees].flatMap(([path, { parses, tree }]) => (path === join(root, tree.file) ? [[tree.file, parses]] : [])),
  );
}
