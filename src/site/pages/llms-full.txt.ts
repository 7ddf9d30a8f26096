/** Every page as Markdown in one text, for programs that read all at once. */
import type { APIRoute } from 'astro';
import { markdownOf } from '../markdown-twin.ts';
import { describedSite } from '../described-site.ts';

export const GET: APIRoute = async () => {
  const { pages } = await describedSite();
  return new Response(pages.map((page) => `<!-- ${page.path} -->\n\n${markdownOf(page)}`).join('\n'));
};
