/** Pieces of standard output → lines, each with the program's line that printed it. */
import type { Written } from './outcome.ts';

export interface Output {
  /** Without line breaks. */
  lines: string[];
  /** For each line, the program's line that began it, counted from 1; undefined where it cannot be told. */
  printedAt: (number | undefined)[];
}

/** Splits what was written at its line breaks. Nothing written is no line; a line break alone is an empty one. */
export function describeOutput(written: readonly Written[]): Output {
  const output: Output = { lines: [], printedAt: [] };
  let begun: Written | undefined;
  const finish = ({ text, line }: Written) => {
    output.lines.push(text.replace(/\r?\n$/, ''));
    output.printedAt.push(line);
    begun = undefined;
  };
  for (const { text, line } of written) {
    for (const piece of text.split(/(?<=\n)/)) {
      begun = { text: (begun?.text ?? '') + piece, line: begun ? begun.line : line };
      if (piece.endsWith('\n')) finish(begun);
    }
  }
  if (begun?.text) finish(begun);
  return output;
}
