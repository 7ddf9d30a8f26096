/** Rows of options that are written without the object that they belong to → the same rows in that object. */
import type { ResolvedEntry, ResolvedRow } from '../resolved-entry.ts';

/** A parameter of the code, and the fields of its object. */
export interface OptionsParameter {
  name: string;
  fields: readonly string[];
}

/**
 * The rows of `parameters`, where the fields of the only object without a row of its own become an unwrapped row; the
 * entry's `leftOut` then counts for it.
 */
export function gatherOptions(
  { parameters: rows = [], leftOut, at }: Pick<ResolvedEntry, 'parameters' | 'leftOut' | 'at'>,
  parameters: readonly OptionsParameter[],
): ResolvedRow[] {
  const isNamed = ({ key }: ResolvedRow) => parameters.some(({ name }) => name === key);
  const loose = rows.filter((row) => !isNamed(row));
  const objects = parameters.filter(
    ({ name, fields }) => fields.length > 0 && !rows.some(({ key, unwrap }) => key === name || unwrap),
  );
  const [options] = objects;
  if (!options || objects.length > 1 || loose.length === 0) return [...rows];
  if (parameters.length > 1 && !loose.some(({ key }) => options.fields.includes(key))) return [...rows];
  const row: ResolvedRow = {
    key: options.name,
    type: '',
    description: undefined,
    optional: undefined,
    unwrap: true,
    expanded: false,
    title: undefined,
    leftOut,
    labels: [],
    at: loose[0]?.at ?? at,
    rows: loose,
  };
  const after = rows.indexOf(loose[0]!);
  return [...rows.slice(0, after).filter(isNamed), row, ...rows.slice(after).filter(isNamed)];
}

/** Whether the rows of `returns` are fields of the result; otherwise the only row is the result itself. */
export function areFields(rows: readonly ResolvedRow[], fields: readonly string[]): boolean {
  const [row, second] = rows;
  return row !== undefined && !row.unwrap && (second !== undefined || fields.includes(row.key));
}
