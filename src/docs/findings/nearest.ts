/** A name that does not exist → the existing name it was probably meant to be. */
import { distance } from 'fastest-levenshtein';

/** Letters that may differ, as a share of the longer name, before two names count as unrelated. */
const DIFFERENCE_MAX = 0.4;

/** The closest of `names` to `name`, or undefined when none is close. Ties go to the first. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  let nearest: { name: string; difference: number } | undefined;
  for (const candidate of names) {
    const length = Math.max(name.length, candidate.length, 1);
    const difference = distance(name.toLowerCase(), candidate.toLowerCase()) / length;
    if (difference <= DIFFERENCE_MAX && (!nearest || difference < nearest.difference)) {
      nearest = { name: candidate, difference };
    }
  }
  return nearest?.name;
}
