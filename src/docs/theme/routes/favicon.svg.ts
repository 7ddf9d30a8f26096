/** The icon of the site: its mark. */
import type { APIRoute } from 'astro';
import { describedSite } from 'virtual:docs/site';

export const GET: APIRoute = async () => {
  const { mark, colours } = (await describedSite()).project;
  const icon =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">' +
    `<path fill="${colours['icon'] ?? '#b3392c'}" d="${mark.filled}"/>` +
    '<path fill="none" stroke="#fff" stroke-width="1.8" stroke-linecap="round" stroke-linejoin="round" ' +
    `d="${mark.lines}"/></svg>\n`;
  return new Response(icon);
};
