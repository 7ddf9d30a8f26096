/**
 * The site → the files beside its pages: Markdown versions, data for examples, hover texts, and the llms.txt
 * files.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ScenarioRun } from '../snippets/index.ts';
import type { DescribedSite, Page } from '../describe/index.ts';
import { markdownWithBase } from '../options/index.ts';
import { markdownOf } from './markdown-twin.ts';
import { describeSearchFiles } from './search-files.ts';

/** A snippet compiled for the sandbox, fetched by a page on Run. */
export interface RunnableProgram {
  program: string;
  /** Expected results in the scenarios that a reader can choose. */
  scenarios: readonly ScenarioRun[];
}

/** Files by path; each function generates the text. */
export function describeArtifacts({ project: { base }, pages, content }: DescribedSite): Map<string, () => string> {
  const markdown = new Map<Page, string>();
  const markdownFor = (page: Page) => {
    const text = markdown.get(page) ?? markdownWithBase(markdownOf(page), base);
    markdown.set(page, text);
    return text;
  };
  const files = new Map<string, () => string>();
  for (const page of pages) {
    files.set(page.markdownPath, () => markdownFor(page));
    // Hover texts of the identifiers in its snippets.
    if (page.hovers.length > 0)
      files.set(page.markdownPath.replace(/md$/, 'hover.json'), () =>
        JSON.stringify(page.hovers.map(({ code, about }) => (about === undefined ? [code] : [code, about]))),
      );
  }
  for (const { id, runnable, scenarios } of content.snippets) {
    if (runnable !== undefined)
      files.set(`/live/${id}.json`, () => JSON.stringify({ program: runnable, scenarios } satisfies RunnableProgram));
  }
  // Former paths of pages: for hosts that read the first, and for all others.
  const { redirects } = content;
  if (redirects.size > 0)
    files.set('/_redirects', () =>
      [...redirects].map(([from, to]) => `${base}${encodeURI(from)} ${base}${encodeURI(to)} 301\n`).join(''),
    );
  for (const [from, to] of redirects) files.set(`${from}/index.html`, () => redirectPage(base + encodeURI(to)));
  files.set('/llms.txt', () => markdownWithBase(listOf(pages, content.sections), base));
  files.set('/llms-full.txt', () => pages.map((page) => `<!-- ${page.path} -->\n\n${markdownFor(page)}`).join('\n'));
  return files;
}

/** Leads browsers and search engines to the page. */
function redirectPage(path: string): string {
  const address = path.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  const head = `<meta charset="utf-8"><title>Moved</title><meta name="robots" content="noindex">`;
  const refresh = `<meta http-equiv="refresh" content="0;url=${address}"><link rel="canonical" href="${address}">`;
  return `<!doctype html><html lang="en">${head}${refresh}<p>This page has moved to <a href="${address}">${address}</a>.</p></html>\n`;
}

/** Writes all files, and those of the search, into `folder`. */
export async function writeArtifacts(site: DescribedSite, folder: string): Promise<void> {
  const made = new Set<string>();
  const search = Array.from(await describeSearchFiles(site), ([path, text]) => [path, () => text] as const);
  for (const [path, text] of [...describeArtifacts(site), ...search]) {
    const file = join(folder, path);
    // Synchronous: for thousands of small files, awaiting each one costs more than writing it.
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, text());
  }
}

/** A line per page: its Markdown address and one sentence. */
function listOf(pages: readonly Page[], sections: DescribedSite['content']['sections']): string {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const home = byPath.get('/');
  const lines = sections.flatMap(({ title, pages: paths }) => [
    `## ${title}`,
    '',
    ...paths.map((path) => {
      const page = byPath.get(path);
      return `- [${page?.title}](${page?.markdownPath}): ${page?.description}`;
    }),
    '',
  ]);
  return [`# ${home?.title}`, '', `> ${home?.description}`, '', ...lines].join('\n');
}
