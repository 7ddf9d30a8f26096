/** Described pages → the other files of the built site. */
export { type RunnableProgram, describeArtifacts, writeArtifacts } from './artifacts.ts';
export { type Mark, type PictureText, drawPicture } from './draw-picture.ts';
export { CHANGELOG_PATH, describeReleases } from './releases.ts';
export { datePages } from './sitemap-dates.ts';
export {
  type SearchLine,
  type SearchPage,
  type SearchSection,
  describeOutline,
  describeSearch,
} from './search-entries.ts';
