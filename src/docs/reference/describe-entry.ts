/** A resolved entry → what a page shows: rows with anchors, linked types, and a signature. */
import type { Entry, Property } from './model.ts';
import { type ResolvedEntry, type ResolvedRow, anchorOf, shownRows } from './resolved-entry.ts';
import { signatureOf } from './signature.ts';
import { parseType } from './type-text.ts';

type HrefOf = (name: string) => string | undefined;

/** Describes `entry`; `hrefOf` returns the link of a name in a type, or undefined if it is not an entry. */
export function describeEntry(entry: ResolvedEntry, hrefOf: HrefOf): Entry {
  const { key, id, language, page, title, url, type, description, patternBefore } = entry;
  const anchor = anchorOf(entry);
  const anchors = new Set<string>();
  const rows = (group: readonly ResolvedRow[], start: string): Property[] =>
    shownRows(group).map((row) => {
      const own = unused(`${start}.${row.key}`, anchors);
      return {
        key: row.key,
        anchor: own,
        type: parseType(row.type, hrefOf),
        ...(row.description !== undefined && { description: row.description }),
        optional: row.optional,
        labels: row.labels,
        expanded: row.expanded,
        ...(row.title !== undefined && { title: row.title }),
        properties: rows(row.rows, own),
      };
    });
  return {
    key,
    id,
    language,
    page,
    anchor,
    title,
    signature: signatureOf(entry),
    labels: entry.labels,
    url,
    ...(type !== undefined && { type }),
    ...(description !== undefined && { description }),
    ...(patternBefore !== undefined && { patternBefore }),
    parameters: rows(entry.parameters, anchor),
    returns: rows(entry.returns, `${anchor}.returns`),
    properties: rows(entry.properties, anchor),
  };
}

function unused(anchor: string, anchors: Set<string>): string {
  let candidate = anchor;
  for (let count = 2; anchors.has(candidate); count++) candidate = `${anchor}-${count}`;
  anchors.add(candidate);
  return candidate;
}
