/** Reads the pages of content/ as trees. */
export type { CodeBlockTabUse, CodeBlockUse } from './code-blocks.ts';
export { type Frontmatter, type PageFrontmatter, type YamlPath, readFrontmatter } from './frontmatter.ts';
export { readHistory } from './history.ts';
export { type LinkTarget, checkLinks } from './links.ts';
export { inlineMarkdown, markdownToHtml, plainText } from './markdown.ts';
export { type Section, NAVIGATION_FILE, readNavigation } from './navigation.ts';
export {
  CHANGELOG_FILE,
  type CatalogueUse,
  type Link,
  type PageTree,
  pathOf,
  readPageTree,
  valueOf,
} from './page-tree.ts';
export { countParses, readPages } from './read-pages.ts';
export { type Heading, type Node, type Place, attributesOf, isExpression, textOf } from './syntax.ts';
