/// <reference types="astro/client" />

declare module 'virtual:docs/site' {
  /** The content that pages are rendered from; rejects if it could not be read. */
  export const describedSite: () => Promise<import('../describe/index.ts').DescribedSite>;
}

declare module 'virtual:docs/texts' {
  /** What Astro compiles a page's file to. */
  export type TextModule = Pick<import('astro').MDXInstance<Record<string, unknown>>, 'Content'>;
  /** The texts of all pages, by file with a leading `/`. */
  export const texts: Record<string, TextModule>;
}

declare module 'virtual:docs/own-routes' {
  /** Paths of the pages that have a route of their own. */
  export const ownPaths: readonly string[];
}

declare module 'virtual:docs/components' {
  /** Additional components of the project. */
  export const components: Record<string, import('astro').MDXInstance<Record<string, unknown>>['Content']>;
}

declare module 'virtual:docs/addresses' {
  /** The path that the site is below; empty if it has an origin of its own. */
  export const base: string;
  /** Path of the page that explains error codes, if any. */
  export const errorsPage: string | undefined;
}

declare namespace App {
  interface Locals {
    /** The page being rendered, set by the route before anything else. */
    page: import('../describe/index.ts').Page;
    /** Ids of the blocks of the page that are drawn. */
    drawnBlocks?: Set<string>;
    /** How many `<Install>` of the page have been drawn. */
    installs?: number;
    /** The code fences of the page that are drawn. */
    drawnFences?: Set<object>;
  }
}

/** The scripts that a page loads on demand, by name. */
interface LazyScripts {
  edit: typeof import('./code/edit.client.ts');
  hover: typeof import('./code/hover.client.ts');
  run: typeof import('./code/run.client.ts');
  search: typeof import('./search/search.client.ts');
}

/** Defined in every page's head; `import()` fetches each script once. */
declare function load<Name extends keyof LazyScripts>(name: Name): Promise<LazyScripts[Name]>;

/** Selects a language, by default the chosen one, in every block on the page that has it. */
declare function showLanguage(language?: string): void;

/**
 * Restores theme and language from the URL or an earlier page; returns the language in the URL.
 */
declare function restore(): string | null;

/** Selects the language in each part of the page as it is parsed. */
declare const arriving: MutationObserver;

interface Document {
  /** Whether the page is being prerendered; undefined if the browser does not prerender. */
  readonly prerendering?: boolean;
}
