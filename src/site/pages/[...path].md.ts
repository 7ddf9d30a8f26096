/** Each page as Markdown, at its address with `.md` behind. */
import type { APIRoute } from 'astro';
import { markdownOf } from '../markdown-twin.ts';
import type { Page } from '../page.ts';
import { describedSite } from '../described-site.ts';

export async function getStaticPaths() {
  return (await describedSite()).pages.map((page) => ({
    params: { path: page.markdownPath.slice(1, -'.md'.length) },
    props: { page },
  }));
}

export const GET: APIRoute<{ page: Page }> = ({ props }) => new Response(markdownOf(props.page));
