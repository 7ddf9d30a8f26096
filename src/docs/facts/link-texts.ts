/** The links of a page → findings for those whose text promises another page. */
import { type Finding, nearestName } from '../findings/index.ts';
import type { ErrorCatalogue } from '../options/index.ts';
import { type Node, type PageTree, textOf } from '../pages/index.ts';
import type { Ledger } from './ledger.ts';
import type { TitledEntry } from './titles.ts';

/** A page, and what links to it can promise. */
export interface LinkedPage {
  path: string;
  title: string;
  description: string;
  tree: PageTree;
  /** The reference entries that it declares. */
  entries: readonly TitledEntry[];
}

/** Pages with what their frontmatter declares, `references` in the same order. */
export function linkPages(
  sources: readonly PageTree[],
  references: readonly {
    frontmatter: { title?: string | undefined; description?: unknown };
    entries: readonly TitledEntry[];
  }[],
): LinkedPage[] {
  return sources.map((tree, index) => {
    const { frontmatter, entries } = references[index] ?? { frontmatter: {}, entries: [] };
    return {
      path: tree.path,
      title: frontmatter.title ?? tree.headings[0]?.text ?? tree.path,
      description: typeof frontmatter.description === 'string' ? frontmatter.description : tree.lede,
      tree,
      entries,
    };
  });
}

export function checkLinkTexts(
  page: LinkedPage,
  pages: readonly LinkedPage[],
  catalogue: ErrorCatalogue,
  ledger: Ledger,
  used: Set<unknown>,
): Finding[] {
  const codes = new Set(Object.values(catalogue).flatMap((rows) => rows.map(({ code }) => code)));
  return linksOf(page.tree.root).flatMap((node): Finding[] => {
    const text = textOf(node).replaceAll(/\s+/g, ' ').trim();
    const [, path = '', anchor = ''] = /^([^?#]*)(?:#(.*))?$/.exec(node.url ?? '') ?? [];
    const target = path === '' ? page : pages.find((each) => each.path === path);
    if (!target || text === '') return [];
    const report = (expected: string, fix = 'Correct the link or its text.', nearest?: string): Finding[] => [
      {
        code: 'link-misleads',
        file: page.tree.file,
        line: node.position?.start.line ?? 1,
        column: node.position?.start.column ?? 1,
        message: `Cannot lead from "${text}" to ${node.url}: expected ${expected}`,
        ...(nearest !== undefined && { nearest }),
        fix,
      },
    ];
    if (codes.has(text)) return anchor === text ? [] : report(`#${text}, the anchor of that code`);
    const row = ledger.links.find(({ says, leads }) => says === text && leads === node.url);
    if (row) {
      used.add(row);
      return [];
    }
    const named = pages.filter(({ title, path: own }) => title.toLowerCase() === text.toLowerCase() && own !== path);
    if (named.length > 0 && target.title.toLowerCase() !== text.toLowerCase())
      return report(`the page "${named[0]?.title}"`, undefined, named[0]?.path);
    const methods = pages.filter(({ entries }) => entries.some(({ key }) => key === text.replace(/\(\)$/, '')));
    if (methods.length > 0 && !methods.includes(target) && !mentions(target, text))
      return report(`a page with the entry "${text}"`, undefined, methods[0]?.path);
    if (promises(text, target, anchor)) return [];
    const heading = nearestName(
      text,
      target.tree.headings.map((each) => each.text),
    );
    return report(
      `a word of its text in the title, the description or the headings of ${path || 'this page'}`,
      `Correct the link or its text, or add it to "links" in ${ledger.file}.`,
      heading,
    );
  });
}

function linksOf(node: Node): Node[] {
  return [...(node.type === 'link' ? [node] : []), ...(node.children ?? []).flatMap(linksOf)];
}

function mentions({ tree }: LinkedPage, text: string): boolean {
  return tree.headings.some((heading) => heading.text.includes(text)) || tree.text.includes(`\`${text}\``);
}

/** Whether the text has a word of what the target says of itself. */
function promises(text: string, { path, title, description, tree, entries }: LinkedPage, anchor: string): boolean {
  const heading = anchor === '' ? undefined : tree.headings.find(({ slug }) => slug === anchor);
  const told = heading
    ? [heading.text, anchor, title]
    : [path, title, description, ...tree.headings.map((each) => each.text), ...entries.map(({ key }) => key)];
  const stems = new Set(stemsOf(told.join(' ')));
  return stemsOf(text).some((stem) => stems.has(stem));
}

/** `Refreshing sessions` → `refre`, `sessi`: the beginnings of words, so that endings do not matter. */
function stemsOf(text: string): string[] {
  return (text.toLowerCase().match(/[\p{L}\d]{3,}/gu) ?? [])
    .filter((word) => !['the', 'and', 'for', 'how', 'see', 'all', 'what', 'with', 'session', 'sessions'].includes(word))
    .map((word) => word.slice(0, 5));
}
