/** The content, from the loader that reads it to the pages that are drawn from it in the same process. A collection would write all of it to the disk, and read it again. */
import type { Content } from './gate/index.ts';

/** The loader and the pages are bundled apart, and have no module in common. */
const PLACE = Symbol.for('authkit-session-helpers.content');

const shared = globalThis as { [PLACE]?: Content };

export function handOver(content: Content): void {
  shared[PLACE] = content;
}

/** What was handed over last. */
export function handedOver(): Content {
  const content = shared[PLACE];
  if (!content) throw new Error('Cannot draw a page: no content was read, the loader of content.config.ts hands it over');
  return content;
}
