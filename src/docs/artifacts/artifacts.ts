/**
 * The site → what it has beside its pages: each as Markdown, what programs and search fetch, and texts for programs
 * that read.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ScenarioRun } from '../snippets/index.ts';
import type { DescribedSite, Page } from '../describe/index.ts';
import { markdownOf } from './markdown-twin.ts';
import { describeOutline, describeSearch } from './search-entries.ts';

/** A program as the sandbox runs it, which a page fetches when it is to run. */
export interface RunnableProgram {
  program: string;
  /** What it does in each scenario that a reader may choose. */
  scenarios: readonly ScenarioRun[];
}

/** Texts by their address, each made when it is asked for. */
export function describeArtifacts({ pages, content }: DescribedSite): Map<string, () => string> {
  const markdown = new Map<Page, string>();
  const markdownFor = (page: Page) => {
    const text = markdown.get(page) ?? markdownOf(page);
    markdown.set(page, text);
    return text;
  };
  let described: ReturnType<typeof describeSearch>[] | undefined;
  const search = () => (described ??= pages.map(describeSearch));
  const files = new Map<string, () => string>();
  for (const page of pages) {
    files.set(page.markdownPath, () => markdownFor(page));
    // What the identifiers in its programs say.
    if (page.hovers.length > 0)
      files.set(page.markdownPath.replace(/md$/, 'hover.json'), () =>
        JSON.stringify(page.hovers.map(({ code, about }) => (about === undefined ? [code] : [code, about]))),
      );
  }
  for (const { id, runnable, scenarios } of content.snippets) {
    if (runnable !== undefined)
      files.set(`/live/${id}.json`, () => JSON.stringify({ program: runnable, scenarios } satisfies RunnableProgram));
  }
  // Titles, headings and names as soon as search is opened, the rest with the first key.
  files.set('/search/outline.json', () => JSON.stringify(search().map(describeOutline)));
  files.set('/search/text.json', () => JSON.stringify(search()));
  files.set('/llms.txt', () => listOf(pages, content.sections));
  files.set('/llms-full.txt', () => pages.map((page) => `<!-- ${page.path} -->\n\n${markdownFor(page)}`).join('\n'));
  return files;
}

/** Writes all of them into `folder`. */
export function writeArtifacts(site: DescribedSite, folder: string): void {
  const made = new Set<string>();
  for (const [path, text] of describeArtifacts(site)) {
    const file = join(folder, path);
    // One after the other: for thousands of small files, waiting for each costs more than writing it.
    if (!made.has(dirname(file))) mkdirSync(dirname(file), { recursive: true });
    made.add(dirname(file));
    writeFileSync(file, text());
  }
}

/** Each page with its address as Markdown and one sentence. */
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
