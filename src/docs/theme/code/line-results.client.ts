/** Shows what each line printed in a run, in the same form as the results from when the page was built. */

import { placeResult } from './line-results.ts';

/** Replaces the shown results with `results`. Does not change the text of `code`. */
export function drawResults(code: Element, results: readonly { line: number; text: string }[]): void {
  for (const mark of code.querySelectorAll('[data-out]')) mark.remove();
  code.normalize();
  const byLine = Map.groupBy(results, ({ line }) => line);
  if (byLine.size === 0) return;
  const lines = code.textContent.split('\n');
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let line = 1;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const end = node.data.indexOf('\n');
    if (end === -1) continue;
    const rest = node.splitText(end);
    mark(rest, byLine.get(line), lines[line - 1]);
    line += 1;
    // The text after the line break may contain the end of the next line.
    if (rest.length > 1) rest.splitText(1);
    walker.currentNode = rest;
  }
  const last = code.appendChild(document.createTextNode(''));
  mark(last, byLine.get(line), lines[line - 1]);
}

function mark(before: Text, results: readonly { text: string }[] | undefined, line = ''): void {
  const [first, ...others] = results ?? [];
  const last = others.at(-1) ?? first;
  const text = last && placeResult(line, others.length > 0 ? `${last.text} (${others.length + 1} ×)` : last.text);
  if (text === undefined) return;
  const drawn = document.createElement('i');
  drawn.dataset['out'] = text;
  before.before(drawn);
}
