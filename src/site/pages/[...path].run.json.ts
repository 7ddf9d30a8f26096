/** The programs of a page as its sandbox runs them, which the page fetches when the first of them is to run. */
import type { APIRoute } from 'astro';
import type { Page } from '../page.ts';
import { describeSite } from '../site.ts';

const programsOf = ({ blocks }: Page) =>
  blocks.flatMap(({ tabs }) => tabs.flatMap(({ snippet }) => (snippet?.runnable === undefined ? [] : [[snippet.id, snippet.runnable]])));

export async function getStaticPaths() {
  return (await describeSite()).pages
    .filter(({ page }) => programsOf(page).length > 0)
    .map(({ page }) => ({ params: { path: page.markdownPath.slice(1, -'.md'.length) }, props: { page } }));
}

export const GET: APIRoute<{ page: Page }> = ({ props }) => Response.json(Object.fromEntries(programsOf(props.page)));
