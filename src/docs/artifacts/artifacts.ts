/** The site → the files beside its pages: its texts in Markdown, data for examples, hover texts and redirects. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ScenarioRun } from '../snippets/index.ts';
import type { DescribedSite } from '../describe/index.ts';
import { describeTexts } from './llms-texts.ts';
import { describeSearchFiles } from './search-files.ts';

/** A snippet compiled for the sandbox, fetched by a page on Run. */
export interface RunnableProgram {
  program: string;
  /** Expected results in the scenarios that a reader can choose. */
  scenarios: readonly ScenarioRun[];
}

/** Files by path; each function generates the text. */
export function describeArtifacts(site: DescribedSite): Map<string, () => string> {
  const { project, pages, content } = site;
  const { base } = project;
  const files = describeTexts(site);
  for (const page of pages) {
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
