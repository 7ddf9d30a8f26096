/** The trees of pages → where each snippet is shown; with findings for unknown and unused snippets. */
import type { CodeBlockTabUse, PageTree } from '../pages/index.ts';
import { type Finding, nearestName } from '../findings/index.ts';
import type { Snippet } from './source/snippet.ts';

/** A `<CodeBlock file="…">` or `<CodeBlockTab file="…">` on a page. */
export interface SnippetUse {
  /** Value of `file`. */
  name: string;
  /** Value of `region`, if given. */
  region?: string;
  /** The page, as a path relative to the project root. */
  page: string;
  /** Start of the element, counted from 1. */
  line: number;
  column: number;
  /** Whether it is the file of a block with tabs, which need not exist. */
  isFallback?: true;
}

/** Every use of a snippet on the pages, in page order. */
export function findSnippetUses(pages: readonly PageTree[]): SnippetUse[] {
  return pages.flatMap(({ file: page, blocks }) =>
    blocks.flatMap((block) => [
      ...useOf(block, page).map((use): SnippetUse => (block.tabs.length > 0 ? { ...use, isFallback: true } : use)),
      ...block.tabs.flatMap((tab) => useOf(tab, page)),
    ]),
  );
}

function useOf({ file: name, region, line, column }: CodeBlockTabUse, page: string): SnippetUse[] {
  return name === undefined ? [] : [{ name, ...(region !== undefined && { region }), page, line, column }];
}

type ShowableSnippet = Pick<Snippet, 'id' | 'name' | 'path' | 'regions'>;

/** Checks that every use names an existing snippet and region, and that every snippet is shown. */
export function checkUses(uses: readonly SnippetUse[], snippets: readonly ShowableSnippet[]): Finding[] {
  return [...uses.flatMap((use) => checkUse(use, snippets)), ...checkShown(uses, snippets)];
}

function checkUse(use: SnippetUse, snippets: readonly ShowableSnippet[]): Finding[] {
  const { name, region, page: file, line, column, isFallback } = use;
  const named = snippets.filter((snippet) => snippet.name === name);
  if (named.length === 0 && isFallback) return [];
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
        // Without a similar name, the program is not written yet.
        severity: nearest === undefined ? 'warning' : 'error',
        message: `Cannot show snippet "${name}": there is no such snippet`,
        ...(nearest !== undefined && { nearest }),
        fix: 'Correct "file" (without extension), or add the snippet.',
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
        message: `Cannot show region "${region}": ${snippet.id} has no region of that name`,
        ...(nearest !== undefined && { nearest }),
        fix: 'Correct "region", or add the region to the snippet.',
      };
    });
}

function checkShown(uses: readonly SnippetUse[], snippets: readonly ShowableSnippet[]): Finding[] {
  const shown = new Set(uses.map(({ name }) => name));
  return snippets
    .filter(({ name }) => !shown.has(name))
    .map(({ name, path }) => ({
      code: 'snippet-unshown',
      severity: 'warning',
      file: path,
      line: 1,
      message: `No page shows "${name}", expected at least one`,
      fix: `Show it with <CodeBlock file="${name}" />, or remove the snippet.`,
    }));
}
