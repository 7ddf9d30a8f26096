/** Allows crawlers to read everything, and names the sitemap. */
import type { APIRoute } from 'astro';
import { describedSite } from 'virtual:docs/site';

export const GET: APIRoute = async ({ site }) => {
  const { base } = (await describedSite()).project;
  const sitemap = site ? `\nSitemap: ${new URL(`${base}/sitemap-index.xml`, site)}\n` : '';
  return new Response(`User-agent: *\nAllow: /\n${sitemap}`);
};
