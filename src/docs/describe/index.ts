/** Pages, snippets and the reference → one description per page, which everything is rendered from. */
export type { Block, Panel, Tab } from './blocks.ts';
export { blockKey, tabKey, textOfAnswer } from './blocks.ts';
export { type Content, type PageFacts, type ShownSnippet, readContent } from './content.ts';
export type { CodeHover, CodeLink } from './hovers.ts';
export {
  type NavigationSection,
  type Page,
  type PageBlock,
  type PagePanel,
  type PageTab,
  PICTURES_PATH,
  describeContents,
  describeMissing,
  describePages,
} from './page.ts';
export { type Installation, type InstallNote, installCommands } from './install.ts';
export { readPublication } from './publication.ts';
export { type DescribedSite, readSite } from './read-site.ts';
