/** An unknown name → the existing name that was probably meant. */
import { distance } from 'fastest-levenshtein';

/** Largest edit distance of related names, as a fraction of the longer name. */
const DIFFERENCE_MAX = 0.4;

/** Longer names are texts; comparing two takes the product of their lengths. */
const LENGTH_MAX = 200;

/** The closest of `names` to `name`, or undefined if none is close. On a tie, the first one. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  let nearest: { name: string; difference: number } | undefined;
  for (const candidate of names) {
    const length = Math.max(name.length, candidate.length, 1);
    if (length > LENGTH_MAX) continue;
    const difference = distance(name.toLowerCase(), candidate.toLowerCase()) / length;
    if (difference <= DIFFERENCE_MAX && (!nearest || difference < nearest.difference)) {
      nearest = { name: candidate, difference };
    }
  }
  return nearest?.name;
}
