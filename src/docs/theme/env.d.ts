/// <reference types="astro/client" />

declare module 'virtual:docs/site' {
  /** What the pages are drawn from. Rejects as the reading did. */
  export const describedSite: () => Promise<import('../describe/index.ts').DescribedSite>;
}

declare module 'virtual:docs/texts' {
  /** What Astro makes of a page's file. */
  export type TextModule = Pick<import('astro').MDXInstance<Record<string, unknown>>, 'Content'>;
  /** The texts of all pages, by `/` and their file. */
  export const texts: Record<string, TextModule>;
}

declare module 'virtual:docs/components' {
  /** What the project's pages may use beside the theme's own. */
  export const components: Record<string, import('astro').MDXInstance<Record<string, unknown>>['Content']>;
}

declare module 'virtual:docs/errors' {
  /** The page that explains an error code; undefined where there is none. */
  export const errorsPage: string | undefined;
}

declare namespace App {
  interface Locals {
    /** The page being drawn, set by the route before anything else renders. */
    page: import('../describe/index.ts').Page;
  }
}

/** What a page loads only once it is asked for, by name. */
interface LazyScripts {
  edit: typeof import('./code/edit.client.ts');
  hover: typeof import('./code/hover.client.ts');
  run: typeof import('./code/run.client.ts');
  search: typeof import('./search/search.client.ts');
}

/** Stands in every page's head; `import()` asks for each script once. */
declare function load<Name extends keyof LazyScripts>(name: Name): Promise<LazyScripts[Name]>;

/** Chooses in each block on the page the language given, or the one chosen; a block without it stays as it is. */
declare function showLanguage(language?: string): void;

/**
 * Shows the theme and the language that the address or an earlier page asks for; returns the language in the address.
 */
declare function restore(): string | null;

/** Chooses the language in what is parsed, until all of it is. */
declare const arriving: MutationObserver;

interface Document {
  /** Whether the page is drawn ahead, for a reader who may never open it; undefined where browsers do no such thing. */
  readonly prerendering?: boolean;
}
