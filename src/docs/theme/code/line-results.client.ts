/** What lines of a program printed → drawn at their ends, in the way of the results that the page was built with. */

import { placeResult } from './line-results.ts';

/** Draws `results` in place of those that are there. The text of `code` stays as it is. */
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
    // Behind the line break begins the next line, perhaps with its end in the same text.
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
