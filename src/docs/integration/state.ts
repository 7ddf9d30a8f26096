/**
 * What pages are drawn from, by the root of its project. The integration reads it, and the pages, which are bundled,
 * load this very module: they have no other in common.
 */
import type { DescribedSite } from '../describe/index.ts';

const sites = new Map<string, Promise<DescribedSite>>();

/** From now on pages of the project in `root` are drawn from `site`, and wait until it is there. */
export function handOver(root: string, site: Promise<DescribedSite>): void {
  sites.set(root, site);
  // Callers of describedSite() see the rejection.
  site.catch(() => {});
}

/** The content; rejects if it could not be read. */
export async function describedSite(root: string): Promise<DescribedSite> {
  const site = sites.get(root);
  if (!site) throw new Error(`Cannot draw a page of ${root}: no content was read, "astro build" and "astro dev" do so`);
  return site;
}
