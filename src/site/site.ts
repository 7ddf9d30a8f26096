/** The content → all pages of the site, described. */
import type { Content, Section } from './gate/index.ts';
import { handedOver } from './handed-over.ts';
import { type Page, describePages } from './page.ts';

export interface DescribedSite {
  /** All pages: the home page first, the others in the order of the navigation. */
  pages: Page[];
  sections: Section[];
}

let described: { content: Content; site: DescribedSite } | undefined;

/** Described once, and anew when an author has changed the content. */
export function describeSite(): DescribedSite {
  const content = handedOver();
  if (described?.content !== content) described = { content, site: describeNow(content) };
  return described.site;
}

function describeNow(content: Content): DescribedSite {
  const { sections } = content;
  const order = ['/', ...sections.flatMap((section) => section.pages)];
  const places = new Map(order.map((path, index) => [path, index]));
  const placeOf = ({ path }: Page) => places.get(path) ?? order.length;
  return { sections, pages: describePages(content).toSorted((a, b) => placeOf(a) - placeOf(b)) };
}
