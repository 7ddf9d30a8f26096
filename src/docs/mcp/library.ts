/** The site → what the reading tools answer from: its pages, entries, examples and error codes as plain data. */
import { addressOf, indexSite, markdownOfEntry, describeTexts } from '../artifacts/index.ts';
import type { DescribedSite, PagePanel } from '../describe/index.ts';
import type { Project } from '../options/index.ts';
import { type Commit, readCommit } from '../pages/index.ts';
import { type Finder, createFinder } from '../search/index.ts';

export interface Library {
  finder: Finder;
  pages: LibraryPage[];
  entries: LibraryEntry[];
  examples: LibraryExample[];
  errors: LibraryError[];
  /** The commit that the examples ran at, if the project is in git. */
  commit: Commit | undefined;
}

/** Addresses begin with the origin of the site if it knows it, and with its path otherwise. */
export interface LibraryPage {
  path: string;
  url: string;
  title: string;
  description: string;
  markdown: string;
}

export interface LibraryEntry {
  id: string;
  /** The name in code, such as `dailyForecast`. */
  name: string;
  title: string;
  language: string;
  signature: string;
  url: string;
  markdown: string;
}

export interface LibraryExample {
  /** The name of its file, without the ending. */
  name: string;
  language: string;
  code: string;
  /** What it printed, where `…` matches what differs in each run; undefined if it did not run. */
  output: string | undefined;
  /** Where it ran, or why it did not. */
  note: string;
  /** Its results in scenarios of the API, if they differ. */
  scenarios: { title: string; output: string; threw?: string }[];
  /** The pages that show it. */
  shownAt: string[];
}

export interface LibraryError {
  code: string;
  meaning: string;
  remedy: string;
  /** What it is known by elsewhere, such as `HTTP: 429`. */
  details: string[];
  url: string;
}

/** Describes `site` at its present commit. */
export async function describeLibrary(site: DescribedSite): Promise<Library> {
  const { pages, project } = site;
  const [{ files, ...index }, commit] = await Promise.all([
    indexSite(pages, project.synonyms),
    readCommit(project.root),
  ]);
  const at = addressOf(site);
  const texts = describeTexts(site);
  const blocks = pages.flatMap((page) => page.blocks.map((block) => ({ page, block })));
  const entries = blocks.flatMap(({ block }) => block.tabs.flatMap(({ entry }) => entry ?? []));
  const examples = new Map<string, LibraryExample>();
  for (const { page, block } of blocks) {
    for (const panel of block.tabs.flatMap(({ programs, answers }) => [...programs, ...answers])) {
      const example = describeExample(panel);
      if (!example) continue;
      const known = examples.get(panel.snippet?.id ?? '') ?? example;
      if (!known.shownAt.includes(at + page.path)) known.shownAt.push(at + page.path);
      examples.set(panel.snippet?.id ?? '', known);
    }
  }
  return {
    finder: createFinder(index, (name) => Promise.resolve(files.get(name))),
    pages: pages.map(({ path, title, description, markdownPath }) => ({
      path,
      url: at + path,
      title,
      description,
      markdown: texts.get(markdownPath)?.() ?? '',
    })),
    entries: entries.map((entry) => ({
      id: entry.id,
      name: entry.key,
      title: entry.title,
      language: entry.language,
      signature: entry.signature,
      url: `${at}${entry.page}#${entry.anchor}`,
      markdown: markdownOfEntry(entry),
    })),
    examples: [...examples.values()],
    errors: pages.flatMap(({ path, catalogues }) =>
      [...catalogues.values()].flat().map(({ code, meaning, remedy, details = [] }) => ({
        code,
        meaning,
        remedy,
        details: details.map(({ label, values }) => `${label}: ${values.join(', ')}`),
        url: `${at}${path}#${code}`,
      })),
    ),
    commit,
  };
}

function describeExample({ snippet, proof, note = '' }: PagePanel): LibraryExample | undefined {
  if (!snippet) return undefined;
  const { name, language, code, ran, expectation, scenarios } = snippet;
  return {
    name,
    language,
    code,
    output: ran ? expectation.join('\n') : undefined,
    note: proof ?? note,
    scenarios: scenarios.map(({ title, output, threw }) => ({ title, output, ...(threw !== undefined && { threw }) })),
    shownAt: [],
  };
}

/** What tools say of the documented package. */
export function subjectOf({ title, package: { name } }: Project): string {
  return `${title} (package ${name})`;
}
