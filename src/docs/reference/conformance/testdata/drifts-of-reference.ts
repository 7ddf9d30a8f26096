/** The real pages → copies with one changed row of a `js` entry; for every row, every second kind of change. */
import { type Document, isMap, isSeq, parseDocument } from 'yaml';
import type { PageFrontmatter } from '../../../pages/index.ts';

export interface ReferenceDrift {
  page: PageFrontmatter;
  /** The page's frontmatter with the drift. */
  yaml: string;
  entry: string;
  /** Entries that refer to rows of this one by symbol, and drift with it. */
  dependents: string[];
  group: string;
  row: string;
  unwrap: boolean;
  kind: 'renamed' | 'retyped' | 'dropped' | 'added to' | 'flipped';
  /** Ends of codes, each of which must be among the findings. */
  codes: string[];
}

/** What the code says of a row, which a page may leave out. */
export interface RowTruth {
  type: string;
  optional: boolean;
}

/** By `truthKey`. */
export type Truths = ReadonlyMap<string, RowTruth>;

type RowDrift = Omit<ReferenceDrift, 'dependents'>;

type Path = (string | number)[];

/** Changes that are true of another signature of the function. */
const TRUE_OF_OTHERS = new Set(['userManagement.loadSealedSession() cookiePassword flipped']);

const OTHER_TYPES = new Map([
  ['string', 'number'],
  ['number', 'boolean'],
  ['boolean', 'string'],
  ['function', 'object'],
]);

/** Creates the drifts without changing the pages. */
export function driftsOfReference(pages: readonly PageFrontmatter[], truths: Truths): ReferenceDrift[] {
  return pages.flatMap((page) => {
    const document = parseDocument(page.yaml);
    return entriesOf(document).flatMap(([title, path]) => {
      const dependents = dependentsOf(document, title);
      return ['parameters', 'returns', 'properties'].flatMap((group) =>
        rowsOf(document, [...path, group]).flatMap((row, index) => {
          const drifts = driftsOfRow(page, document, title, group, row, truths);
          const inTurn = (drift: RowDrift, way: number) =>
            drift.kind === 'added to' || (way + index) % 2 === 0;
          return drifts.filter(inTurn).map((drift) => ({ ...drift, dependents }));
        }),
      );
    });
  });
}

function entriesOf(document: Document): [title: string, path: Path][] {
  const entries = document.getIn(['reference', 'js']);
  if (!isSeq(entries)) return [];
  return entries.items.map((entry, index) => [
    isMap(entry) ? String(entry.get('title') ?? entry.get('key')) : '',
    ['reference', 'js', index],
  ]);
}

function dependentsOf(document: Document, title: string): string[] {
  const entries = entriesOf(document).map(([each, path]) => ({ title: each, written: JSON.stringify(document.getIn(path)), key: String(document.getIn([...path, 'key'])) }));
  const key = entries.find((each) => each.title === title)?.key ?? '';
  return entries.filter(({ written }) => written.includes(`"(${key}.`)).map((each) => each.title);
}

function rowsOf(document: Document, path: Path): Path[] {
  const rows = document.getIn(path);
  if (!isSeq(rows)) return [];
  // Rows behind a symbol are changed at their own entry.
  return rows.items.flatMap((row, index) => (isMap(row) ? [[...path, index], ...rowsOf(document, [...path, index, 'properties'])] : []));
}

function driftsOfRow(
  page: PageFrontmatter,
  document: Document,
  entry: string,
  group: string,
  path: Path,
  truths: Truths,
): RowDrift[] {
  const row = String(document.getIn([...path, 'key']));
  const truth = truths.get(truthKey(entry, group, shownKeys(document, path)));
  const type = String(document.getIn([...path, 'type']) ?? truth?.type);
  const unwrap = document.getIn([...path, 'unwrap']) === true;
  const isOptional =
    document.hasIn([...path, 'type']) || truth === undefined
      ? document.getIn([...path, 'optional']) === true
      : truth.optional;
  // The name of a single result row is not part of the code.
  const isTop = path.length === 5;
  const isResult = isTop && group === 'returns' && copyOfList(document, path.slice(0, -1)).length === 1;
  const drift = (
    kind: ReferenceDrift['kind'],
    codes: string[],
    change: (copy: Document) => void,
  ): RowDrift => {
    const copy = document.clone() as Document;
    change(copy);
    return { page, yaml: String(copy), entry, group, row, unwrap, kind, codes };
  };
  const drifts = [
    drift('retyped', ['type-differs'], (copy) =>
      copy.setIn([...path, 'type'], OTHER_TYPES.get(type) ?? 'symbol[]'),
    ),
    drift('dropped', ['-missing'], (copy) => copy.deleteIn(path)),
    drift('flipped', ['optional-differs'], (copy) => copy.setIn([...path, 'optional'], !isOptional)),
  ];
  if (!unwrap && !isResult) {
    const renamed = (copy: Document) => copy.setIn([...path, 'key'], `${row}X`);
    drifts.push(drift('renamed', ['-missing', '-surplus'], renamed));
  }
  const list = path.slice(0, -1);
  const added = copyOfList(document, list);
  if (path.at(-1) === 0) {
    drifts.push(
      drift('added to', ['-surplus'], (copy) =>
        copy.setIn(list, copy.createNode([...added, { key: 'planted', type: 'string' }])),
      ),
    );
  }
  return drifts.filter(({ kind }) => !TRUE_OF_OTHERS.has(`${entry} ${row} ${kind}`));
}

/** How a row is found among the truths: by the keys that lead to it, without those of unwrapped rows. */
export function truthKey(title: string, group: string, keys: readonly string[]): string {
  return [title, group, ...keys].join(' ');
}

function shownKeys(document: Document, path: Path): string[] {
  const ends = path.flatMap((part, index) => (index > 3 && typeof part === 'number' ? [index + 1] : []));
  return ends
    .map((end) => path.slice(0, end))
    .filter((row) => document.getIn([...row, 'unwrap']) !== true)
    .map((row) => String(document.getIn([...row, 'key'])));
}

function copyOfList(document: Document, path: Path): unknown[] {
  const list = document.getIn(path);
  return isSeq(list) ? (list.toJSON() as unknown[]) : [];
}
