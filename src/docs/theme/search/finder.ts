/** What can be found on the pages → the pages and lines that answer a query, best first. */
import MiniSearch, { type Query, type SearchResult } from 'minisearch';
import type { SearchLine, SearchPage, SearchSection } from '../../artifacts/index.ts';
import { WORDS, nameOf, partsOf, tellingWords, termsOfText, termsOfTitle } from './words.ts';

const PAGES_MAX = 8;
const SECTIONS_MAX = 3;

/** How much a match tells, by where it is. */
const WEIGHTS = { title: 9, heading: 4, names: 4, description: 2, code: 1.2, text: 1 };

/** What is new is told in words of every subject, and explains none; it is found where nothing else is. */
const NEWS = { path: '/changelog', weight: 0.2 };

/** A name found whole tells more than its parts. */
const JOINED_WEIGHT = 2;

/** Letters that may differ, as a share of the word; short words have to be right. */
const FUZZY = 0.25;
const FUZZY_LETTERS_MIN = 4;

export interface FoundPage {
  page: SearchPage;
  /** Sections that match by more than the page's title; none where only that does. */
  sections: FoundSection[];
}

export interface FoundSection {
  section: SearchSection;
  /** The line that matches best; left out where only the heading does. */
  line: SearchLine | undefined;
}

export interface Found {
  /** Best first. */
  pages: FoundPage[];
  /** What was found in them; `markWords` shows where. */
  terms: ReadonlySet<string>;
}

/** Answers a query: of what stands in several languages once, in the reader's where it was found there. */
export type Finder = (query: string, language?: string) => Found;

interface Document extends Record<keyof typeof WEIGHTS, string> {
  id: number;
}

/** Answers queries from `pages`; nothing is asked of any server. */
export function createFinder(pages: readonly SearchPage[]): Finder {
  const places = pages.flatMap((page) =>
    page.sections.map((section) => ({ page, section, named: namesOf(page, section) })),
  );
  const index = new MiniSearch<Document>({
    fields: Object.keys(WEIGHTS),
    tokenize: (text, field) => (field === 'text' || field === 'code' ? termsOfText : termsOfTitle)(text),
    searchOptions: { boost: WEIGHTS, tokenize: (term) => [term] },
  });
  index.addAll(places.map(({ page, section }, id) => ({ id, ...describe(page, section) })));
  const search = (query: string): SearchResult[] => {
    const words = tellingWords(query);
    if (words.length === 0) return [];
    const strict = index.search(queryOf(words, 'AND'));
    const results = strict.length > 0 ? strict : index.search(queryOf(words, 'OR'));
    const name = joined(words.join(' '));
    return results
      .map((result) => {
        const { page, named } = places[result.id]!;
        return {
          ...result,
          score: result.score * (named.get(name) ?? 1) * (page.path === NEWS.path ? NEWS.weight : 1),
        };
      })
      .sort((a, b) => b.score - a.score);
  };
  return (query, language) => {
    const asked = new Set(termsOfText(query));
    const found = search(query).map((result) => ({ ...places[result.id]!, result }));
    const pages = [...Map.groupBy(found, ({ page }) => page)].slice(0, PAGES_MAX).map(([page, hits]) => ({
      page,
      sections: inOneLanguage(hits, language)
        .filter(({ result }) => Object.values(result.match).some((fields) => fields.some((field) => field !== 'title')))
        .slice(0, SECTIONS_MAX)
        .map(({ section, result }) => ({ section, line: bestLine(section, new Set(result.terms), asked, language) })),
    }));
    return { pages, terms: new Set(found.flatMap(({ result }) => result.terms)) };
  };
}

/**
 * An entry of the reference has a section in each language, `ruby.load_sealed_session`; no heading has a dot in its
 * anchor.
 */
function inOneLanguage<Hit extends { section: SearchSection }>(
  hits: readonly Hit[],
  language: string | undefined,
): Hit[] {
  const entries = Map.groupBy(hits, ({ section: { anchor } }) =>
    anchor.includes('.') ? anchor.slice(anchor.indexOf('.')) : anchor,
  );
  return [...entries.values()].flatMap((twins) => {
    const [best] = twins;
    if (!best?.section.anchor.includes('.')) return twins;
    return twins.find(({ section }) => section.anchor.startsWith(`${language}.`)) ?? best;
  });
}

/** The text in pieces, those at odd places being words that have one of `terms`. */
export function markWords(text: string, terms: ReadonlySet<string>): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const { 0: word, index: start } of text.matchAll(WORDS)) {
    if (!termsOfTitle(word).some((term) => terms.has(term))) continue;
    pieces.push(text.slice(at, start), word);
    at = start + word.length;
  }
  return [...pieces, text.slice(at)];
}

function describe({ title, description }: SearchPage, { anchor, heading, lines }: SearchSection): Omit<Document, 'id'> {
  const textOf = (kind: SearchLine['kind']) =>
    lines
      .filter((line) => line.kind === kind)
      .map(({ text }) => text)
      .join('\n');
  return {
    title,
    heading,
    names: lines.flatMap(({ kind, text }) => (kind === 'row' ? [nameOf(text)] : [])).join('\n'),
    description: anchor === '' ? description : '',
    code: textOf('code'),
    text: `${textOf('text')}\n${textOf('row')}`,
  };
}

/** What a page and a section are called, and how much it tells that a query is just that. */
function namesOf({ title }: SearchPage, { heading, lines }: SearchSection): Map<string, number> {
  const rows = lines.flatMap(({ kind, text }) => (kind === 'row' ? [joined(nameOf(text))] : []));
  return new Map([...rows.map((row) => [row, 3] as const), [joined(heading), 3], [joined(title), 4]]);
}

function joined(name: string): string {
  return partsOf(name).join('');
}

/**
 * All words, each in its parts or as one; or all of them as one word. Each is the beginning of a term, or nearly it.
 */
function queryOf(words: readonly string[], combineWith: 'AND' | 'OR'): Query {
  const apart: Query = { combineWith, queries: words.map(wordQuery) };
  return words.length === 1
    ? apart
    : { combineWith: 'OR', queries: [apart, termQuery(joined(words.join(' ')), JOINED_WEIGHT)] };
}

function wordQuery(word: string): Query {
  const parts = partsOf(word);
  if (parts.length === 1) return termQuery(parts[0]!, 1);
  return {
    combineWith: 'OR',
    queries: [
      { combineWith: 'AND', queries: parts.map((part) => termQuery(part, 1)) },
      termQuery(parts.join(''), JOINED_WEIGHT),
    ],
  };
}

function termQuery(term: string, weight: number): Query {
  return {
    queries: [term],
    prefix: term.length > 1,
    fuzzy: term.length >= FUZZY_LETTERS_MIN ? FUZZY : false,
    boost: Object.fromEntries(Object.entries(WEIGHTS).map(([field, own]) => [field, own * weight])),
  };
}

/**
 * The line with most of the terms found; one that was asked for to the letter counts more than one that is like it. Of
 * programs that say the same, that in the reader's language.
 */
function bestLine(
  { lines }: SearchSection,
  found: ReadonlySet<string>,
  asked: ReadonlySet<string>,
  language: string | undefined,
): SearchLine | undefined {
  let best: { line: SearchLine; score: number } | undefined;
  for (const line of lines.flatMap(codeLines)) {
    const here = new Set(termsOfText(line.text));
    const score =
      countIn(here, found) +
      3 * countIn(here, asked) +
      (line.kind === 'row' && asked.has(joined(nameOf(line.text))) ? 3 : 0);
    const isFirst = score === best?.score && line.language !== undefined && line.language === language;
    if (isFirst || score > (best?.score ?? 0)) best = { line, score };
  }
  return best?.line;
}

function countIn(terms: ReadonlySet<string>, wanted: ReadonlySet<string>): number {
  return [...wanted].filter((term) => terms.has(term)).length;
}

/** Of a program one line is shown. */
function codeLines(line: SearchLine): SearchLine[] {
  return line.kind === 'code' ? line.text.split('\n').map((text) => ({ ...line, text: text.trim() })) : [line];
}
