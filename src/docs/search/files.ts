/**
 * The files of a search index, as the build writes and the browser reads them:
 *
 * - `index.json`, an `IndexManifest`, which loads when search opens;
 * - `<build>/terms-<n>.json`, a `TermsFile` for a range of terms;
 * - `<build>/near-<letter>.json`, a `NearFile` with the words that a misspelt word may mean;
 * - `<build>/part-<n>.json`, a `PagePart` with what results show.
 *
 * A build has a folder of its own, so that a new version of the site never mixes two.
 */
import type { SearchPage } from './entries.ts';

export interface IndexManifest {
  /** Name of the folder with the other files. */
  build: string;
  /** The beginning of the first term in each `TermsFile`, separated by spaces. */
  terms: string;
  /** The letters that have a `NearFile`. */
  near: string;
  /** Pages to begin with, shown while nothing is typed. */
  begin: { path: string; title: string }[];
}

/**
 * Terms in order, separated by spaces; their postings, three numbers each (see `Posting`); and by term, the words to
 * mark in results, if it is a synonym.
 */
export type TermsFile = [terms: string, postings: number[][], synonyms: Record<string, string>];

/** Words by how often they occur, the frequent ones first; separated by spaces. */
export type NearFile = string[];

/** A page, or a part of a long one. */
export type PagePart = Pick<SearchPage, 'path' | 'title' | 'sections'>;

/** Where a term occurs. */
export interface Posting {
  /** Part and section: `part * SECTIONS_MAX + section`, where 0 is the page's title, and 1 the first section. */
  place: number;
  score: number;
  /** Factor for a query that equals a name there. */
  named: number;
}

/** Sections of a part, and one more for its title. */
export const SECTIONS_MAX = 64;

/** The part that `place` is in. */
export const partOf = (place: number): number => Math.floor(place / SECTIONS_MAX);

/** The place of the title of the part that `place` is in. */
export const titleOf = (place: number): number => partOf(place) * SECTIONS_MAX;

/** Marks the term with the best postings of all terms that begin like it, if these are in several files. */
export const PREFIX_MARK = '*';

/** A single letter only finds the word that it is. */
export const PREFIX_LETTERS_MIN = 2;

/** Scores have logarithmic steps of 4 %. */
const STEPS = 16;
const NAMED = [1, 3, 4];
const SCORE_MAX = 256;

/** Postings → numbers: the distance to the part before, the section, and the score with `named`. */
export function encodePostings(postings: readonly Posting[]): number[] {
  let before = 0;
  return postings
    .toSorted((a, b) => a.place - b.place)
    .flatMap(({ place, score, named }) => {
      const part = partOf(place);
      const step = Math.min(SCORE_MAX - 1, Math.max(1, Math.round(STEPS * Math.log2(1 + score))));
      const numbers = [part - before, place % SECTIONS_MAX, step + SCORE_MAX * NAMED.indexOf(named)];
      before = part;
      return numbers;
    });
}

/** The inverse of `encodePostings`. */
export function decodePostings(numbers: readonly number[]): Posting[] {
  const postings: Posting[] = [];
  let part = 0;
  for (let at = 0; at < numbers.length; at += 3) {
    part += numbers[at]!;
    const score = numbers[at + 2]!;
    postings.push({
      place: part * SECTIONS_MAX + numbers[at + 1]!,
      score: 2 ** ((score % SCORE_MAX) / STEPS) - 1,
      named: NAMED[Math.floor(score / SCORE_MAX)]!,
    });
  }
  return postings;
}
