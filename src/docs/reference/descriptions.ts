/** `(authentication.session_data)` → the text at that path: on the page, else on its ancestors, else on any page. */
import { nearestName } from '../findings/index.ts';
import type { Frontmatter } from './metadata.ts';

/** A description that only consists of a path in parentheses. */
const LOOK_UP = /^\(([\w-]+(?:\.[\w-]+)*)\)$/;

export type DescriptionResult =
  | { text: string }
  | { problem: 'unresolved'; path: string; nearest: string | undefined }
  | { problem: 'ambiguous'; path: string; pages: string[] };

/** Resolves descriptions for pages, from the `descriptions` of all pages. */
export class DescriptionIndex {
  readonly #byPage = new Map<string, Map<string, string>>();
  readonly #siteWide = new Map<string, Map<string, string[]>>();

  /** Adds the `descriptions` of a page, in either spelling of the field. */
  add(page: string, frontmatter: Frontmatter): void {
    const texts = new Map<string, string>();
    for (const map of [frontmatter.descriptions, frontmatter.description]) {
      if (typeof map === 'object') flatten(map, '', texts);
    }
    this.#byPage.set(page, texts);
    for (const [path, text] of texts) {
      const pagesByText = this.#siteWide.get(path) ?? new Map<string, string[]>();
      pagesByText.set(text, [...(pagesByText.get(text) ?? []), page]);
      this.#siteWide.set(path, pagesByText);
    }
  }

  /** Resolves `description` on `page`; returns anything that is not a path unchanged. */
  resolve(description: string, page: string): DescriptionResult {
    const path = LOOK_UP.exec(description)?.[1];
    if (path === undefined) return { text: description };
    for (const at of withAncestors(page)) {
      const text = this.#byPage.get(at)?.get(path);
      if (text !== undefined) return { text };
    }
    const pagesByText = [...(this.#siteWide.get(path) ?? [])];
    if (pagesByText.length > 1) return { problem: 'ambiguous', path, pages: pagesByText.flatMap(([, pages]) => pages) };
    const [only] = pagesByText;
    if (only) return { text: only[0] };
    return { problem: 'unresolved', path, nearest: nearestName(path, this.#siteWide.keys()) };
  }
}

/** `/a/b/c` → `/a/b/c`, `/a/b`, `/a`, `/`: an `index.mdx` has the path of its folder. */
function withAncestors(page: string): string[] {
  const parts = page.split('/').filter(Boolean);
  return [...parts.map((_, index) => `/${parts.slice(0, parts.length - index).join('/')}`), '/'];
}

function flatten(map: object, prefix: string, into: Map<string, string>): void {
  for (const [key, value] of Object.entries(map) as [string, unknown][]) {
    if (typeof value === 'string') into.set(prefix + key, value);
    else if (typeof value === 'object' && value !== null) flatten(value, `${prefix}${key}.`, into);
  }
}
