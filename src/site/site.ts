/** The content collections → all pages of the site, described. */
import { getCollection } from 'astro:content';
import type { PageFacts, Section, ShownSnippet } from './gate/index.ts';
import { type Page, describePages } from './page.ts';

/** An entry of a collection; Astro's own types know nothing of what a loader stores. */
interface Entry<Data> {
  id: string;
  data: Data;
}

export interface DescribedPage {
  page: Page;
  /** The collection's entry, from which the text is rendered. */
  entry: Entry<PageFacts>;
}

export interface DescribedSite {
  /** All pages: the home page first, the others in the order of the navigation. */
  pages: DescribedPage[];
  sections: Section[];
}

let described: Promise<DescribedSite> | undefined;

/** Described once in a build, and anew for each request while an author works on the pages. */
export function describeSite(): Promise<DescribedSite> {
  if (import.meta.env.DEV) return describeNow();
  return (described ??= describeNow());
}

async function describeNow(): Promise<DescribedSite> {
  const [entries, sectionEntries, snippets] = await Promise.all([
    getCollection('pages') as Promise<Entry<PageFacts>[]>,
    getCollection('sections') as Promise<Entry<Section>[]>,
    getCollection('snippets') as Promise<Entry<ShownSnippet>[]>,
  ]);
  const sections = sectionEntries.toSorted((a, b) => a.id.localeCompare(b.id)).map(({ data }) => data);
  const pages = describePages({ pages: entries.map(({ data }) => data), sections, snippets: snippets.map(({ data }) => data) });
  const byPath = new Map(entries.map((entry) => [entry.id, entry]));
  const order = ['/', ...sections.flatMap((section) => section.pages)];
  const places = new Map(order.map((path, index) => [path, index]));
  const placeOf = (page: Page) => places.get(page.path) ?? order.length;
  return {
    sections,
    pages: pages
      .toSorted((a, b) => placeOf(a) - placeOf(b))
      .flatMap((page) => {
        const entry = byPath.get(page.path);
        return entry ? [{ page, entry }] : [];
      }),
  };
}
