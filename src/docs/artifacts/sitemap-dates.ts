/** The repository's history → when each address of the sitemap last changed. */
import type { SitemapOptions } from '@astrojs/sitemap';
import { pathOf, readHistory } from '../pages/index.ts';

/** What puts into an entry of the sitemap the day that its page bears; an entry without a day stays as it is. */
export async function datePages(root: string): Promise<NonNullable<NonNullable<SitemapOptions>['serialize']>> {
  const days = new Map([...(await readHistory(root))].map(([file, day]) => [pathOf(file), day]));
  return (item) => {
    const day = days.get(decodeURI(new URL(item.url).pathname));
    return { ...item, ...(day !== undefined && { lastmod: day }) };
  };
}
