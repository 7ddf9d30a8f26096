/** The changelog as a feed; only for a site that knows its address, since a feed's links name it. */
import { markdownToHtml } from 'satteri';
import rss from '@astrojs/rss';
import type { APIRoute } from 'astro';
import type { Page } from '../page.ts';
import { CHANGELOG_PATH, describeReleases } from '../releases.ts';
import { describedSite } from '../described-site.ts';

export async function getStaticPaths() {
  if (import.meta.env.SITE === undefined) return [];
  const { pages } = await describedSite();
  return pages
    .filter((page) => page.path === CHANGELOG_PATH)
    .map((page) => ({ params: { feed: CHANGELOG_PATH.slice(1) }, props: { page } }));
}

export const GET: APIRoute<{ page: Page }> = ({ props: { page }, site = '' }) =>
  rss({
    title: `${page.title} · AuthKit session helpers`,
    description: page.description,
    site,
    trailingSlash: false,
    items: describeReleases(page).map(({ title, path, text, day }) => ({
      title,
      link: path,
      content: markdownToHtml(text).html,
      ...(day !== undefined && { pubDate: new Date(day) }),
    })),
  });
