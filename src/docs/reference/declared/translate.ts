/** An entry in the language of the code → the same entry in another language, as far as its page leaves it out. */
import { type ResolvedEntry, type ResolvedRow, shownRows } from '../resolved-entry.ts';
import type { FilledEntry, FilledRow } from './filled-entry.ts';
import type { Translator } from './spellings.ts';

/** Fills `entry` from `source`, the entry with the same id in the language of the code. */
export function translateEntry(entry: ResolvedEntry, source: FilledEntry, translator: Translator): FilledEntry {
  const all = translateSource(source, translator);
  const fill = (group: 'parameters' | 'returns' | 'properties') => {
    const rows = entry[group];
    return rows ? fillRows(rows, all[group]) : without(entry.leftOut, all[group]);
  };
  const inherited = entry.description ?? source.description;
  return {
    ...entry,
    title: entry.title === entry.key ? titleOf(entry.key, source, translator) : entry.title,
    ...(inherited !== undefined && { description: inherited }),
    typeParameters: [],
    result: undefined,
    throws: all.throws,
    parameters: fill('parameters'),
    returns: fill('returns'),
    properties: fill('properties'),
  };
}

/** The rows of `source` and what it throws, in the language of the translator. */
export function translateSource(
  source: FilledEntry,
  translator: Translator,
): Pick<FilledEntry, 'parameters' | 'returns' | 'properties' | 'throws'> {
  const names = new Map<string, string>();
  const collect = (rows: readonly FilledRow[]) => {
    for (const row of rows) {
      names.set(row.key, translator.name(row.key, source.key));
      collect(row.rows);
    }
  };
  const { parameters, returns, properties } = source;
  collect([...parameters, ...returns, ...properties]);
  // Descriptions name the fields as code.
  const prose = (text: string) =>
    text.replaceAll(/`([\w$]+)`/g, (code, name: string) => (names.has(name) ? `\`${names.get(name)}\`` : code));
  const row = ({ alias, ...each }: FilledRow): FilledRow => ({
    ...each,
    key: names.get(each.key) ?? each.key,
    type: translator.type({ type: each.type, ...(alias !== undefined && { alias }) }),
    description: each.description === undefined ? undefined : prose(each.description),
    ...(each.when && {
      when: {
        ...each.when,
        name: translator.name(each.when.name, source.key),
        values: each.when.values.map((value) => translator.literal(value)),
      },
    }),
    rows: each.rows.map(row),
  });
  const parameter = (each: FilledRow): FilledRow => ({
    ...row(each),
    optional: each.optional && !translator.requires(each.key, source.key),
    rows: each.unwrap ? each.rows.map(parameter) : each.rows.map(row),
  });
  return {
    parameters: parameters.map(parameter),
    returns: returns.map(row),
    properties: properties.map(row),
    throws: source.throws.map((each) => ({ ...each, about: prose(each.about) })),
  };
}

function titleOf(key: string, source: FilledEntry, translator: Translator): string {
  const parts = source.title.replace(/\(\)$/, '').split('.').slice(0, -1);
  const isCall = source.title.endsWith('()');
  return [...parts.map((part) => translator.name(part)), `${key}${isCall ? '()' : ''}`].join('.');
}

function without(names: readonly string[], rows: readonly FilledRow[]): FilledRow[] {
  return rows.filter(({ key }) => !names.includes(key)).map((row) => ({ ...row, rows: without(names, row.rows) }));
}

/** The rows as written, each with what it leaves out. Unwrapped rows have names of their own. */
function fillRows(rows: readonly ResolvedRow[], source: readonly FilledRow[]): FilledRow[] {
  const shown = shownRows(source);
  return rows.map((row): FilledRow => {
    const { key, type, description, labels, unwrap, expanded, title } = row;
    const given = { key, type, description, labels, unwrap, expanded, title };
    const found = unwrap ? undefined : shown.find((each) => each.key === key);
    if (!found) {
      const container = unwrap ? source.find((each) => each.unwrap) : undefined;
      const rest = { values: [], optional: row.optional ?? container?.optional ?? false };
      return { ...given, ...rest, rows: row.rows ? fillRows(row.rows, unwrap ? shown : []) : (container?.rows ?? []) };
    }
    return {
      ...given,
      type: type === '' ? found.type : type,
      values: /["']/.test(type) ? [] : found.values,
      optional: row.optional ?? found.optional,
      ...(found.when && { when: found.when }),
      rows: row.rows ? fillRows(row.rows, found.rows) : without(row.leftOut, type === '' ? found.rows : []),
    };
  });
}
