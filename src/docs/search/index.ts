/** Pages → a search index in many small files, and queries of it. */
export type { SearchLine, SearchPage, SearchSection } from './entries.ts';
export type { IndexManifest } from './files.ts';
export { type IndexOptions, type PageIndex, indexPages } from './index-pages.ts';
export { type Found, type Finder, type FoundPage, type FoundSection, createFinder, markWords } from './finder.ts';
