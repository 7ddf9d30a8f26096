/** What the identifiers in a page's programs say, in one table that the page fetches when it is first asked. */
import type { APIRoute } from 'astro';
import type { Page } from '../page.ts';
import { describedSite } from '../described-site.ts';

export async function getStaticPaths() {
  const { pages } = await describedSite();
  return pages
    .filter((page) => page.hovers.length > 0)
    .map((page) => ({ params: { path: page.markdownPath.slice(1, -'.md'.length) }, props: { page } }));
}

export const GET: APIRoute<{ page: Page }> = ({ props }) =>
  Response.json(props.page.hovers.map(({ code, about }) => (about === undefined ? [code] : [code, about])));
