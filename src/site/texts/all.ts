/** The texts of all pages, for builds: one module loads faster than one per page. */
import type { MDXInstance } from 'astro';

/** What Astro compiles a page's file to. */
export type TextModule = Pick<MDXInstance<Record<string, unknown>>, 'Content'>;

export const texts: Record<string, TextModule> = import.meta.glob<TextModule>(['/content/**/*.mdx', '/CHANGELOG.md'], {
  eager: true,
});
