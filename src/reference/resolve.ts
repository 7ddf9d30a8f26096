/** Metadata of all pages → entries in which every description, symbol and type is resolved. */
import { type Finding, nearestName } from '../findings/index.ts';
import { DescriptionIndex } from './descriptions.ts';
import type { LanguageName } from './languages.ts';
import {
  type EntryMetadata,
  type Metadata,
  type PropertyMetadata,
  SYMBOL,
  type YamlPath,
  parseMetadata,
} from './metadata.ts';
import type { Entry, PageReference, Property } from './model.ts';
import { parseType } from './type-text.ts';

/** The frontmatter of one page, as text. */
export interface PageFrontmatter {
  /** Path of the file from the project's root. */
  file: string;
  /** Path of the page in the site, such as `/reference/authkit`. */
  page: string;
  yaml: string;
  /** Line of the file on which the YAML begins. */
  firstLine: number;
}

export interface ResolvedPage extends PageReference {
  frontmatter: Metadata['frontmatter'];
}

/** An entry as written, with the place it was written at. */
interface Declaration {
  source: Source;
  language: LanguageName;
  entry: EntryMetadata;
  path: YamlPath;
}

interface Source extends PageFrontmatter {
  metadata: Metadata;
}

/** Metadata as last read, by file, so that after an edit the other pages are not read again. */
const lastMetadata = new Map<string, { of: PageFrontmatter; metadata: Metadata }>();

function readMetadata(page: PageFrontmatter): Metadata {
  const last = lastMetadata.get(page.file);
  if (last?.of.yaml === page.yaml && last.of.firstLine === page.firstLine) return last.metadata;
  const metadata = parseMetadata(page.yaml, page.file, page.firstLine);
  lastMetadata.set(page.file, { of: page, metadata });
  return metadata;
}

/** Resolves all pages together, since rows may look up what other pages declare. Findings are not sorted. */
export function resolveReference(pages: readonly PageFrontmatter[]): { pages: ResolvedPage[]; findings: Finding[] } {
  const sources = pages.map((page): Source => ({ ...page, metadata: readMetadata(page) }));
  const resolver = new Resolver(sources);
  const resolved = sources.map((source) => ({
    page: source.page,
    frontmatter: source.metadata.frontmatter,
    entries: resolver.entriesOf(source),
  }));
  return {
    pages: resolved,
    findings: [...sources.flatMap((source) => source.metadata.findings), ...resolver.findings],
  };
}

/** The entries with `id`, one per language: those of `page` when it has any, else those of the whole site. */
export function findEntries(pages: readonly PageReference[], id: string, page: string): Entry[] {
  const own = pages.find((each) => each.page === page)?.entries.filter((entry) => entry.id === id) ?? [];
  const found = own.length > 0 ? own : pages.flatMap((each) => each.entries.filter((entry) => entry.id === id));
  const byLanguage = new Map<LanguageName, Entry>();
  for (const entry of found) if (!byLanguage.has(entry.language)) byLanguage.set(entry.language, entry);
  return [...byLanguage.values()];
}

class Resolver {
  readonly findings: Finding[] = [];
  readonly #descriptions = new DescriptionIndex();
  readonly #declarations = new Map<Source, Declaration[]>();
  readonly #byKey = new Map<LanguageName, Map<string, Declaration>>();

  constructor(sources: readonly Source[]) {
    for (const source of sources) {
      this.#descriptions.add(source.page, source.metadata.frontmatter);
      this.#declarations.set(source, declarationsOf(source));
      for (const declaration of declarationsOf(source)) {
        const keys = this.#byKey.get(declaration.language) ?? new Map<string, Declaration>();
        if (!keys.has(declaration.entry.key)) keys.set(declaration.entry.key, declaration);
        this.#byKey.set(declaration.language, keys);
      }
    }
  }

  entriesOf(source: Source): Entry[] {
    const declarations = this.#declarations.get(source) ?? [];
    this.#reportRepeatedIds(declarations);
    return declarations.map((declaration) => this.#entry(declaration));
  }

  #entry(declaration: Declaration): Entry {
    const { source, language, entry, path } = declaration;
    const anchor = anchorOf(declaration);
    const anchors = new Set<string>();
    const rows = (group: 'parameters' | 'returns' | 'properties') => {
      const start = group === 'returns' ? `${anchor}.returns` : anchor;
      return this.#properties(entry[group], { declaration, path: [...path, group], anchor: start, anchors, open: [] });
    };
    return {
      key: entry.key,
      id: idOf(entry),
      language,
      page: source.page,
      anchor,
      title: entry.title || entry.key,
      url: entry.url || source.page,
      ...present('type', entry.type),
      ...present('description', this.#description(entry.description, declaration, path)),
      ...present('patternBefore', entry.patternBefore),
      parameters: rows('parameters'),
      returns: rows('returns'),
      properties: rows('properties'),
    };
  }

  #properties(list: readonly (string | PropertyMetadata)[] | null | undefined, at: RowPlace): Property[] {
    return (list ?? []).flatMap((item, index) => {
      const place = { ...at, path: [...at.path, index] };
      if (typeof item === 'string') return this.#symbol(item, place) ?? [];
      return [this.#property(item, place)];
    });
  }

  #property(property: PropertyMetadata, at: RowPlace): Property {
    const anchor = unused(`${at.anchor}.${property.key}`, at.anchors);
    const inner = property.unwrap ? at.anchor : anchor;
    const { declaration } = at;
    return {
      key: property.key,
      anchor,
      type: parseType(property.type ?? '', (name) => this.#hrefOf(name, declaration)),
      ...present('description', this.#description(property.description, declaration, at.path)),
      optional: property.optional ?? false,
      unwrap: property.unwrap ?? false,
      expanded: property.expanded ?? false,
      ...present('title', property.title),
      properties: this.#properties(property.properties, { ...at, path: [...at.path, 'properties'], anchor: inner }),
    };
  }

  /** The row that a symbol stands for. An entry that contains itself is shown once and linked from within. */
  #symbol(symbol: string, at: RowPlace): Property | undefined {
    const path = SYMBOL.exec(symbol)?.[1] ?? '';
    const [key = '', ...fields] = path.split('.');
    const { language } = at.declaration;
    const keys = this.#byKey.get(language) ?? new Map<string, Declaration>();
    const target = keys.get(key);
    if (!target) return this.#unresolvedSymbol(symbol, keys.keys(), at);
    if (fields.length === 0) {
      const { properties, ...row } = target.entry;
      const inner = at.open.includes(target) ? [] : properties;
      return this.#property(
        { ...row, type: row.type ?? key, properties: inner },
        { ...at, declaration: target, path: target.path, open: [...at.open, target] },
      );
    }
    let candidates = this.#fieldsOf(target.entry);
    let found: PropertyMetadata | undefined;
    for (const field of fields) {
      found = candidates.find((candidate) => candidate.key === field);
      if (!found)
        return this.#unresolvedSymbol(
          symbol,
          candidates.map((each) => `${key}.${each.key}`),
          at,
        );
      candidates = this.#fieldsOf(found);
    }
    return found && this.#property(found, { ...at, declaration: target, path: target.path });
  }

  #fieldsOf(owner: EntryMetadata | PropertyMetadata): PropertyMetadata[] {
    const lists = [owner.properties, owner['parameters'], owner['returns']] as PropertyMetadata['properties'][];
    return lists
      .flatMap((list) => list ?? [])
      .flatMap((item) => {
        if (typeof item === 'string') return [];
        return item.unwrap ? this.#fieldsOf(item) : [item];
      });
  }

  #unresolvedSymbol(symbol: string, names: Iterable<string>, at: RowPlace): undefined {
    const nearest = nearestName(symbol.slice(1, -1), names);
    this.#report(at.declaration, at.path, {
      code: 'symbol-unresolved',
      message: `Cannot resolve the symbol ${symbol}: no ${at.declaration.language} entry or property has that key`,
      ...present('nearest', nearest),
      fix: 'Name the key of an entry of this language, or declare that entry on a page.',
    });
  }

  #description(description: string | undefined, declaration: Declaration, path: YamlPath): string | undefined {
    if (!description) return undefined;
    const result = this.#descriptions.resolve(description, declaration.source.page);
    if ('text' in result) return result.text;
    const where = [...path, 'description'];
    if (result.problem === 'ambiguous') {
      this.#report(declaration, where, {
        code: 'description-ambiguous',
        message: `Cannot choose a text for (${result.path}): ${result.pages.join(' and ')} give different ones`,
        fix: 'Add the text to the descriptions of this page or of an index page above it.',
      });
    } else {
      this.#report(declaration, where, {
        code: 'description-unresolved',
        message: `Cannot resolve the description (${result.path}): no page has that path in its descriptions`,
        ...present('nearest', result.nearest),
        fix: 'Correct the path, or add the text to the descriptions of this page or of an index page above it.',
      });
    }
    return undefined;
  }

  #hrefOf(name: string, from: Declaration): string | undefined {
    const target = this.#byKey.get(from.language)?.get(name);
    return target && `${target.source.page}#${anchorOf(target)}`;
  }

  #reportRepeatedIds(declarations: readonly Declaration[]): void {
    const first = new Map<string, Declaration>();
    for (const declaration of declarations) {
      const name = anchorOf(declaration);
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
    const { file, metadata } = declaration.source;
    this.findings.push({ ...finding, file, ...metadata.locate(path) });
  }
}

/** Where a row stands: in whose entry, at which node, under which anchor, inside which symbols. */
interface RowPlace {
  declaration: Declaration;
  path: YamlPath;
  anchor: string;
  anchors: Set<string>;
  open: readonly Declaration[];
}

function declarationsOf(source: Source): Declaration[] {
  const languages = Object.entries(source.metadata.frontmatter.reference ?? {});
  return languages.flatMap(([language, entries]) =>
    entries.map((entry, index) => ({ source, language, entry, path: ['reference', language, index] })),
  );
}

function idOf(entry: EntryMetadata): string {
  return entry.id || entry.key;
}

function anchorOf({ language, entry }: Declaration): string {
  return `${language}.${idOf(entry)}`;
}

function unused(anchor: string, anchors: Set<string>): string {
  let candidate = anchor;
  for (let count = 2; anchors.has(candidate); count++) candidate = `${anchor}-${count}`;
  anchors.add(candidate);
  return candidate;
}

/** `{ [key]: value }`, or nothing where there is no value, so that data stays free of undefined. */
function present<K extends string, V>(key: K, value: V | undefined): { [P in K]?: V } {
  return (value === undefined || value === '' ? {} : { [key]: value }) as { [P in K]?: V };
}
