/** The changelog as a feed; only if the site's address is known, since feeds need absolute links. */
import rss from '@astrojs/rss';
import type { APIRoute } from 'astro';
import { CHANGELOG_PATH, describeReleases } from '../../artifacts/index.ts';
import type { Page } from '../../describe/index.ts';
import { markdownToHtml } from '../../pages/index.ts';
import { describedSite } from 'virtual:docs/site';

export async function getStaticPaths() {
  if (import.meta.env.SITE === undefined) return [];
  const { pages } = await describedSite();
  return pages
    .filter((page) => page.path === CHANGELOG_PATH)
    .map((page) => ({ params: { feed: CHANGELOG_PATH.slice(1) }, props: { page } }));
}

export const GET: APIRoute<{ page: Page }> = async ({ props: { page }, site = '' }) => {
  const { project } = await describedSite();
  return rss({
    title: `${page.title} · ${project.title}`,
    description: page.description,
    site,
    trailingSlash: false,
    items: describeReleases(page).map(({ title, path, text, day }) => ({
      title,
      link: project.base + path,
      content: markdownToHtml(text),
      ...(day !== undefined && { pubDate: new Date(day) }),
    })),
  });
};
