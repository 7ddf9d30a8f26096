/** What a program printed, and where → what stands at the ends of its lines. */
import type { VerifiedSnippet } from '../../snippets/index.ts';

/**
 * Columns that a program has beside the text, where that is narrowest; a result that reached beyond them would be cut.
 */
const COLUMNS_MAX = 56;
/** Columns between the line and its result. */
const GAP = 3;
/** Before a result that stands below its line. */
const ARROW = '→ ';

type Ran = Pick<VerifiedSnippet, 'code' | 'codeLines' | 'expectation' | 'output' | 'printedAt'>;

/**
 * What is drawn at the end of `line`: the result where it fits beside the line, else a line break and the result below,
 * as far as it fits there. All of it is in the output. Undefined for what cannot be told in a line.
 */
export function placeResult(line: string, text: string): string | undefined {
  if (text.trim() === '' || text.includes('\n')) return undefined;
  if (line.length + GAP + text.length <= COLUMNS_MAX) return text;
  const before = (/^ */.exec(line)?.[0] ?? '') + ARROW;
  const room = Math.max(COLUMNS_MAX - before.length, COLUMNS_MAX / 2);
  return `\n${before}${text.length > room ? `${text.slice(0, room - 1)}…` : text}`;
}

/** By line of the code; without lines that printed more than one line. */
export function lineResults({ code, codeLines, expectation, output, printedAt }: Ran): Map<number, string> {
  const results = new Map<number, string>();
  const lines = code.split('\n');
  for (const [index, at] of printedAt.entries()) {
    const line = codeLines.indexOf(at ?? -1) + 1;
    // Where the value differs from run to run, what stands in the program's expectation does not.
    const text = expectation[index] ?? output[index] ?? '';
    const alone = printedAt.filter((other) => other === at).length === 1;
    const placed = placeResult(lines[line - 1] ?? '', text);
    if (line > 0 && alone && placed !== undefined) results.set(line, placed);
  }
  return results;
}
