/** Everything that search finds, which it fetches with the first key. */
import type { APIRoute } from 'astro';
import { describeSearch } from '../../search/entries.ts';
import { describeSite } from '../../site.ts';

export const GET: APIRoute = async () => Response.json(describeSite().pages.map((page) => describeSearch(page)));
