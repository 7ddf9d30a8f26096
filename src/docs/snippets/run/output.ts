/** Pieces of standard output → lines, each with the snippet's line that printed it. */
import type { Written } from './outcome.ts';

export interface Output {
  /** Without line breaks. */
  lines: string[];
  /** For each line, the snippet's line that began it, counted from 1; undefined if unknown. */
  printedAt: (number | undefined)[];
}

/** Splits the output at line breaks. No output means no lines; a line break alone is an empty line. */
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
