/** Metadata of all pages → entries with resolved descriptions and symbols, and the position of each row. */
import type { PageFrontmatter, YamlPath } from '../pages/index.ts';
import { type Finding, nearestName } from '../findings/index.ts';
import { type Links, describeEntry } from './describe-entry.ts';
import { DescriptionIndex } from './descriptions.ts';
import { type EntryMetadata, type Metadata, type PropertyMetadata, SYMBOL, readMetadata } from './metadata.ts';
import type { Entry, PageReference } from './model.ts';
import { type FilledEntry, fillNothing } from './declared/index.ts';
import { type ResolvedEntry, type ResolvedOwner, type ResolvedRow, anchorOf } from './resolved-entry.ts';

export interface ResolvedPage extends PageReference {
  frontmatter: Metadata['frontmatter'];
  /** The same entries with positions, as written. */
  resolved: ResolvedEntry[];
}

export interface Resolved {
  pages: ResolvedPage[];
  findings: Finding[];
}

/** An entry as written, with its position. */
interface Declaration {
  source: Source;
  language: string;
  entry: EntryMetadata;
  path: YamlPath;
}

interface Source extends PageFrontmatter {
  metadata: Metadata;
}

/** A block that shows the entries with an id. */
export interface EntryUse {
  /** Path of the page with the block. */
  page: string;
  id: string;
}

export interface ReferenceInputs {
  /** All blocks with entries; other entries are not linked. Default: each page shows its own. */
  uses?: readonly EntryUse[];
  /** Fields of the frontmatter that are not reported though nothing shows them. */
  keptFields?: readonly string[];
}

/** The pages with their entries as written. */
export interface WrittenReference {
  /** All entries, page by page. */
  entries: ResolvedEntry[];
  /** Describes the entries, which are filled in and in the same order. */
  /** The link of the entry with that key in that language, if a page shows it. */
  hrefOf(name: string, language: string): string | undefined;
  describe(filled: readonly FilledEntry[], hrefOfCode?: Links['hrefOfCode']): Resolved;
}

/** Reads all pages together, since rows may refer to other pages. */
export function readWritten(
  pages: readonly PageFrontmatter[],
  { uses, keptFields }: ReferenceInputs = {},
): WrittenReference {
  const sources = pages.map((page): Source => ({ ...page, metadata: readMetadata(page, keptFields) }));
  const resolver = new Resolver(sources, uses);
  const written = sources.map((source) => resolver.entriesOf(source));
  return {
    entries: written.flat(),
    hrefOf: (name, language) => resolver.hrefOf(name, language),
    describe(filled, hrefOfCode = () => undefined) {
      let done = 0;
      const resolved = sources.map((source, index): ResolvedPage => {
        const entries = written[index] ?? [];
        const described = filled.slice(done, (done += entries.length));
        return {
          page: source.page,
          frontmatter: source.metadata.frontmatter,
          resolved: entries,
          entries: described.map((entry) =>
            describeEntry(entry, { hrefOf: (name) => resolver.hrefOf(name, entry.language), hrefOfCode }),
          ),
        };
      });
      return {
        pages: resolved,
        findings: [...sources.flatMap((source) => source.metadata.findings), ...resolver.findings],
      };
    },
  };
}

/** Resolves all pages as written; what they leave out stays empty. Findings are not sorted. */
export function resolveReference(pages: readonly PageFrontmatter[], inputs: ReferenceInputs = {}): Resolved {
  const written = readWritten(pages, inputs);
  return written.describe(fillNothing(written.entries));
}

/** The entries with `id`, one per language: those on `page` if it has any, otherwise those of the whole site. */
export function findEntries(pages: readonly PageReference[], id: string, page: string): Entry[] {
  const own = pages.find((each) => each.page === page)?.entries.filter((entry) => entry.id === id) ?? [];
  const found = own.length > 0 ? own : pages.flatMap((each) => each.entries.filter((entry) => entry.id === id));
  const byLanguage = new Map<string, Entry>();
  for (const entry of found) if (!byLanguage.has(entry.language)) byLanguage.set(entry.language, entry);
  return [...byLanguage.values()];
}

type RowList = readonly (string | PropertyMetadata)[] | null | undefined;

/** Position of a row: its entry, its node, and the symbols that led to it. */
interface RowPlace {
  declaration: Declaration;
  path: YamlPath;
  /** The outermost symbol that led here, if any. */
  symbol?: ResolvedOwner['at'];
  open: readonly Declaration[];
}

/** By language, then by key. */
type EntriesByKey = ReadonlyMap<string, ReadonlyMap<string, Declaration>>;

/** The first entry of each key. */
function byKey(declarations: readonly Declaration[]): EntriesByKey {
  const found = new Map<string, Map<string, Declaration>>();
  for (const declaration of declarations) {
    const keys = found.get(declaration.language) ?? new Map<string, Declaration>();
    if (!keys.has(declaration.entry.key)) keys.set(declaration.entry.key, declaration);
    found.set(declaration.language, keys);
  }
  return found;
}

class Resolver {
  readonly findings: Finding[] = [];
  readonly #descriptions = new DescriptionIndex();
  readonly #declarations = new Map<Source, Declaration[]>();
  readonly #byKey: EntriesByKey;
  /** The entries that types can link to. */
  readonly #linkable: EntriesByKey;
  /** The page that shows each entry; undefined if every page shows its own. */
  readonly #shownOn: Map<Declaration, string> | undefined;

  constructor(sources: readonly Source[], uses: readonly EntryUse[] | undefined) {
    for (const source of sources) {
      this.#descriptions.add(source.page, source.metadata.frontmatter);
      this.#declarations.set(source, declarationsOf(source));
    }
    this.#byKey = byKey([...this.#declarations.values()].flat());
    this.#shownOn = uses && this.#findShown(uses);
    this.#linkable = this.#shownOn ? byKey([...this.#shownOn.keys()]) : this.#byKey;
  }

  entriesOf(source: Source): ResolvedEntry[] {
    const declarations = this.#declarations.get(source) ?? [];
    this.#reportRepeatedIds(declarations);
    return declarations.map((declaration) => this.#entry(declaration));
  }

  /** The link of the entry with that key in that language, if any. */
  hrefOf(name: string, language: string): string | undefined {
    const target = this.#linkable.get(language)?.get(name);
    return target && `${this.#pageOf(target)}#${anchorOf({ language, id: idOf(target.entry) })}`;
  }

  /** The page that shows the entry, if any. */
  #pageOf(declaration: Declaration): string | undefined {
    return this.#shownOn === undefined ? declaration.source.page : this.#shownOn.get(declaration);
  }

  /** The same choice as `findEntries`, and of several pages the one that declares it. */
  #findShown(uses: readonly EntryUse[]): Map<Declaration, string> {
    const byId = Map.groupBy([...this.#declarations.values()].flat(), ({ entry }) => idOf(entry));
    const shown = new Map<Declaration, string>();
    for (const { page, id } of uses) {
      const all = byId.get(id) ?? [];
      const own = all.filter(({ source }) => source.page === page);
      const languages = new Set<string>();
      for (const declaration of own.length > 0 ? own : all) {
        if (languages.has(declaration.language)) continue;
        languages.add(declaration.language);
        if (!shown.has(declaration) || declaration.source.page === page) shown.set(declaration, page);
      }
    }
    return shown;
  }

  #entry(declaration: Declaration): ResolvedEntry {
    const { source, language, entry, path } = declaration;
    const rows = (group: 'parameters' | 'returns' | 'properties') =>
      this.#rowsUnlessLeftOut(entry[group], { declaration, path: [...path, group], open: [] });
    return {
      key: entry.key,
      id: idOf(entry),
      language,
      page: this.#pageOf(declaration) ?? source.page,
      title: entry.title || entry.key,
      url: entry.url || source.page,
      type: entry.type || undefined,
      description: this.#description(entry.description, declaration, path),
      patternBefore: entry.patternBefore || undefined,
      leftOut: entry.leftOut ?? [],
      labels: labelsOf(entry),
      at: placeIn(source, path),
      parameters: rows('parameters'),
      returns: rows('returns'),
      properties: rows('properties'),
    };
  }

  #rowsUnlessLeftOut(list: RowList, at: RowPlace): ResolvedRow[] | undefined {
    return list ? this.#rows(list, at) : undefined;
  }

  #rows(list: NonNullable<RowList>, at: RowPlace): ResolvedRow[] {
    return list.flatMap((item, index) => {
      const place = { ...at, path: [...at.path, index] };
      if (typeof item === 'string') return this.#symbol(item, place) ?? [];
      return [this.#row(item, place)];
    });
  }

  #row(row: PropertyMetadata, at: RowPlace): ResolvedRow {
    const { declaration, path } = at;
    return {
      key: row.key,
      type: row.type ?? '',
      description: this.#description(row.description, declaration, path),
      // A row with a type is written in full.
      optional: row.optional ?? (row.type ? false : undefined),
      unwrap: row.unwrap ?? false,
      expanded: row.expanded ?? false,
      title: row.title || undefined,
      leftOut: row.leftOut ?? [],
      labels: labelsOf(row),
      at: at.symbol ?? placeIn(declaration.source, path),
      rows: this.#rowsUnlessLeftOut(row.properties, { ...at, path: [...path, 'properties'] }),
    };
  }

  /** The row that a symbol refers to. An entry that contains itself is shown once and then linked. */
  #symbol(symbol: string, at: RowPlace): ResolvedRow | undefined {
    const [key = '', ...fields] = (SYMBOL.exec(symbol)?.[1] ?? '').split('.');
    const keys = this.#byKey.get(at.declaration.language) ?? new Map<string, Declaration>();
    const target = keys.get(key);
    if (!target) return this.#unresolvedSymbol(symbol, keys.keys(), at);
    const own = placeIn(at.declaration.source, at.path);
    const place = { declaration: target, path: target.path, symbol: at.symbol ?? (() => own()) };
    if (fields.length === 0) {
      const { properties, ...row } = target.entry;
      const inner = at.open.includes(target) ? [] : properties;
      return this.#row({ ...row, type: row.type ?? key, properties: inner }, { ...place, open: [...at.open, target] });
    }
    let candidates = fieldsOf(target.entry);
    let found: PropertyMetadata | undefined;
    for (const field of fields) {
      found = candidates.find((candidate) => candidate.key === field);
      if (!found && leavesRowsOut(target.entry)) return this.#row({ key: field }, { ...place, open: at.open });
      if (!found) {
        const names = candidates.map((each) => `${key}.${each.key}`);
        return this.#unresolvedSymbol(symbol, names, at);
      }
      candidates = fieldsOf(found);
    }
    return found && this.#row(found, { ...place, open: at.open });
  }

  #unresolvedSymbol(symbol: string, names: Iterable<string>, at: RowPlace): undefined {
    const nearest = nearestName(symbol.slice(1, -1), names);
    this.#report(at.declaration, at.path, {
      code: 'symbol-unresolved',
      message: `Cannot resolve the symbol ${symbol}: no ${at.declaration.language} entry or property has that key`,
      ...(nearest !== undefined && { nearest }),
      fix: 'Name the key of an entry of this language, or declare that entry on a page.',
    });
  }

  #description(description: string | undefined, declaration: Declaration, path: YamlPath): string | undefined {
    if (!description) return undefined;
    const result = this.#descriptions.resolve(description, declaration.source.page);
    if ('text' in result) return result.text || undefined;
    const where = [...path, 'description'];
    if (result.problem === 'ambiguous') {
      this.#report(declaration, where, {
        code: 'description-ambiguous',
        message: `Cannot choose a text for (${result.path}): ${result.pages.join(' and ')} have different ones`,
        fix: 'Add the text to the descriptions of this page or of an index page above it.',
      });
    } else {
      this.#report(declaration, where, {
        code: 'description-unresolved',
        message: `Cannot resolve the description (${result.path}): no page has that path in its descriptions`,
        ...(result.nearest !== undefined && { nearest: result.nearest }),
        fix: 'Correct the path, or add the text to the descriptions of this page or of an index page above it.',
      });
    }
    return undefined;
  }

  #reportRepeatedIds(declarations: readonly Declaration[]): void {
    const first = new Map<string, Declaration>();
    for (const declaration of declarations) {
      const name = anchorOf({ language: declaration.language, id: idOf(declaration.entry) });
      const earlier = first.get(name);
      if (!earlier) {
        first.set(name, declaration);
        continue;
      }
      const { line } = earlier.source.metadata.locate([...earlier.path, 'id']);
      this.#report(declaration, [...declaration.path, 'id'], {
        code: 'entry-repeated',
        message: `Cannot declare ${declaration.language} entry "${idOf(declaration.entry)}" twice: line ${line} has the same id`,
        fix: 'Give one of the two another id.',
      });
    }
  }

  #report(
    declaration: Declaration,
    path: YamlPath,
    finding: Pick<Finding, 'code' | 'message' | 'nearest' | 'fix'>,
  ): void {
    this.findings.push({ ...finding, ...placeIn(declaration.source, path)() });
  }
}

function declarationsOf(source: Source): Declaration[] {
  const languages = Object.entries(source.metadata.frontmatter.reference ?? {});
  return languages.flatMap(([language, entries]) =>
    entries.map((entry, index) => ({ source, language, entry, path: ['reference', language, index] })),
  );
}

/** The rows of an entry or a row that a symbol can name; rows of an unwrapped object belong to its owner. */
function fieldsOf({ properties, parameters, returns }: Partial<EntryMetadata & PropertyMetadata>): PropertyMetadata[] {
  return [properties, parameters, returns].flatMap((list: RowList) =>
    (list ?? []).flatMap((item) => {
      if (typeof item === 'string') return [];
      return item.unwrap ? fieldsOf(item) : [item];
    }),
  );
}

/** `deprecated: true` → `Deprecated`; a text follows it. */
function labelsOf({ deprecated, badge, tag, sendsEmail }: Partial<EntryMetadata & PropertyMetadata>): string[] {
  const old = deprecated === undefined || deprecated === false ? [] : ['Deprecated'];
  const instead = typeof deprecated === 'string' && deprecated !== '' ? [`${old}: ${deprecated}`] : old;
  return [...instead, ...[badge, tag].flatMap((word) => word || []), ...(sendsEmail ? ['Sends an email'] : [])];
}

/** Whether the code fills in the rows of the entry, so that a symbol can name any of them. */
function leavesRowsOut({ parameters, returns, properties }: EntryMetadata): boolean {
  return !parameters && !returns && !properties;
}

function idOf(entry: EntryMetadata): string {
  return entry.id || entry.key;
}

function placeIn({ file, metadata }: Source, path: YamlPath): ResolvedOwner['at'] {
  return (field) => ({ file, ...metadata.locate(field === undefined ? path : [...path, field]) });
}
