/** An entry in which nothing is left to look up, as its page writes it, and the place of each row. */
import type { Place } from '../pages/index.ts';
import type { LanguageName } from './languages.ts';

/** Where something stands in its file. */
export interface FilePlace extends Place {
  file: string;
}

/** What rows may stand in, and what can be said of the fields they leave out. */
export interface ResolvedOwner {
  key: string;
  /** Names under `leftOut`: fields the code has and the reference leaves out on purpose. */
  leftOut: string[];
  /** The place of one of its fields, or of itself; of what a symbol stands for, that of the symbol. */
  at(field?: string): FilePlace;
}

/** A parameter, a return field or a property, as written. */
export interface ResolvedRow extends ResolvedOwner {
  /** Empty where none was written. */
  type: string;
  description: string | undefined;
  optional: boolean;
  /** Its `rows` are shown in its place. */
  unwrap: boolean;
  expanded: boolean;
  title: string | undefined;
  rows: ResolvedRow[];
}

export interface ResolvedEntry extends ResolvedOwner {
  id: string;
  language: LanguageName;
  page: string;
  title: string;
  url: string;
  type: string | undefined;
  description: string | undefined;
  patternBefore: string | undefined;
  parameters: ResolvedRow[];
  returns: ResolvedRow[];
  properties: ResolvedRow[];
}

/** Fragment id of an entry. */
export function anchorOf({ language, id }: Pick<ResolvedEntry, 'language' | 'id'>): string {
  return `${language}.${id}`;
}

/** The rows that a reader sees: those of an unwrapped object in its place. */
export function shownRows(rows: readonly ResolvedRow[]): ResolvedRow[] {
  return rows.flatMap((row) => (row.unwrap && row.rows.length > 0 ? shownRows(row.rows) : [row]));
}
