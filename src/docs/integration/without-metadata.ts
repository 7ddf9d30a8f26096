/** A page's file → its text alone: the gate reads the metadata, and the compiler of texts would parse it once more. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

/** Each line stays where it is, so that what the compiler says of one is true. */
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
