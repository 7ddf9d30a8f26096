/** A filled entry → what a page shows: rows with anchors, linked types, and a signature. */
import { type FilledEntry, type FilledRow } from './declared/index.ts';
import type { Condition, Entry, Property, TypePart } from './model.ts';
import { anchorOf, shownRows } from './resolved-entry.ts';
import { signatureOf } from './signature.ts';
import { parseType } from './type-text.ts';

/** Where names lead; undefined for those that lead nowhere. */
export interface Links {
  /** The entry of a name in a type. */
  hrefOf: (name: string) => string | undefined;
  /** The place where an error code is explained. */
  hrefOfCode: (code: string) => string | undefined;
}

/** Describes `entry`. */
export function describeEntry(entry: FilledEntry, { hrefOf, hrefOfCode }: Links): Entry {
  const { key, id, language, page, title, url, type, description, patternBefore } = entry;
  const anchor = anchorOf(entry);
  const anchors = new Set<string>();
  const linked = (text: string): TypePart => {
    const href = hrefOfCode(text);
    return { text, ...(href !== undefined && { href }) };
  };
  const rows = (group: readonly FilledRow[], start: string): Property[] =>
    shownRows(group).map((row) => {
      const own = unused(`${start}.${row.key}`, anchors);
      const when = row.when && describeCondition(row.when);
      return {
        key: row.key,
        anchor: own,
        type: parseType(row.type, hrefOf),
        ...(row.values.length > 0 && { values: row.values.map(linked) }),
        ...(row.description !== undefined && { description: row.description }),
        optional: row.when ? row.optional && row.when.optional : row.optional,
        ...(when && { when }),
        labels: row.labels,
        expanded: row.expanded,
        ...(row.title !== undefined && { title: row.title }),
        properties: rows(row.rows, own),
      };
    });
  const signature = signatureOf(entry);
  return {
    key,
    id,
    language,
    page,
    anchor,
    title,
    signature,
    ...((entry.result ?? entry.definition) !== undefined && {
      signatureParts: parseType(signature, (name) => (name === key ? undefined : hrefOf(name))),
    }),
    labels: entry.labels,
    url,
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...(patternBefore !== undefined && { patternBefore }),
    parameters: rows(entry.parameters, anchor),
    returns: rows(entry.returns, `${anchor}.returns`),
    properties: rows(entry.properties, anchor),
    ...(entry.throws.length > 0 && {
      throws: entry.throws.map(({ names, about }) => ({ names: names.map(linked), description: about })),
    }),
  };
}

function describeCondition({ name, values }: NonNullable<FilledRow['when']>): Condition {
  return { name, values: values.map((value) => value.replace(/^"(.*)"$/s, "'$1'")) };
}

function unused(anchor: string, anchors: Set<string>): string {
  let candidate = anchor;
  for (let count = 2; anchors.has(candidate); count++) candidate = `${anchor}-${count}`;
  anchors.add(candidate);
  return candidate;
}
