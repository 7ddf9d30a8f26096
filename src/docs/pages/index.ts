/** Reads the pages of content/ as trees. */
export { CHANGELOG_FILE, addressOf, addressOfFile, pathOf } from './addresses.ts';
export { markdownWithBase, readBase, withBase, withoutBase } from './base-path.ts';
export { CALLOUTS, calloutOf } from './callouts.ts';
export type { CodeBlockTabUse, CodeBlockUse } from './code-blocks.ts';
export { valueOf } from './expressions.ts';
export type { Fence } from './fences.ts';
export { type Frontmatter, type PageFrontmatter, type YamlPath, readFrontmatter } from './frontmatter.ts';
export { readHistory } from './history.ts';
export { type LinkTarget, checkLinks } from './links.ts';
export { inlineMarkdown, markdownToHtml, plainText } from './markdown.ts';
export { type Section, NAVIGATION_FILE, ancestorsOf, readNavigation } from './navigation.ts';
export { type CatalogueUse, type Link, type PageTree, FEATURES, readPageTree } from './page-tree.ts';
export { isBroken } from './page-findings.ts';
export { countParses, readPage, readPages } from './read-pages.ts';
export { type Heading, type Node, type Place, attributesOf, isExpression, textOf } from './syntax.ts';
