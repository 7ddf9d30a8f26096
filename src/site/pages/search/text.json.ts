/** Everything that search finds, which it fetches with the first key. */
import type { APIRoute } from 'astro';
import { describeSearch } from '../../search/entries.ts';
import { describedSite } from '../../described-site.ts';

export const GET: APIRoute = async () => Response.json((await describedSite()).pages.map((page) => describeSearch(page)));
