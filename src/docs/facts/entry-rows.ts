/** The reference entries of a page → the rows of their tables as passages, so that a statement can bind name and description. */
import type { PageTree } from '../pages/index.ts';
import { type Passage, onePlace } from './passages.ts';
import { type EntryRow, type TitledEntry, lineOfTitle } from './titles.ts';

/** `client.loadKeys() retries | How often.`: the entry, the row and its description, in the language of the entry. */
export function passagesOfEntries({ tree, entries }: { tree: PageTree; entries: readonly TitledEntry[] }): Passage[] {
  return entries.flatMap(({ title, parameters = [], returns = [], properties = [] }) =>
    [parameters, returns, properties].flat().flatMap((row) => rowsOf(row, title, tree)),
  );
}

function rowsOf({ key = '', description, properties = [] }: EntryRow, title: string, tree: PageTree): Passage[] {
  const place = { line: lineOfTitle(tree, title), column: 1 };
  return [
    ...(description === undefined ? [] : [onePlace(tree.file, `${title} ${key} | ${description}`, place)]),
    ...properties.flatMap((row) => rowsOf(row, title, tree)),
  ];
}
