/**
 * The content that pages are rendered from, by project root. Both the integration and the bundled pages load this
 * module; they share no other.
 */
import type { DescribedSite } from '../describe/index.ts';

const sites = new Map<string, Promise<DescribedSite>>();

/** Sets the content that pages of the project in `root` are rendered from; they wait for it. */
export function handOver(root: string, site: Promise<DescribedSite>): void {
  sites.set(root, site);
  // Callers of describedSite() see the rejection.
  site.catch(() => {});
}

/** The content; rejects if it could not be read. */
export async function describedSite(root: string): Promise<DescribedSite> {
  const site = sites.get(root);
  if (!site)
    throw new Error(
      `Cannot render a page of ${root}: no content was read, expected to run in "astro build" or "astro dev"`,
    );
  return site;
}
