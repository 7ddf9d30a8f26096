/** What a snippet printed, by line → the results to show at the ends of its lines. */
import type { VerifiedSnippet } from '../../snippets/index.ts';

/**
 * Columns of a code block at its narrowest width; longer results would be cut off.
 */
const COLUMNS_MAX = 56;
/** Columns between a line and its result. */
const GAP = 3;
/** Precedes a result below its line. */
const ARROW = '→ ';

type Ran = Pick<VerifiedSnippet, 'code' | 'codeLines' | 'expectation' | 'output' | 'printedAt'>;

/**
 * The text to show at the end of `line`: the result if it fits beside the line, otherwise a line break and the result,
 * cut off if necessary. The output has all of it. Undefined for empty results and results of several lines.
 */
export function placeResult(line: string, text: string): string | undefined {
  if (text.trim() === '' || text.includes('\n')) return undefined;
  if (line.length + GAP + text.length <= COLUMNS_MAX) return text;
  const before = (/^ */.exec(line)?.[0] ?? '') + ARROW;
  const room = Math.max(COLUMNS_MAX - before.length, COLUMNS_MAX / 2);
  return `\n${before}${text.length > room ? `${text.slice(0, room - 1)}…` : text}`;
}

/** Results by line of the code; lines that printed more than one line are left out. */
export function lineResults({ code, codeLines, expectation, output, printedAt }: Ran): Map<number, string> {
  const results = new Map<number, string>();
  const lines = code.split('\n');
  const counts = new Map<number | undefined, number>();
  for (const at of printedAt) counts.set(at, (counts.get(at) ?? 0) + 1);
  for (const [index, at] of printedAt.entries()) {
    if (counts.get(at) !== 1) continue;
    const line = codeLines.indexOf(at ?? -1) + 1;
    // Show the expected text: it does not vary from run to run.
    const text = expectation[index] ?? output[index] ?? '';
    const placed = placeResult(lines[line - 1] ?? '', text);
    if (line > 0 && placed !== undefined) results.set(line, placed);
  }
  return results;
}
