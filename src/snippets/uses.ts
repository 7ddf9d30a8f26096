/** The pages of content/ → which snippet is shown where; and what shows nothing, or is never shown. */
import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { mdxToMdast } from 'satteri';
import { type Finding, nearestName } from '../findings/index.ts';
import type { Snippet } from './source/snippet.ts';

/** A `<CodeBlock file="…">` or `<CodeBlockTab file="…">` on a page. */
export interface SnippetUse {
  /** What `file` names. */
  name: string;
  /** What `region` names, where it is given. */
  region?: string;
  /** The page, as a path from the project's root. */
  page: string;
  /** Where the element begins, counted from 1. */
  line: number;
  column: number;
}

/** A node of the syntax tree, as far as this file reads it. */
interface Node {
  name?: string | null;
  position?: { start: { line: number; column: number } };
  attributes?: { name?: string; value?: unknown }[];
  children?: Node[];
}

const ELEMENTS = ['CodeBlock', 'CodeBlockTab'];

/** Finds every use of a snippet below `contentDir`; pages are named from `root`. An absent folder has none. */
export async function findSnippetUses(contentDir: string, root: string): Promise<SnippetUse[]> {
  const files = (await Array.fromAsync(glob('**/*.mdx', { cwd: contentDir }))).sort();
  return files.flatMap((file) => {
    const path = join(contentDir, file);
    // Waiting for each of many small files takes longer than reading it.
    return readUses(readFileSync(path, 'utf8'), relative(root, path).replaceAll('\\', '/'));
  });
}

/** The uses on one page. */
export function readUses(text: string, page: string): SnippetUse[] {
  let tree: Node;
  try {
    tree = mdxToMdast(text) as Node;
  } catch {
    // Whoever draws the page reports its syntax; what it shows is not lost over that.
    return scanUses(text, page);
  }
  const uses: SnippetUse[] = [];
  const visit = (node: Node) => {
    if (ELEMENTS.includes(node.name ?? '')) {
      const attribute = (name: string) => node.attributes?.find((each) => each.name === name)?.value;
      const [name, region] = [attribute('file'), attribute('region')];
      const { line, column } = node.position?.start ?? { line: 1, column: 1 };
      if (typeof name === 'string')
        uses.push({ name, ...(typeof region === 'string' && { region }), page, line, column });
    }
    node.children?.forEach(visit);
  };
  visit(tree);
  return uses;
}

function scanUses(text: string, page: string): SnippetUse[] {
  return [...text.matchAll(/<CodeBlock(?:Tab)?\s[^>]*?\bfile="([^"]*)"/g)].map(({ index, 1: name = '' }) => {
    const before = text.slice(0, index).split('\n');
    return { name, page, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
  });
}

type ShowableSnippet = Pick<Snippet, 'id' | 'name' | 'path' | 'regions'>;

/** Every use has to name a snippet, and a region it has; every snippet has to be shown. */
export function checkUses(uses: readonly SnippetUse[], snippets: readonly ShowableSnippet[]): Finding[] {
  return [...uses.flatMap((use) => checkUse(use, snippets)), ...checkShown(uses, snippets)];
}

function checkUse(use: SnippetUse, snippets: readonly ShowableSnippet[]): Finding[] {
  const { name, region, page: file, line, column } = use;
  const named = snippets.filter((snippet) => snippet.name === name);
  if (named.length === 0) {
    const nearest = nearestName(
      name,
      snippets.map((snippet) => snippet.name),
    );
    return [
      {
        code: 'snippet-unknown',
        file,
        line,
        column,
        message: `Cannot show snippet "${name}": no such file in snippets/`,
        ...(nearest !== undefined && { nearest }),
        fix: 'Correct file, without the ending, or add the program.',
      },
    ];
  }
  if (region === undefined) return [];
  return named
    .filter((snippet) => !snippet.regions.some((each) => each.name === region))
    .map((snippet) => {
      const nearest = nearestName(
        region,
        snippet.regions.map((each) => each.name),
      );
      return {
        code: 'snippet-region-unknown',
        file,
        line,
        column,
        message: `Cannot show region "${region}": ${snippet.id} has none of that name`,
        ...(nearest !== undefined && { nearest }),
        fix: 'Correct region, or add it to the program.',
      };
    });
}

function checkShown(uses: readonly SnippetUse[], snippets: readonly ShowableSnippet[]): Finding[] {
  const shown = new Set(uses.map(({ name }) => name));
  return snippets
    .filter(({ name }) => !shown.has(name))
    .map(({ name, path }) => ({
      code: 'snippet-unshown',
      file: path,
      line: 1,
      message: `Cannot find a page that shows "${name}", one at least is wanted`,
      fix: `Show it with <CodeBlock file="${name}" />, or remove the program.`,
    }));
}
