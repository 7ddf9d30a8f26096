/** Search entries of the pages → the pages and lines that match a query, best first. */
import MiniSearch, { type Query, type SearchResult } from 'minisearch';
import type { SearchLine, SearchPage, SearchSection } from '../../artifacts/index.ts';
import { WORDS, nameOf, partsOf, tellingWords, termsOfText, termsOfTitle } from './words.ts';

const PAGES_MAX = 8;
const SECTIONS_MAX = 3;

/** Weight of a match, by field. */
const WEIGHTS = { title: 9, heading: 4, names: 4, description: 2, code: 1.2, text: 1 };

/** The changelog mentions every subject without explaining it: rank it below all other pages. */
const NEWS = { path: '/changelog', weight: 0.2 };

/** A match of a whole name counts more than matches of its parts. */
const JOINED_WEIGHT = 2;

/** Allowed differences as a fraction of the word's length; short words must match exactly. */
const FUZZY = 0.25;
const FUZZY_LETTERS_MIN = 4;

export interface FoundPage {
  page: SearchPage;
  /** Sections that match by more than the page's title. */
  sections: FoundSection[];
}

export interface FoundSection {
  section: SearchSection;
  /** The line that matches best; absent if only the heading matches. */
  line: SearchLine | undefined;
}

export interface Found {
  /** Best first. */
  pages: FoundPage[];
  /** The matched terms, for `markWords`. */
  terms: ReadonlySet<string>;
}

/** Runs a query. An entry in several languages appears once, in the reader's language if it matches there. */
export type Finder = (query: string, language?: string) => Found;

interface Document extends Record<keyof typeof WEIGHTS, string> {
  id: number;
}

/** Searches `pages` locally, without requests to a server. */
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
 * A reference entry has a section per language, such as `ruby.daily_forecast`; anchors of headings have no dots.
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

/** Splits the text into pieces; those at odd indexes are words that contain one of `terms`. */
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

/** Names of a page and a section, and the weight of a query that equals one of them. */
function namesOf({ title }: SearchPage, { heading, lines }: SearchSection): Map<string, number> {
  // Who asks for a name begins where it must be given.
  const rows = lines.flatMap(({ kind, text }): [string, number][] =>
    kind === 'row' ? [[joined(nameOf(text)), /^[^(]*\([^)]*, optional\)/.test(text) ? 3 : 4]] : [],
  );
  return new Map([...rows, [joined(heading), 3], [joined(title), 4]]);
}

function joined(name: string): string {
  return partsOf(name).join('');
}

/**
 * Matches all words, each whole or by its parts, or all of them joined. Words match as prefixes and fuzzily.
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
 * The line with most of the matched terms; exact matches count more than fuzzy ones. Of equal
 * snippets, the one in the reader's language.
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

/** Only one line of a snippet is shown. */
function codeLines(line: SearchLine): SearchLine[] {
  return line.kind === 'code' ? line.text.split('\n').map((text) => ({ ...line, text: text.trim() })) : [line];
}
