/** A query → the places that match it, with scores, asked of an index term by term. */
import { type Posting, titleOf } from './files.ts';
import { joinedQueries, partsOf, tellingWords } from './words.ts';

/** Weight of a term that only begins like the one asked for. */
export function weightOfPrefix(term: string, prefix: string): number {
  return (0.375 * term.length) / (term.length + 0.3 * (term.length - prefix.length));
}

/** Weight of a term that is spelt like the one asked for. */
export function weightOfNear(term: string, differences: number): number {
  return (0.45 * term.length) / (term.length + differences);
}

/** A match of a whole name counts more than matches of its parts. */
const JOINED_WEIGHT = 2;

/** Places of the terms that are, begin like, or are spelt like the one asked for. */
export interface TermMatch {
  postings: readonly Posting[];
  weight: number;
  /** Whether it is the term asked for. */
  isExact: boolean;
}

export type FindTerm = (term: string) => Promise<readonly TermMatch[]>;

type Scores = Map<number, number>;

/** Scores by place. All words must match, if there is a place where they do. */
export async function findPlaces(query: string, findTerm: FindTerm): Promise<Scores> {
  const words = tellingWords(query);
  if (words.length === 0) return new Map();
  const names = [...joinedQueries(query)];
  const scoresOf = async (term: string) => scoreTerm(await findTerm(term));
  const [byWord, asName] = await Promise.all([
    Promise.all(words.map((word) => scoreWord(word, scoresOf))),
    Promise.all(names.map(findTerm)),
  ]);
  // A word of one part is its own name.
  const joined = asName.filter((_, index) => partsOf(words.join(' ')).length > 1 || index > 0).map(scoreTerm);
  const all = joined.reduce((sum, scores) => either(sum, scale(scores, JOINED_WEIGHT)), both(byWord));
  return rewardNames(all.size > 0 ? all : byWord.reduce(either), asName.flat());
}

/** A name matches by its parts, or as a whole. */
async function scoreWord(word: string, scoresOf: (term: string) => Promise<Scores>): Promise<Scores> {
  const parts = partsOf(word);
  const [joined, ...byPart] = await Promise.all([parts.join(''), ...parts].map(scoresOf));
  return parts.length === 1 ? joined! : either(both(byPart), scale(joined!, JOINED_WEIGHT));
}

function scoreTerm(matches: readonly TermMatch[]): Scores {
  const scores: Scores = new Map();
  const alike: Scores = new Map();
  for (const { postings, weight, isExact } of matches)
    for (const { place, score } of postings)
      if (isExact) scores.set(place, score);
      else alike.set(place, Math.max(alike.get(place) ?? 0, score * weight));
  // Many words that are alike say no more than the best of them.
  for (const [place, score] of alike) scores.set(place, (scores.get(place) ?? 0) + score);
  // What the title says holds for each section.
  for (const [place, score] of scores)
    if (place !== titleOf(place)) scores.set(place, score + (scores.get(titleOf(place)) ?? 0));
  return scores;
}

/** The score of a place, which may match by its title only. */
function at(scores: Scores, place: number): number | undefined {
  return scores.get(place) ?? scores.get(titleOf(place));
}

function both(each: readonly Scores[]): Scores {
  const places = new Set(each.flatMap((scores) => [...scores.keys()]));
  return new Map(
    [...places].flatMap((place) => {
      const found = each.map((scores) => at(scores, place));
      return found.every((score) => score !== undefined) ? [[place, found.reduce((a, b) => a + b, 0)]] : [];
    }),
  );
}

function either(one: Scores, other: Scores): Scores {
  const places = new Set([...one.keys(), ...other.keys()]);
  return new Map([...places].map((place) => [place, (at(one, place) ?? 0) + (at(other, place) ?? 0)]));
}

function scale(scores: Scores, factor: number): Scores {
  return new Map(Array.from(scores, ([place, score]) => [place, score * factor]));
}

/** Who types a whole name looks for what has it. */
function rewardNames(scores: Scores, exact: readonly TermMatch[]): Scores {
  const factors = new Map(
    exact
      .filter(({ isExact }) => isExact)
      .flatMap(({ postings }) => postings.map(({ place, named }) => [place, named])),
  );
  return new Map(
    Array.from(scores, ([place, score]) => [
      place,
      score * Math.max(factors.get(place) ?? 1, factors.get(titleOf(place)) ?? 1),
    ]),
  );
}
