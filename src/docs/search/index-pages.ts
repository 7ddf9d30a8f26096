/** Search entries of all pages → the files of their index, of which a query needs few, however many pages there are. */
import type { SearchLine, SearchPage, SearchSection } from './entries.ts';
import {
  type NearFile,
  type PagePart,
  type Posting,
  type TermsFile,
  PREFIX_LETTERS_MIN,
  PREFIX_MARK,
  SECTIONS_MAX,
  encodePostings,
} from './files.ts';
import { findPlaces, weightOfPrefix } from './query.ts';
import { WORDS, joinedName, joinedQueries, nameOf, partsOf, tellingWords, termsOfTitle } from './words.ts';

export interface IndexOptions {
  /** Words that readers type → words of the pages. */
  synonyms: Readonly<Record<string, string>>;
  /** Factor for the scores of a page. */
  weightOf: (page: SearchPage) => number;
}

export interface PageIndex {
  /** See `IndexManifest`. */
  terms: string;
  near: string;
  /** Files by name, without their folder. */
  files: Map<string, TermsFile | NearFile | PagePart>;
}

/** Weight of a match, by field. */
const WEIGHTS = { title: 9, heading: 4, names: 4, description: 2, code: 1.2, text: 1 };
type Field = keyof typeof WEIGHTS;

/** BM25+: how fast repetitions count less, how much a long text counts less, and the least that a match counts. */
const BM25 = { k: 1.2, b: 0.7, d: 0.5 };

/** Characters of a part, and of a section; longer ones are cut. */
const PART_LETTERS_MAX = 16_000;
const SECTION_LETTERS_MAX = 4_000;

/** Postings kept of a term: the best. More pages do not make the files of frequent terms larger. */
const POSTINGS_MAX = 96;

/** Numbers and letters in a file of terms. */
const TERMS_FILE_MAX = 3_000;

/**
 * Misspelt words may have been meant to be a title, a word of a title, a heading or a name, or one that occurs in so many
 * places, as a number and as a part of all. There are few of these, however many pages there are.
 */
const LIKELY_PLACES_MIN = 2;
const LIKELY_PLACES = 0.001;
const NEAR_LETTERS_MIN = 4;
/** Nobody types longer words; texts such as a token would make the index deep. */
const WORD_LENGTH_MAX = 100;

/** The least places of the words in each class of a `NearFile`. */
const NEAR_CLASSES = [64, 8, 0];

const SYNONYM_WEIGHT = 0.6;
const SYNONYM_POSTINGS_MAX = 24;

interface Term {
  /** How many places have it, including those that are not kept. */
  count: number;
  /** In the order of their places, until they are pruned. */
  postings: Posting[];
  /** Whether a misspelt word may have been meant to be it. */
  isLikely: boolean;
}

interface Part {
  page: SearchPage;
  sections: SearchSection[];
}

export async function indexPages(
  pages: readonly SearchPage[],
  { synonyms, weightOf }: IndexOptions,
): Promise<PageIndex> {
  const parts = pages.flatMap((page) => cutParts(page).map((sections): Part => ({ page, sections })));
  const terms = collectTerms(parts, weightOf);
  await addSynonyms(terms, synonyms);
  const near = nearFiles(terms);
  const meanings = new Map(
    Object.entries(synonyms).flatMap(([typed, meant]) => synonymTerms(typed).map((term) => [term, meant])),
  );
  const files = termsFiles(terms, meanings);
  return {
    terms: separators(files.map(([names]) => names.split(' '))).join(' '),
    near: [...near.keys()].sort().join(''),
    files: new Map<string, TermsFile | NearFile | PagePart>([
      ...files.map((file, index) => [`terms-${index}`, file] as const),
      ...Array.from(near, ([letter, file]) => [`near-${letter}`, file] as const),
      ...parts.map(
        ({ page: { path, title }, sections }, index) => [`part-${index}`, { path, title, sections }] as const,
      ),
    ]),
  };
}

/** The sections of a page in parts of limited size. A section that is too long becomes several. */
function cutParts({ sections }: SearchPage): SearchSection[][] {
  const pieces = sections.flatMap((section) =>
    cut(section.lines, ({ text }) => text.length, SECTION_LETTERS_MAX).map((lines) => ({ ...section, lines })),
  );
  return cut(pieces, lettersOf, PART_LETTERS_MAX, SECTIONS_MAX - 1);
}

/** Cuts a list where the sum of `sizeOf` would exceed `max`; an empty list becomes one piece. */
function cut<Item>(items: readonly Item[], sizeOf: (item: Item) => number, max: number, countMax = Infinity): Item[][] {
  const pieces: Item[][] = [[]];
  let sum = 0;
  for (const item of items) {
    const piece = pieces.at(-1)!;
    if (piece.length > 0 && (sum + sizeOf(item) > max || piece.length >= countMax)) {
      pieces.push([item]);
      sum = 0;
    } else piece.push(item);
    sum += sizeOf(item);
  }
  return pieces;
}

function lettersOf({ heading, lines }: SearchSection): number {
  return lines.reduce((sum, { text }) => sum + text.length, heading.length);
}

function collectTerms(parts: readonly Part[], weightOf: (page: SearchPage) => number): Map<string, Term> {
  const average = averageLengths(parts);
  const terms = new Map<string, Term>();
  let places = 0;
  parts.forEach(({ page, sections }, index) => {
    const weight = weightOf(page);
    const titlePlace = index * SECTIONS_MAX;
    const add = (place: number, field: Field, text: string, counts: ReadonlyMap<string, number>) => {
      const length = 1 - BM25.b + (BM25.b * text.length) / average[field];
      for (const [term, count] of counts) {
        const score = weight * WEIGHTS[field] * (BM25.d + (count * (BM25.k + 1)) / (count + BM25.k * length));
        addPosting(terms, term, place, score, 1);
      }
    };
    const addName = (place: number, name: string, named: number) => {
      if (name === '') return;
      addPosting(terms, joinedName(name), place, 0, named);
      for (const part of partsOf(name)) terms.get(part)!.isLikely = true;
    };
    add(titlePlace, 'title', page.title, countNames([page.title]));
    addName(titlePlace, page.title, 4);
    terms.get(joinedName(page.title))!.isLikely = true;
    sections.forEach((section, at) => {
      const place = titlePlace + at + 1;
      const { heading, names, code, text } = textsOf(section);
      add(place, 'heading', heading, countNames([heading]));
      add(place, 'names', names, countNames(names.split('\n')));
      if (section.anchor === '') add(place, 'description', page.description, countTerms(page.description));
      add(place, 'code', code, countTerms(code));
      add(place, 'text', text, countTerms(text));
      addName(place, heading, 3);
      for (const { text: row } of section.lines.filter(isRow)) addName(place, nameOf(row), isOptional(row) ? 3 : 4);
    });
    places += sections.length + 1;
  });
  terms.delete('');
  // Rare terms tell more.
  for (const term of terms.values()) {
    const factor = Math.log(1 + (places - term.count + 0.5) / (term.count + 0.5));
    for (const posting of term.postings) posting.score *= factor;
    prune(term, POSTINGS_MAX);
    term.isLikely ||= term.count >= Math.max(LIKELY_PLACES_MIN, places * LIKELY_PLACES);
  }
  return terms;
}

/** Adds a posting; the scores of several fields at a place are added. */
function addPosting(terms: Map<string, Term>, name: string, place: number, score: number, named: number): void {
  let term = terms.get(name);
  if (!term) terms.set(name, (term = { count: 0, postings: [], isLikely: false }));
  // Texts come place by place.
  const last = term.postings.at(-1);
  const known = last?.place === place ? last : undefined;
  if (known) {
    known.score += score;
    known.named = Math.max(known.named, named);
    return;
  }
  // Before the next place, not after this one: its other fields may come.
  if (term.postings.length >= 4 * POSTINGS_MAX) prune(term, POSTINGS_MAX);
  term.postings.push({ place, score, named });
  term.count += 1;
}

/** Keeps the best postings. */
function prune(term: Term, max: number): void {
  if (term.postings.length <= max) return;
  term.postings.sort((a, b) => b.score * b.named - a.score * a.named);
  term.postings.length = max;
}

/** The terms of a text, with how often each occurs. */
function countTerms(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const word of text.match(WORDS) ?? [])
    if (word.length <= WORD_LENGTH_MAX) words.set(word, (words.get(word) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [word, count] of words)
    for (const term of termsOfWord(word)) counts.set(term, (counts.get(term) ?? 0) + count);
  return counts;
}

/** The terms of words seen before: most words come again and again. */
const termsByWord = new Map<string, readonly string[]>();
const WORDS_KEPT_MAX = 100_000;

function termsOfWord(word: string): readonly string[] {
  let terms = termsByWord.get(word);
  if (terms) return terms;
  terms = termsOfTitle(word);
  if (termsByWord.size >= WORDS_KEPT_MAX) termsByWord.clear();
  termsByWord.set(word, terms);
  return terms;
}

/** The terms of titles or names, and each whole name as one, with how many have it. */
function countNames(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const name of names)
    for (const term of new Set([...termsOfTitle(name), joinedName(name)]))
      counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

function isRow({ anchor }: SearchLine): boolean {
  return anchor !== undefined;
}

/** Who asks for a name begins where it must be given. */
function isOptional(row: string): boolean {
  return /^[^(]*\([^)]*, optional\)/.test(row);
}

function textsOf({ heading, lines }: SearchSection): Record<'heading' | 'names' | 'code' | 'text', string> {
  const textOf = (chosen: (line: SearchLine) => boolean, spell = (text: string) => text) =>
    lines
      .filter(chosen)
      .map(({ text }) => spell(text))
      .join('\n');
  const isCode = ({ language }: SearchLine) => language !== undefined;
  return { heading, names: textOf(isRow, nameOf), code: textOf(isCode), text: textOf((line) => !isCode(line)) };
}

/** Characters of the texts that are not empty. */
function averageLengths(parts: readonly Part[]): Record<Field, number> {
  const sums = Object.fromEntries(Object.keys(WEIGHTS).map((field) => [field, { letters: 0, count: 0 }]));
  const add = (field: Field, text: string) => {
    if (text === '') return;
    sums[field]!.letters += text.length;
    sums[field]!.count += 1;
  };
  for (const { page, sections } of parts) {
    add('title', page.title);
    add('description', page.description);
    for (const section of sections)
      for (const [field, text] of Object.entries(textsOf(section))) add(field as Field, text);
  }
  return Object.fromEntries(
    Object.entries(sums).map(([field, { letters, count }]) => [field, letters / Math.max(count, 1)]),
  ) as Record<Field, number>;
}

/** Gives each synonym, as one term, the best places of what it means. */
async function addSynonyms(terms: Map<string, Term>, synonyms: IndexOptions['synonyms']): Promise<void> {
  const findTerm = (name: string) => {
    const term = terms.get(name);
    return Promise.resolve(term ? [{ postings: term.postings, weight: 1, isExact: true }] : []);
  };
  const found = await Promise.all(
    Object.entries(synonyms).map(async ([typed, meant]) => ({ typed, places: await findPlaces(meant, findTerm) })),
  );
  for (const { typed, places } of found) {
    const best = [...places].sort(([, a], [, b]) => b - a).slice(0, SYNONYM_POSTINGS_MAX);
    for (const term of synonymTerms(typed))
      for (const [place, score] of best) {
        const known = terms.get(term)?.postings.find((posting) => posting.place === place);
        if (known) known.score += score * SYNONYM_WEIGHT;
        else addPosting(terms, term, place, score * SYNONYM_WEIGHT, 1);
      }
  }
}

/** With and without stop words, unless only one word remains: `log in` must not change what `log` finds. */
function synonymTerms(typed: string): string[] {
  const terms = [...joinedQueries(typed)];
  return tellingWords(typed).length > 1 ? terms : terms.slice(-1);
}

/** Under its first and under its second letter, so that a wrong first letter does not hide it. */
function nearFiles(terms: ReadonlyMap<string, Term>): Map<string, NearFile> {
  const files = new Map<string, NearFile>();
  const names = [...terms].filter(([name, { isLikely }]) => name.length >= NEAR_LETTERS_MIN && isLikely);
  const byLetter = new Map<string, string[]>();
  for (const [name] of names)
    for (const letter of new Set(name.slice(0, 2))) {
      const own = byLetter.get(letter);
      if (own) own.push(name);
      else byLetter.set(letter, [name]);
    }
  for (const [letter, own] of byLetter) {
    const classOf = (name: string) => NEAR_CLASSES.findIndex((least) => terms.get(name)!.count >= least);
    files.set(
      letter,
      NEAR_CLASSES.map((_, index) =>
        own
          .filter((name) => classOf(name) === index)
          .sort()
          .join(' '),
      ),
    );
  }
  return files;
}

/** All terms in files of similar size, in order. */
function termsFiles(terms: ReadonlyMap<string, Term>, meanings: ReadonlyMap<string, string>): TermsFile[] {
  const encoded = Array.from(terms, ([name, { postings }]) => [name, encodePostings(postings)] as [string, number[]]);
  const sizeOf = ([name, numbers]: [string, number[]]) => name.length + numbers.length;
  const prefixes = prefixTerms([...terms].filter(([name]) => !meanings.has(name))).map(
    ([name, postings]) => [name, encodePostings(postings)] as [string, number[]],
  );
  const sorted = [...encoded, ...prefixes].sort(([a], [b]) => (a < b ? -1 : 1));
  return cut(sorted, sizeOf, TERMS_FILE_MAX).map((entries): TermsFile => [
    entries.map(([name]) => name).join(' '),
    entries.map(([, numbers]) => numbers),
    Object.fromEntries(entries.flatMap(([name]) => (meanings.has(name) ? [[name, meanings.get(name)!]] : []))),
  ]);
}

/** For each beginning of so many terms that they fill a file: the best places of all of them. */
function prefixTerms(terms: readonly [string, Term][]): [name: string, postings: Posting[]][] {
  const sorted = terms.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const found: [string, Posting[]][] = [];
  const visit = (from: number, to: number, length: number): void => {
    let end = from;
    for (let at = from; at < to; at = end) {
      const prefix = sorted[at]![0].slice(0, length);
      let size = 0;
      for (end = at; end < to && sorted[end]![0].slice(0, length) === prefix; end += 1)
        size += sorted[end]![0].length + 3 * sorted[end]![1].postings.length;
      if (prefix.length < length || size <= TERMS_FILE_MAX / 2) continue;
      if (length >= PREFIX_LETTERS_MIN) found.push([prefix + PREFIX_MARK, bestOfPrefix(sorted.slice(at, end), prefix)]);
      visit(at, end, length + 1);
    }
  };
  visit(0, sorted.length, 1);
  return found;
}

function bestOfPrefix(terms: readonly [string, Term][], prefix: string): Posting[] {
  const sums = new Map<number, number>();
  for (const [name, { postings, isLikely }] of terms) {
    // The rest would hardly be among the best.
    if (name === prefix || !isLikely) continue;
    for (const { place, score } of postings)
      sums.set(place, (sums.get(place) ?? 0) + score * weightOfPrefix(name, prefix));
  }
  return [...sums]
    .map(([place, score]) => ({ place, score, named: 1 }))
    .sort((a, b) => b.score - a.score)
    .slice(0, POSTINGS_MAX);
}

/** The shortest beginning of each list's first term that its predecessor does not reach. */
function separators(lists: readonly string[][]): string[] {
  return lists.map(([first = ''], index) => {
    const before = lists[index - 1]?.at(-1) ?? '';
    let length = 1;
    while (first.slice(0, length) <= before) length += 1;
    return index === 0 ? '0' : first.slice(0, length);
  });
}
