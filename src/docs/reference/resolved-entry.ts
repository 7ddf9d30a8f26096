/** A resolved entry in the structure of its page, with the position of each row. */
import type { Place } from '../pages/index.ts';

/** A position in a file. */
export interface FilePlace extends Place {
  file: string;
}

/** Something with rows: an entry or a row. */
export interface ResolvedOwner {
  key: string;
  /** Names in `leftOut`: fields of the code that are intentionally not documented. */
  leftOut: string[];
  /** Words shown beside its name, such as `Deprecated`. */
  labels: string[];
  /** The position of one of its fields, or its own; for the target of a symbol, that of the symbol. */
  at(field?: string): FilePlace;
}

/** A parameter, a return field or a property, as written. */
export interface ResolvedRow extends ResolvedOwner {
  /** Empty if left out. */
  type: string;
  description: string | undefined;
  /** Undefined if left out together with the type. */
  optional: boolean | undefined;
  /** Its `rows` are shown instead of it. */
  unwrap: boolean;
  expanded: boolean;
  title: string | undefined;
  /** Undefined if left out. */
  rows: ResolvedRow[] | undefined;
}

export interface ResolvedEntry extends ResolvedOwner {
  id: string;
  language: string;
  page: string;
  title: string;
  url: string;
  type: string | undefined;
  description: string | undefined;
  patternBefore: string | undefined;
  /** Each group of rows is undefined if it is left out. */
  parameters: ResolvedRow[] | undefined;
  returns: ResolvedRow[] | undefined;
  properties: ResolvedRow[] | undefined;
}

/** The names of the groups of rows. */
export const GROUPS = ['parameters', 'returns', 'properties'] as const;
export type Group = (typeof GROUPS)[number];

/** Fragment id of an entry. */
export function anchorOf({ language, id }: Pick<ResolvedEntry, 'language' | 'id'>): string {
  return `${language}.${id}`;
}

/** The visible rows: an unwrapped object is replaced by its rows. */
export function shownRows<Row extends { unwrap: boolean; rows: Row[] | undefined }>(rows: readonly Row[]): Row[] {
  return rows.flatMap((row) => (row.unwrap && row.rows && row.rows.length > 0 ? shownRows(row.rows) : [row]));
}
