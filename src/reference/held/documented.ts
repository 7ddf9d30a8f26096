/** The metadata of all pages → their `js` entries as written, each row with the place it was written at. */
import {
  type EntryMetadata,
  type Metadata,
  type PropertyMetadata,
  SYMBOL,
  type YamlPath,
  parseMetadata,
} from '../metadata.ts';
import type { PageFrontmatter } from '../resolve.ts';

/** Where something stands in its file. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** What rows may stand in, and what can be said of the fields they leave out. */
export interface DocumentedOwner {
  key: string;
  /** Names under `leftOut`: fields the code has and the reference leaves out on purpose. */
  leftOut: string[];
  /** The place of one of its fields, or of itself. */
  at: (field?: string) => Place;
}

export interface DocumentedRow extends DocumentedOwner {
  /** As written; empty where nothing was. */
  type: string;
  optional: boolean;
  unwrap: boolean;
  rows: DocumentedRow[];
}

export interface DocumentedEntry extends DocumentedOwner {
  page: string;
  title: string;
  patternBefore: string;
  parameters: DocumentedRow[];
  returns: DocumentedRow[];
  properties: DocumentedRow[];
}

interface Source extends PageFrontmatter {
  metadata: Metadata;
}

/** A list of rows and where it stands; rows that a symbol stands for have the symbol's place. */
interface ListPlace {
  source: Source;
  path: YamlPath;
  symbolPath?: YamlPath;
  /** Entries this list is inside of, so that one that contains itself ends. */
  open: readonly EntryMetadata[];
}

type RowMetadata = string | PropertyMetadata;
type RowList = readonly RowMetadata[] | null | undefined;

/** Reads the `js` entries of all pages together, since a symbol may stand for what another page declares. */
export function readDocumented(pages: readonly PageFrontmatter[]): DocumentedEntry[] {
  const sources = pages.map((page): Source => ({
    ...page,
    metadata: parseMetadata(page.yaml, page.file, page.firstLine),
  }));
  const entriesOf = ({ metadata }: Source) => metadata.frontmatter.reference?.['js'] ?? [];
  const byKey = new Map<string, EntryMetadata>();
  for (const entry of sources.flatMap(entriesOf)) if (!byKey.has(entry.key)) byKey.set(entry.key, entry);
  return sources.flatMap((source) =>
    entriesOf(source).map((entry, index) => {
      const path = ['reference', 'js', index];
      const rows = (group: 'parameters' | 'returns' | 'properties') =>
        readRows(entry[group], { source, path: [...path, group], open: [entry] }, byKey);
      return {
        key: entry.key,
        page: source.page,
        title: entry.title || entry.key,
        patternBefore: entry.patternBefore ?? '',
        leftOut: namesOf(entry['leftOut']),
        at: placeIn(source, path),
        parameters: rows('parameters'),
        returns: rows('returns'),
        properties: rows('properties'),
      };
    }),
  );
}

function readRows(list: RowList, at: ListPlace, byKey: ReadonlyMap<string, EntryMetadata>): DocumentedRow[] {
  return (list ?? []).flatMap((item, index) => {
    const path = [...at.path, index];
    if (typeof item !== 'string') return [readRow(item, { ...at, path }, byKey)];
    // A symbol that stands for nothing is a finding of resolveReference().
    const target = readSymbol(item, at.open, byKey);
    if (!target) return [];
    return [readRow(target.row, { ...at, path, symbolPath: at.symbolPath ?? path, open: target.open }, byKey)];
  });
}

function readRow(row: PropertyMetadata, at: ListPlace, byKey: ReadonlyMap<string, EntryMetadata>): DocumentedRow {
  return {
    key: row.key,
    type: row.type ?? '',
    optional: row.optional ?? false,
    unwrap: row.unwrap ?? false,
    leftOut: namesOf(row['leftOut']),
    at: at.symbolPath ? placeOf(at.source, at.symbolPath) : placeIn(at.source, at.path),
    rows: readRows(row.properties, { ...at, path: [...at.path, 'properties'] }, byKey),
  };
}

/** The row that `(User)` or `(Invitation.id)` stands for. */
function readSymbol(symbol: string, open: readonly EntryMetadata[], byKey: ReadonlyMap<string, EntryMetadata>) {
  const [key = '', ...fields] = (SYMBOL.exec(symbol)?.[1] ?? '').split('.');
  const entry = byKey.get(key);
  if (!entry) return undefined;
  if (fields.length === 0) {
    const properties = open.includes(entry) ? [] : entry.properties;
    const row: PropertyMetadata = { key, type: entry.type ?? key, properties, leftOut: entry['leftOut'] };
    return { row, open: [...open, entry] };
  }
  let candidates = [entry.properties, entry.parameters, entry.returns].flatMap(fieldsOf);
  let row: PropertyMetadata | undefined;
  for (const field of fields) {
    row = candidates.find((candidate) => candidate.key === field);
    candidates = fieldsOf(row?.properties);
  }
  return row && { row, open };
}

function fieldsOf(list: RowList): PropertyMetadata[] {
  return (list ?? []).flatMap((item) =>
    typeof item === 'string' ? [] : item.unwrap ? fieldsOf(item.properties) : [item],
  );
}

function namesOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function placeIn(source: Source, path: YamlPath): DocumentedOwner['at'] {
  return (field) => placeOf(source, field === undefined ? path : [...path, field])();
}

function placeOf({ file, metadata }: Source, path: YamlPath): () => Place {
  return () => ({ file, ...metadata.locate(path) });
}
