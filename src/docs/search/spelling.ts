/** How differently two words are spelt. */

/** Allowed differences as a fraction of the word's length; short words must match exactly. */
const DIFFERENT = 0.25;
const DIFFERENT_MAX = 3;
const LETTERS_MIN = 4;

/** How many differences a word of this length may have to what was meant. */
export function differencesMax(word: string): number {
  return word.length < LETTERS_MIN ? 0 : Math.min(DIFFERENT_MAX, Math.round(word.length * DIFFERENT));
}

/** The letters to add, remove, replace or swap with their neighbour, to make one of the other; `max + 1` if more. */
export function countDifferences(one: string, other: string, max: number): number {
  if (Math.abs(one.length - other.length) > max) return max + 1;
  let before: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (let row = 1; row <= one.length; row += 1) {
    const next = [row];
    for (let column = 1; column <= other.length; column += 1) {
      const same = one[row - 1] === other[column - 1];
      let least = Math.min(last[column]! + 1, next[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1])
        least = Math.min(least, before[column - 2]! + 1);
      next.push(least);
    }
    if (Math.min(...next) > max) return max + 1;
    [before, last] = [last, next];
  }
  return last.at(-1)!;
}
