/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The page being drawn, set by the route before anything else renders. */
    page: import('./page.ts').Page;
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
