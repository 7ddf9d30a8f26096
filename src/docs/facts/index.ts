/** What pages say in numbers, names and links, compared with the code. */
export { passagesOfText } from './passages.ts';
export { type LinkedPage, linkPages } from './link-texts.ts';
export { type FactInputs, checkFacts, packageFolders } from './check-facts.ts';
