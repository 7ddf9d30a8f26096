/** Reads the pages of content/ as trees. */
export { CHANGELOG_FILE, addressOf, addressOfFile, pathOf } from './addresses.ts';
export { CALLOUTS, calloutOf, withoutMark } from './tree/callouts.ts';
export type { CodeBlockTabUse, CodeBlockUse } from './tree/code-blocks.ts';
export { valueOf } from './tree/expressions.ts';
export type { Fence } from './tree/fences.ts';
export { type Frontmatter, type PageFrontmatter, type YamlPath, readFrontmatter } from './frontmatter.ts';
export { type Commit, readCommit, readHistory } from './history.ts';
export { type LinkTarget, checkLinks } from './links.ts';
export { inlineMarkdown, markdownToHtml, plainText } from './markdown.ts';
export { type Section, NAVIGATION_FILE, ancestorsOf, readNavigation } from './navigation.ts';
export { type CatalogueUse, type Link, type PageTree, FEATURES, readPageTree } from './tree/page-tree.ts';
export { isBroken } from './tree/page-findings.ts';
export { countParses, readDocuments, readPage, readPages } from './read-pages.ts';
export { type Heading, type Node, type Place, attributesOf, isExpression, textOf } from './tree/syntax.ts';
