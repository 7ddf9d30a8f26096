/** The content that pages are rendered from, handed over by the build or dev script in the same process. */
import type { DescribedSite } from '../docs/describe/index.ts';

/** Stored globally: the bundled pages and the script that reads the content share no module. */
const PLACE = Symbol.for('authkit-session-helpers.site');

const shared = globalThis as { [PLACE]?: Promise<DescribedSite> };

/** Sets the content that pages are rendered from; they wait for it. */
export function handOver(site: Promise<DescribedSite>): void {
  shared[PLACE] = site;
  // Callers of describedSite() see the rejection.
  site.catch(() => {});
}

/** The content; rejects if it could not be read. */
export async function describedSite(): Promise<DescribedSite> {
  const site = shared[PLACE];
  if (!site)
    throw new Error('Cannot render a page: no content was read, expected to run in "npm run build" or "npm run dev"');
  return site;
}
