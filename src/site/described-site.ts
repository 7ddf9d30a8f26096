/** What the pages are drawn from: read by the program that builds or serves the site, in the same process. */
import type { DescribedSite } from '../docs/describe/index.ts';

/** The pages are bundled, the program that reads is not, and they have no module in common. */
const PLACE = Symbol.for('authkit-session-helpers.site');

const shared = globalThis as { [PLACE]?: Promise<DescribedSite> };

/** From now on pages are drawn from `site`, and wait until it is there. */
export function handOver(site: Promise<DescribedSite>): void {
  shared[PLACE] = site;
  // Who reads it hears of it as well.
  site.catch(() => {});
}

/** Rejects as the reading did. */
export async function describedSite(): Promise<DescribedSite> {
  const site = shared[PLACE];
  if (!site) throw new Error('Cannot draw a page: no content was read, "npm run build" and "npm run dev" do so');
  return site;
}
