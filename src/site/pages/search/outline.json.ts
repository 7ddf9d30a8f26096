/** What search knows as soon as it is opened: titles, headings and names of the reference. */
import type { APIRoute } from 'astro';
import { describeOutline, describeSearch } from '../../search/entries.ts';
import { describedSite } from '../../described-site.ts';

export const GET: APIRoute = async () => Response.json((await describedSite()).pages.map((page) => describeOutline(describeSearch(page))));
