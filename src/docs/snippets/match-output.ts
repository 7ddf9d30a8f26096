/** The one rule of what an output has to be: its lines, where `…` stands for anything within one. Runs in browsers. */

/** Stands for any text within one line. */
export const ANYTHING = '…';

/** How an output differs from its expectation, at the first line that does. */
export interface Difference {
  /** Index into the expectation and the output. */
  index: number;
  /** Undefined where the output goes on and the expectation has ended. */
  expected: string | undefined;
  /** Undefined where the output has ended too early. */
  received: string | undefined;
  /** How many lines differ, this one included. */
  count: number;
}

/** Whether a printed line is the expected one; `…` matches anything, trailing blanks do not count. */
export function matchesLine(expected: string, received: string): boolean {
  const parts = expected.trimEnd().split(ANYTHING);
  const text = received.trimEnd();
  const [head = '', ...rest] = parts;
  if (rest.length === 0) return head === text;
  const tail = rest.pop() ?? '';
  if (!text.startsWith(head) || !text.endsWith(tail) || text.length < head.length + tail.length) return false;
  let from = head.length;
  // The earliest place for each part leaves the most room to those behind it.
  for (const part of rest) {
    const at = text.indexOf(part, from);
    if (at === -1 || at + part.length > text.length - tail.length) return false;
    from = at + part.length;
  }
  return true;
}

/** The first difference between what was expected and what was printed; undefined when there is none. */
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

/** Whether a text is the expected one, line by line. */
export function matchesText(expected: string, received: string): boolean {
  return compareOutput(linesOf(expected), linesOf(received)) === undefined;
}

function linesOf(text: string): string[] {
  return text.replace(/\n$/, '').split('\n');
}
