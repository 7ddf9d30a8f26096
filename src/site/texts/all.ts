/** The texts of all pages, for a site that is built: one module is imported sooner than one for each page. */
import type { MDXInstance } from 'astro';

/** What Astro makes of a page's file. */
export type TextModule = Pick<MDXInstance<Record<string, unknown>>, 'Content'>;

export const texts: Record<string, TextModule> = import.meta.glob<TextModule>(['/content/**/*.mdx', '/CHANGELOG.md'], {
  eager: true,
});
