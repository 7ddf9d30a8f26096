/** Frontmatter metadata of all pages → the resolved reference that the site shows. */
export { type Entry, type PageReference, type Property, type RowGroup, type TypePart, groupRows } from './model.ts';
export { type ReferenceProject, readReference } from './read-reference.ts';
export { type EntryUse, type ResolvedPage, findEntries, resolveReference } from './resolve.ts';
export { type ResolvedRow, shownRows } from './resolved-entry.ts';
export { frontmatterSchema } from './metadata.ts';
export * from './conformance/index.ts';
