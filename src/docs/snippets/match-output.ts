/** Compares an output with its expectation, in which `…` matches anything within a line. Runs in browsers. */

/** Matches any text within one line. */
export const ANYTHING = '…';

/** The first difference between an output and its expectation. */
export interface Difference {
  /** Line index in the expectation and the output. */
  index: number;
  /** Undefined if the output has more lines than expected. */
  expected: string | undefined;
  /** Undefined if the output has too few lines. */
  received: string | undefined;
  /** Number of lines that differ, including this one. */
  count: number;
}

/** Whether a printed line matches the expected one; `…` matches anything, trailing spaces are ignored. */
export function matchesLine(expected: string, received: string): boolean {
  const parts = expected.trimEnd().split(ANYTHING);
  const text = received.trimEnd();
  const [head = '', ...rest] = parts;
  if (rest.length === 0) return head === text;
  const tail = rest.pop() ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let from = head.length;
  // Matching each part as early as possible leaves the most text for the later parts.
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > text.length - tail.length) return false;
    from = at + part.length;
  }
  return true;
}

/** The first difference between the expected and the printed lines; undefined if there is none. */
export function compareOutput(expected: readonly string[], received: readonly string[]): Difference | undefined {
  const length = Math.max(expected.length, received.length);
  const differs = (index: number) => {
    const [want, got] = [expected[index], received[index]];
    return want === undefined || got === undefined || !matchesLine(want, got);
  };
  const indices = Array.from({ length }, (_, index) => index).filter(differs);
  const [index] = indices;
  if (index === undefined) return undefined;
  return { index, expected: expected[index], received: received[index], count: indices.length };
}

/** Whether a text matches the expected one, line by line. */
export function matchesText(expected: string, received: string): boolean {
  return compareOutput(linesOf(expected), linesOf(received)) === undefined;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
