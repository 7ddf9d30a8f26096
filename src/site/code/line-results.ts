/** What a program printed, and where → what stands at the ends of its lines. */
import type { VerifiedSnippet } from '../../snippets/index.ts';

/** Columns that a program has on a wide screen; a result that reaches beyond them would make it scroll. */
const COLUMNS_MAX = 64;
/** Columns between the line and its result. */
const GAP = 3;

type Ran = Pick<VerifiedSnippet, 'code' | 'codeLines' | 'expectation' | 'output' | 'printedAt'>;

/** By line of the code; without lines that printed more than one line, and without what does not fit beside its line. */
export function lineResults({ code, codeLines, expectation, output, printedAt }: Ran): Map<number, string> {
  const results = new Map<number, string>();
  const lines = code.split('\n');
  for (const [index, at] of printedAt.entries()) {
    const line = codeLines.indexOf(at ?? -1) + 1;
    // Where the value differs from run to run, what stands in the program's expectation does not.
    const text = expectation[index] ?? output[index] ?? '';
    const width = (lines[line - 1] ?? '').length + GAP + text.length;
    const alone = printedAt.filter((other) => other === at).length === 1;
    if (line > 0 && alone && text.trim() !== '' && width <= COLUMNS_MAX) results.set(line, text);
  }
  return results;
}
