/** The texts of the pages, for authors: each is compiled when its page is first asked for. */
import type { MDXInstance } from 'astro';

/** What Astro makes of a page's file. */
export type TextModule = Pick<MDXInstance<Record<string, unknown>>, 'Content'>;

export const texts: Record<string, () => Promise<TextModule>> = import.meta.glob<TextModule>(['/content/**/*.mdx', '/CHANGELOG.md']);
