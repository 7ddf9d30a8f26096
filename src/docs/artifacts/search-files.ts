/** The site → the files of its search index, by path. */
import { createHash } from 'node:crypto';
import type { DescribedSite, Page } from '../describe/index.ts';
import { type IndexManifest, type PageIndex, indexPages } from '../search/index.ts';
import { CHANGELOG_PATH } from './releases.ts';
import { describeSearch } from './search-entries.ts';

/** Address of their folder. */
export const SEARCH_PATH = '/search/';

/** Search begins with pages of the first section. */
const BEGIN_MAX = 6;

/** The changelog mentions every subject without explaining it: rank it below all other pages. */
const CHANGELOG_WEIGHT = 0.2;
/** A guide explains what the reference lists. */
const REFERENCE_WEIGHT = 0.8;

const described = new WeakMap<DescribedSite, Promise<Map<string, string>>>();

/** The same site has the same files: for authors, every file is asked for on its own. */
export function describeSearchFiles(site: DescribedSite): Promise<Map<string, string>> {
  const files = described.get(site) ?? index(site);
  described.set(site, files);
  return files;
}

async function index({ pages, content, project }: DescribedSite): Promise<Map<string, string>> {
  const { files, ...found } = await indexSite(pages, project.synonyms);
  const texts = Array.from(files, ([name, file]) => [name, JSON.stringify(file)] as const);
  const digest = createHash('sha256');
  for (const [, text] of texts) digest.update(text);
  const build = digest.digest('hex').slice(0, 8);
  const titles = new Map(pages.map(({ path, title }) => [path, title]));
  const manifest: IndexManifest = {
    build,
    ...found,
    begin: (content.sections[0]?.pages ?? [])
      .slice(0, BEGIN_MAX)
      .map((path) => ({ path, title: titles.get(path) ?? path })),
  };
  return new Map([
    [`${SEARCH_PATH}index.json`, JSON.stringify(manifest)],
    ...texts.map(([name, text]) => [`${SEARCH_PATH}${build}/${name}.json`, text] as const),
  ]);
}

/** The index of all pages. */
export function indexSite(pages: readonly Page[], synonyms: Readonly<Record<string, string>>): Promise<PageIndex> {
  const weights = new Map(pages.map((page) => [page.path, weightOf(page)]));
  return indexPages(pages.map(describeSearch), { synonyms, weightOf: ({ path }) => weights.get(path) ?? 1 });
}

function weightOf({ path, blocks }: Page): number {
  if (path === CHANGELOG_PATH) return CHANGELOG_WEIGHT;
  return blocks.some(({ tabs }) => tabs.some(({ entry }) => entry)) ? REFERENCE_WEIGHT : 1;
}
