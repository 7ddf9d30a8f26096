/// <reference types="astro/client" />

declare namespace App {
  interface Locals {
    /** The page being drawn, set by the route before anything else renders. */
    page: import('./page.ts').Page;
  }
}
