/** Text → lines of at most a given width. */

/** Widths of characters in em, as in common sans-serif fonts, rounded up; others are `OTHER`. */
const WIDTHS: readonly (readonly [characters: string, em: number])[] = [
  ["ijl|'.,:;!", 0.3],
  [' ftrI()[]/-"', 0.39],
  ['mwMW@%…', 0.92],
  ['ABCDEFGHJKLNOPQRSTUVXYZ&', 0.71],
];
const OTHER = 0.59;
const EM = new Map(WIDTHS.flatMap(([characters, em]) => [...characters].map((each) => [each, em] as const)));

/** An upper bound of the width, in the unit of `size`. */
export function textWidth(text: string, size: number): number {
  return [...text].reduce((width, each) => width + (EM.get(each) ?? OTHER), 0) * size;
}

/** Breaks at spaces, and within a word only if it is wider than the line. The lines are about equally long. */
export function wrapText(text: string, size: number, width: number): string[] {
  const lines = fillLines(text, size, width);
  for (let narrower = width - size; lines.length > 1 && narrower > 0; narrower -= size) {
    const others = fillLines(text, size, narrower);
    if (others.length > lines.length || breaksMore(others, lines)) break;
    lines.splice(0, lines.length, ...others);
  }
  return lines;
}

/** Whether `others` breaks a word that `lines` does not. */
function breaksMore(others: readonly string[], lines: readonly string[]): boolean {
  const words = new Set(lines.flatMap((line) => line.split(' ')));
  return others.some((line) => line.split(' ').some((word) => !words.has(word)));
}

function fillLines(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    const joined = last === undefined ? word : `${last} ${word}`;
    if (last !== undefined && textWidth(joined, size) <= width) lines[lines.length - 1] = joined;
    else lines.push(...breakWord(word, size, width));
  }
  return lines;
}

/** Breaks a long word such as an address after `/`, `?`, `&`, `=`, `_` or `.`, or else between any two characters. */
function breakWord(word: string, size: number, width: number): string[] {
  if (textWidth(word, size) <= width) return [word];
  const pieces = word.split(/(?<=[/?&=_.-])/);
  const lines: string[] = [];
  for (const piece of pieces.length > 1 ? pieces : word) {
    const last = lines.at(-1);
    if (last !== undefined && textWidth(last + piece, size) <= width) lines[lines.length - 1] = last + piece;
    else if (pieces.length > 1 && textWidth(piece, size) > width) lines.push(...breakWord(piece, size, width));
    else lines.push(piece);
  }
  return lines;
}
