/** An index and a query → the pages and lines that match, best first. Loads the files that it needs, each once. */
import type { SearchLine, SearchSection } from './entries.ts';
import {
  type IndexManifest,
  type NearFile,
  type PagePart,
  type Posting,
  type TermsFile,
  PREFIX_LETTERS_MIN,
  PREFIX_MARK,
  SECTIONS_MAX,
  decodePostings,
  partOf,
} from './files.ts';
import { type TermMatch, findPlaces, weightOfNear, weightOfPrefix } from './query.ts';
import { countDifferences, differencesMax } from './spelling.ts';
import { WORDS, joinedName, nameOf, tellingWords, termsOfText, termsOfTitle } from './words.ts';

const PAGES_MAX = 8;
const SECTIONS_SHOWN_MAX = 3;

/** How much of a synonym must be typed. */
const SYNONYM_TYPED_MIN = 0.7;

/** Misspelt words that are asked for besides the one that was typed. */
const NEAR_MAX = 3;
/** A word in fewer places may be misspelt, also if some page has it. */
const PLACES_MIN = 3;

export interface FoundPage {
  path: string;
  title: string;
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

/** Loads a file of the index by its name. Rejects if it cannot. */
export type LoadFile = (name: string) => Promise<unknown>;

/** Runs queries. */
export interface Finder {
  /**
   * The parts of pages that match, best first, not loaded yet: `show` loads them. Rejects if a file of the index could
   * not be loaded; the next call tries again.
   */
  find(query: string): Promise<FoundParts>;
  /** An entry in several languages appears once, in the reader's language if it matches there. */
  show(found: FoundParts, language?: string): Promise<Found>;
}

export interface FoundParts {
  query: string;
  /** Places of the index, best first. */
  places: number[];
  terms: ReadonlySet<string>;
  /** Whether everything that `show` needs was loaded before. */
  isLoaded: boolean;
}

interface Terms {
  names: string[];
  /** Postings by name. */
  postings: Map<string, () => Posting[]>;
  /** What they mean, by name. */
  synonyms: Map<string, string>;
}

/** Searches an index. */
export function createFinder({ terms, near }: Pick<IndexManifest, 'terms' | 'near'>, load: LoadFile): Finder {
  const firsts = terms.split(' ');
  const loaded = new Set<string>();
  const files = new Map<string, Promise<unknown>>();
  const loadOnce = <File>(name: string, read: (file: never) => File): Promise<File> => {
    const file = files.get(name) ?? load(name).then((json) => (loaded.add(name), read(json as never)));
    files.set(name, file);
    file.catch(() => files.delete(name));
    return file as Promise<File>;
  };
  const loadTerms = (index: number) => loadOnce(`terms-${index}`, readTerms);
  const loadPart = (index: number) => loadOnce(`part-${index}`, (part: PagePart) => part);
  const fileOf = (term: string) =>
    Math.max(
      firsts.findLastIndex((first) => first <= term),
      0,
    );

  /** All terms that begin with `prefix`, or only itself and `prefix*`. */
  const termsLike = async (prefix: string): Promise<Terms> => {
    const first = fileOf(prefix);
    const marked = await loadTerms(fileOf(prefix + PREFIX_MARK));
    const isAlone = prefix.length < PREFIX_LETTERS_MIN || marked.postings.has(prefix + PREFIX_MARK);
    const last = isAlone ? first : fileOf(`${prefix}\uffff`);
    const all = await Promise.all(Array.from({ length: last - first + 1 }, (_, more) => loadTerms(first + more)));
    const own = all.includes(marked) ? all : [...all, marked];
    return {
      names: own.flatMap(({ names }) => names),
      postings: new Map(own.flatMap(({ postings }) => [...postings])),
      synonyms: new Map(own.flatMap(({ synonyms }) => [...synonyms])),
    };
  };

  /** Known words that `term` may have been meant to be. */
  const nearTerms = async (term: string): Promise<[name: string, differences: number][]> => {
    const letters = [...new Set(term.slice(0, 2))].filter((letter) => near.includes(letter));
    const words = await Promise.all(letters.map((letter) => loadOnce(`near-${letter}`, (file: NearFile) => file)));
    const max = differencesMax(term);
    const found = words.flatMap((classes) =>
      classes.flatMap((names, index) =>
        names.split(' ').flatMap((name): [string, number, number][] => {
          const differences = countDifferences(term, name, max);
          return differences > max || name === term ? [] : [[name, differences, index]];
        }),
      ),
    );
    found.sort(([, a, classA], [, b, classB]) => a - b || classA - classB);
    return [...new Map(found.map(([name, differences]) => [name, differences]))].slice(0, NEAR_MAX);
  };

  const findTerm = async (term: string, seen: Set<string>): Promise<TermMatch[]> => {
    const terms = await termsLike(term);
    const { names, postings, synonyms } = terms;
    const max = differencesMax(term);
    const matches: TermMatch[] = [];
    const add = (name: string, weight: number, own: Pick<Terms, 'postings' | 'synonyms'>): number => {
      const found = own.postings.get(name)?.() ?? [];
      matches.push({ postings: found, weight, isExact: name === term });
      const meant = own.synonyms.get(name) ?? name;
      for (const each of termsOfTitle(meant)) seen.add(each);
      return found.length;
    };
    let places = 0;
    for (const name of names) {
      if (name === term) places += add(name, 1, terms);
      else if (name === term + PREFIX_MARK) {
        places += add(name, 1, terms);
        seen.add(name);
      } else if (name.endsWith(PREFIX_MARK)) continue;
      else if (term.length >= PREFIX_LETTERS_MIN && name.startsWith(term)) {
        const isWanted = synonyms.has(name)
          ? term.length >= SYNONYM_TYPED_MIN * name.length
          : !postings.has(term + PREFIX_MARK);
        if (isWanted) places += add(name, weightOfPrefix(name, term), terms);
      } else if (max > 0 && countDifferences(term, name, 1) === 1) add(name, weightOfNear(name, 1), terms);
    }
    if (max === 0 || places >= PLACES_MIN) return matches;
    for (const [name, differences] of await nearTerms(term))
      if (!(differences === 1 && postings.has(name)))
        add(name, weightOfNear(name, differences), await loadTerms(fileOf(name)));
    return matches;
  };

  return {
    async find(query) {
      const seen = new Set<string>();
      const asked = new Map<string, Promise<TermMatch[]>>();
      const scores = await findPlaces(query, (term) => {
        const matches = asked.get(term) ?? findTerm(term, seen);
        asked.set(term, matches);
        return matches;
      });
      const places = [...scores].sort(([, a], [, b]) => b - a).map(([place]) => place);
      const parts = new Set<number>();
      for (const place of places) if (parts.size < PAGES_MAX) parts.add(partOf(place));
      return {
        query,
        places: places.filter((place) => parts.has(partOf(place))),
        terms: seen,
        isLoaded: [...parts].every((part) => loaded.has(`part-${part}`)),
      };
    },

    async show({ query, places, terms: found }, language) {
      const parts = new Map(
        await Promise.all([...new Set(places.map(partOf))].map(async (part) => [part, await loadPart(part)] as const)),
      );
      const asked = new Set(tellingWords(query).flatMap(termsOfText));
      const hits = places.map((place) => {
        const part = parts.get(partOf(place))!;
        return { path: part.path, title: part.title, section: part.sections[(place % SECTIONS_MAX) - 1] };
      });
      const pages = [...Map.groupBy(hits, ({ path }) => path)].map(([path, ofPage]): FoundPage => ({
        path,
        title: ofPage[0]!.title,
        sections: inOneLanguage(
          ofPage.flatMap(({ section }) => section ?? []),
          language,
        )
          .slice(0, SECTIONS_SHOWN_MAX)
          .map((section) => ({ section, line: bestLine(section, found, asked, language) })),
      }));
      return { pages, terms: found };
    },
  };
}

function readTerms([names, numbers, synonyms]: TermsFile): Terms {
  const split = names.split(' ');
  return {
    names: split,
    postings: new Map(split.map((name, index) => [name, () => decodePostings(numbers[index]!)])),
    synonyms: new Map(Object.entries(synonyms)),
  };
}

/**
 * A reference entry has a section per language, such as `ruby.daily_forecast`; anchors of headings have no dots.
 */
function inOneLanguage(sections: readonly SearchSection[], language: string | undefined): SearchSection[] {
  const entries = Map.groupBy(sections, ({ anchor }) =>
    anchor.includes('.') ? anchor.slice(anchor.indexOf('.')) : anchor,
  );
  return [...entries.values()].flatMap((twins) => {
    const [best] = twins;
    if (!best?.anchor.includes('.')) return twins;
    return twins.find(({ anchor }) => anchor.startsWith(`${language}.`)) ?? best;
  });
}

/** Splits the text into pieces; those at odd indexes are words that contain one of `terms`. */
export function markWords(text: string, terms: ReadonlySet<string>): string[] {
  const pieces: string[] = [];
  let at = 0;
  for (const { 0: word, index: start } of text.matchAll(WORDS)) {
    if (!termsOfTitle(word).some((term) => isAmong(term, terms))) continue;
    pieces.push(text.slice(at, start), word);
    at = start + word.length;
  }
  return [...pieces, text.slice(at)];
}

/** Whether `term` is one of `terms`, or begins like one that is marked as a beginning. */
function isAmong(term: string, terms: ReadonlySet<string>): boolean {
  if (terms.has(term)) return true;
  for (let length = PREFIX_LETTERS_MIN; length < term.length; length += 1)
    if (terms.has(term.slice(0, length) + PREFIX_MARK)) return true;
  return false;
}

/** Lines of sections seen before, with their terms. */
const termsOfLines = new WeakMap<SearchSection, { line: SearchLine; terms: ReadonlySet<string> }[]>();

function linesOf(section: SearchSection): { line: SearchLine; terms: ReadonlySet<string> }[] {
  const known = termsOfLines.get(section);
  if (known) return known;
  const lines = section.lines
    .flatMap(codeLines)
    .map((line) => ({ line, terms: new Set(termsOfText(line.text)) as ReadonlySet<string> }));
  termsOfLines.set(section, lines);
  return lines;
}

/**
 * The line with most of the matched terms; exact matches count more than near ones. Of equal snippets, the one in the
 * reader's language.
 */
function bestLine(
  section: SearchSection,
  found: ReadonlySet<string>,
  asked: ReadonlySet<string>,
  language: string | undefined,
): SearchLine | undefined {
  let best: { line: SearchLine; score: number } | undefined;
  for (const { line, terms } of linesOf(section)) {
    let score = line.anchor !== undefined && asked.has(joinedName(nameOf(line.text))) ? 3 : 0;
    for (const term of terms) score += (isAmong(term, found) ? 1 : 0) + (asked.has(term) ? 3 : 0);
    const isFirst = score === best?.score && line.language !== undefined && line.language === language;
    if (isFirst || score > (best?.score ?? 0)) best = { line, score };
  }
  return best?.line;
}

/** Only one line of a snippet is shown. */
function codeLines(line: SearchLine): SearchLine[] {
  return line.language === undefined ? [line] : line.text.split('\n').map((text) => ({ ...line, text: text.trim() }));
}
