/** The snippets of a page → links and hover texts of their identifiers, each text once. */
import type { Entry } from '../reference/index.ts';
import { plainText } from '../pages/index.ts';
import type { PageFacts, ShownSnippet } from './content.ts';

/** An identifier that links to its reference. */
export interface CodeLink {
  href: string;
  /** Regular expression that the line before the identifier must match. */
  patternBefore?: string;
  /** Index of its hover text in the page's texts. */
  index?: number;
}

/** An identifier with a hover text. */
export interface CodeHover {
  /** Position in the code: line and column counted from 1, length in UTF-16 units. */
  line: number;
  column: number;
  length: number;
  /** Index of its hover text in the page's texts. */
  index: number;
}

/** A hover text, as plain text. */
export interface HoverText {
  /** One line: a type, or an entry's signature. */
  code: string;
  about?: string;
}

/** A reference entry that identifiers can link to. */
export interface LinkedEntry extends CodeLink {
  text: HoverText;
}

/** By language, then by identifier. */
export type LinkedEntries = ReadonlyMap<string, ReadonlyMap<string, LinkedEntry>>;

/** The identifiers of one snippet. */
export interface CodeNotes {
  hovers: CodeHover[];
  links: ReadonlyMap<string, CodeLink>;
}

export interface PageNotes {
  /** `index` of hovers and links refers to this order. */
  texts: HoverText[];
  /** By id of the snippet. */
  bySnippet: ReadonlyMap<string, CodeNotes>;
}

/** Collects, by language, the identifiers of all entries that a page shows; the first page wins. */
export function collectEntries(pages: readonly PageFacts[]): LinkedEntries {
  const entries = new Map<string, Map<string, LinkedEntry>>();
  for (const { blocks, description } of pages) {
    for (const { entry } of blocks.flatMap(({ tabs }) => tabs)) {
      if (!entry) continue;
      const { language } = entry;
      const ofLanguage = entries.get(language) ?? new Map<string, LinkedEntry>();
      entries.set(language, ofLanguage);
      if (!ofLanguage.has(entry.key)) ofLanguage.set(entry.key, describeEntry(entry, description));
    }
  }
  return entries;
}

/** Numbers the hover texts per page, so that a page depends only on its own snippets. */
export function describeNotes(snippets: readonly ShownSnippet[], entries: LinkedEntries): PageNotes {
  const numbers = new Map<string, number>();
  const texts: HoverText[] = [];
  const numberOf = (text: HoverText): number => {
    const key = `${text.code}\n${text.about ?? ''}`;
    const index = numbers.get(key) ?? texts.push(text) - 1;
    numbers.set(key, index);
    return index;
  };
  const describe = ({ types, code, language }: ShownSnippet): CodeNotes => ({
    hovers: types.map(({ type, about, ...place }) => ({
      ...place,
      index: numberOf({ code: type, ...(about !== undefined && { about }) }),
    })),
    links: new Map(
      wordsOf(code).flatMap((word): [string, CodeLink][] => {
        const entry = entries.get(language)?.get(word);
        if (!entry) return [];
        const { text, ...link } = entry;
        return [[word, { ...link, index: numberOf(text) }]];
      }),
    ),
  });
  return { bySnippet: new Map(snippets.map((snippet) => [snippet.id, describe(snippet)])), texts };
}

/** Everything in the code that could be an identifier, without duplicates. */
function wordsOf(code: string): string[] {
  return [...new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*[?!]?/gu))];
}

/** An entry without a description uses the description of its page. */
function describeEntry(entry: Entry, lede: string): LinkedEntry {
  const about = plainText(entry.description ?? lede);
  return {
    href: `${entry.page}#${entry.anchor}`,
    ...(entry.patternBefore !== undefined && { patternBefore: entry.patternBefore }),
    text: { code: entry.signature, ...(about !== '' && { about }) },
  };
}
