/** Adds the path of the site to the addresses of each page, in development and when it is built. */
import type { MiddlewareHandler } from 'astro';
import { withBase } from '../options/index.ts';
import { describedSite } from 'virtual:docs/site';

export const onRequest: MiddlewareHandler = async (_context, next) => {
  const response = await next();
  if (!response.headers.get('Content-Type')?.startsWith('text/html')) return response;
  // Not of import.meta.env, which an environment variable could change.
  const { base } = (await describedSite()).project;
  return new Response(withBase(await response.text(), base), { status: response.status, headers: response.headers });
};
