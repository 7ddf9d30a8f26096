/** The web app manifest. */
import type { APIRoute } from 'astro';
import { describedSite } from 'virtual:docs/site';

export const GET: APIRoute = async () => {
  const { base, title, shortTitle, tagline, colours } = (await describedSite()).project;
  const manifest = {
    name: title,
    short_name: shortTitle,
    description: tagline,
    start_url: `${base}/`,
    display: 'minimal-ui',
    background_color: '#fbf9f6',
    theme_color: colours['icon'] ?? '#b3392c',
    icons: [{ src: `${base}/favicon.svg`, type: 'image/svg+xml', sizes: 'any', purpose: 'any' }],
  };
  return new Response(`${JSON.stringify(manifest, null, 2)}\n`);
};
