/**
 * All pages of the site, described by the loader that reads the content, and drawn later in the same process. A
 * collection would write all of it to the disk, and read it again.
 */
import type { Content } from './gate/index.ts';
import { type Page, describePages } from './page.ts';

export interface DescribedSite {
  /** What the pages are described from. */
  content: Content;
  /** All pages: the home page first, the others in the order of the navigation. */
  pages: Page[];
}

/** The loader and the pages are bundled apart, and have no module in common. */
const PLACE = Symbol.for('authkit-session-helpers.site');

const shared = globalThis as { [PLACE]?: DescribedSite };

/** From now on pages are drawn from this. */
export function handOver(content: Content): void {
  const order = ['/', ...content.sections.flatMap((section) => section.pages)];
  const places = new Map(order.map((path, index) => [path, index]));
  const placeOf = ({ path }: Page) => places.get(path) ?? order.length;
  shared[PLACE] = { content, pages: describePages(content).toSorted((a, b) => placeOf(a) - placeOf(b)) };
}

export function describedSite(): DescribedSite {
  const site = shared[PLACE];
  if (!site) throw new Error('Cannot draw a page: no content was read, the loader of content.config.ts hands it over');
  return site;
}
