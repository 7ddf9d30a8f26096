/** What a program printed, and where → what stands at the ends of its lines. */
import type { VerifiedSnippet } from '../../snippets/index.ts';

/** Columns that a program has on a wide screen; a result that reached beyond them would make it scroll. */
const COLUMNS_MAX = 64;
/** Columns between the line and its result. */
const GAP = 3;
/** A shorter beginning of a result says nothing. */
const RESULT_LENGTH_MIN = 8;

type Ran = Pick<VerifiedSnippet, 'code' | 'codeLines' | 'expectation' | 'output' | 'printedAt'>;

/** As much of `text` as fits beside a line of so many columns; undefined where that is too little. All of it is in the output. */
export function fitResult(columns: number, text: string): string | undefined {
  const room = COLUMNS_MAX - GAP - columns;
  if (text.trim() === '' || text.includes('\n')) return undefined;
  if (text.length <= room) return text;
  return room < RESULT_LENGTH_MIN ? undefined : `${text.slice(0, room - 1)}…`;
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
    const fitting = fitResult((lines[line - 1] ?? '').length, text);
    if (line > 0 && alone && fitting !== undefined) results.set(line, fitting);
  }
  return results;
}
