/** The git history → the last change of each address in the sitemap. */
import type { SitemapOptions } from '@astrojs/sitemap';
import { withoutBase } from '../options/index.ts';
import { pathOf, readHistory } from '../pages/index.ts';

/** Returns a function that adds the date of its page to a sitemap entry, if the page has one. */
export async function datePages(
  root: string,
  content: string,
  base: string,
): Promise<NonNullable<NonNullable<SitemapOptions>['serialize']>> {
  const days = new Map([...(await readHistory(root, content))].map(([file, day]) => [pathOf(file), day]));
  return (item) => {
    const day = days.get(withoutBase(decodeURI(new URL(item.url).pathname), base) ?? '');
    return { ...item, ...(day !== undefined && { lastmod: day }) };
  };
}
