/** What the code declares → entries with nothing left out. */
export type { FilledEntry, FilledRow } from './filled-entry.ts';
export { fillEntry, fillNothing } from './fill.ts';
export {
  CODE,
  type DeclaredEntries,
  type DeclaredEntry,
  type HasEntry,
  type PairedEntry,
  fillEntries,
  pairEntries,
  nameOfSymbol,
  readDeclarations,
} from './read-declarations.ts';
export { areFields, gatherOptions } from './loose-rows.ts';
export { type Method, type Subject, type SymbolName, lastNameOf, methodsOf, resolveSymbol } from './resolve-symbol.ts';
export { type OwnSpelling, Translator, snakeCase, translatorFor } from './spellings.ts';
export { translateSource } from './translate.ts';
