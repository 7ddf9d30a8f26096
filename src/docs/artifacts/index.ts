/** Described pages → the other files of the built site. */
export { type RunnableProgram, describeArtifacts, writeArtifacts } from './artifacts.ts';
export { type Mark, type PictureText, drawPicture } from './draw-picture.ts';
export { CHANGELOG_PATH, describeReleases } from './releases.ts';
export { addressOf, describeTexts } from './llms-texts.ts';
export { markdownOfEntry } from './markdown-twin.ts';
export { datePages } from './sitemap-dates.ts';
export { SEARCH_PATH, describeSearchFiles, indexSite } from './search-files.ts';
