/** Removes the frontmatter from a page's file, so that Astro does not parse it again. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Keeps line numbers, so that those in the compiler's errors are correct. */
export function withoutMetadata(): Plugin {
  return {
    name: 'without-metadata',
    load: {
      filter: { id: /\.mdx$/ },
      handler: (file) =>
        readFileSync(file, 'utf8').replace(/^---\r?\n.*?\n---/s, (metadata) => metadata.replaceAll(/[^\n]/g, '')),
    },
  };
}
