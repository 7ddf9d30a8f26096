/** The entries of all pages → what the code declares for them, and the entries filled with it. */
import type { Declaration, SdkProgram } from '../../typescript/index.ts';
import type { ResolvedEntry } from '../resolved-entry.ts';
import { fillEntry } from './fill.ts';
import type { FilledEntry } from './filled-entry.ts';
import { type SymbolName, resolveSymbol } from './resolve-symbol.ts';
import { type OwnSpelling, type Translator, translatorFor } from './spellings.ts';
import { translateEntry } from './translate.ts';

/** The language that the package is written in. */
export const CODE = 'js';

export interface DeclaredEntry {
  title: string;
  declaration: Declaration;
}

/** What the code declares, by what an entry says about its symbol. */
export type DeclaredEntries = ReadonlyMap<string, DeclaredEntry>;

/** How an entry finds its declaration. */
export function nameOfSymbol({ key, title, patternBefore = '' }: SymbolName): string {
  return JSON.stringify([key, title, patternBefore]);
}

/** Reads what the code declares for `entries`. Entries that the code does not have are left out. */
export function readDeclarations(entries: readonly SymbolName[], sdk: SdkProgram): DeclaredEntries {
  const bySubject = new Map<string, Declaration>();
  const found = new Map<string, DeclaredEntry>();
  for (const entry of entries) {
    const name = nameOfSymbol(entry);
    const subject = found.has(name) ? undefined : resolveSymbol(entry, sdk);
    if (!subject || 'unknown' in subject) continue;
    const declaration = bySubject.get(subject.declared) ?? sdk.declarationOf(subject.type);
    bySubject.set(subject.declared, declaration);
    found.set(name, { title: subject.title, declaration });
  }
  return found;
}

/** An entry, and what it can be filled from. */
export interface PairedEntry {
  entry: ResolvedEntry;
  /** For other languages, the entry with the same id in the language of the code, if the code declares it. */
  source: FilledEntry | undefined;
  translator: Translator | undefined;
}

/** Pairs the entries in other languages with those that the code declares; those of the same page go first. */
export function pairEntries(
  entries: readonly ResolvedEntry[],
  declared: DeclaredEntries,
  spellings: Readonly<Record<string, OwnSpelling>>,
): PairedEntry[] {
  return new Pairs(entries, declared, spellings, isKeyOf(entries)).all;
}

/** Whether a type has an entry of its own in a language, which shows its fields. */
export type HasEntry = (name: string, language: string) => boolean;

/**
 * Fills all entries: those in the language of the code from it, the others from the entry with the same id. The fields
 * of types with an entry of their own are left there.
 */
export function fillEntries(
  entries: readonly ResolvedEntry[],
  declared: DeclaredEntries,
  spellings: Readonly<Record<string, OwnSpelling>>,
  hasEntry: HasEntry = isKeyOf(entries),
): FilledEntry[] {
  const pairs = new Pairs(entries, declared, spellings, hasEntry);
  const others = new Map(pairs.all.map((each) => [each.entry, each]));
  return entries.map((entry) => {
    const { source, translator } = others.get(entry) ?? {};
    if (source && translator) return translateEntry(entry, source, translator);
    return pairs.filled.get(entry) ?? fillEntry(entry, undefined, () => false);
  });
}

function isKeyOf(entries: readonly ResolvedEntry[]): HasEntry {
  const keys = new Map<string, Set<string>>();
  for (const { language, key } of entries) keys.set(language, (keys.get(language) ?? new Set()).add(key));
  return (name, language) => keys.get(language)?.has(name) === true;
}

class Pairs {
  /** The entries in the language of the code. */
  readonly filled = new Map<ResolvedEntry, FilledEntry>();
  readonly all: PairedEntry[];

  constructor(
    entries: readonly ResolvedEntry[],
    declared: DeclaredEntries,
    spellings: Readonly<Record<string, OwnSpelling>>,
    hasEntry: HasEntry,
  ) {
    const isEntry = (language: string) => (name: string) => hasEntry(name, language);
    const sources = new Map<string, FilledEntry>();
    for (const entry of entries) {
      if (entry.language !== CODE) continue;
      const found = declared.get(nameOfSymbol(entry));
      const title = entry.title === entry.key ? (found?.title ?? entry.title) : entry.title;
      const filled = fillEntry({ ...entry, title }, found?.declaration, isEntry(CODE));
      this.filled.set(entry, filled);
      if (!found) continue;
      sources.set(`${entry.page}#${entry.id}`, filled);
      if (!sources.has(entry.id)) sources.set(entry.id, filled);
    }
    this.all = entries
      .filter(({ language }) => language !== CODE)
      .map((entry) => {
        const { language, page, id } = entry;
        const source = sources.get(`${page}#${id}`) ?? sources.get(id);
        return { entry, source, translator: translatorFor(language, spellings[language] ?? {}, isEntry(language)) };
      });
  }
}
