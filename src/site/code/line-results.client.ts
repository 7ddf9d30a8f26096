/** What lines of a program printed → drawn at their ends, in the way of the results that the page was built with. */

/** Columns that a line and its result have on a wide screen, and what lies between them; all of it is in the output. */
const COLUMNS_MAX = 64;
const GAP = 3;
const RESULT_LENGTH_MIN = 8;

/** Draws `results` in place of those that are there. The text of `code` stays as it is. */
export function drawResults(code: Element, results: readonly { line: number; text: string }[]): void {
  for (const mark of code.querySelectorAll('[data-out]')) mark.remove();
  code.normalize();
  const byLine = Map.groupBy(results, ({ line }) => line);
  if (byLine.size === 0) return;
  const lengths = code.textContent.split('\n').map(({ length }) => length);
  const roomAt = (line: number) => COLUMNS_MAX - GAP - (lengths[line - 1] ?? 0);
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let line = 1;
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const end = node.data.indexOf('\n');
    if (end === -1) continue;
    const rest = node.splitText(end);
    mark(rest, byLine.get(line), roomAt(line));
    line += 1;
    // Behind the line break begins the next line, perhaps with its end in the same text.
    if (rest.length > 1) rest.splitText(1);
    walker.currentNode = rest;
  }
  const last = code.appendChild(document.createTextNode(''));
  mark(last, byLine.get(line), roomAt(line));
}

function mark(before: Text, results: readonly { text: string }[] | undefined, room: number): void {
  const text = results?.at(-1)?.text;
  if (!results || text === undefined || text === '' || text.includes('\n') || room < RESULT_LENGTH_MIN) return;
  const drawn = document.createElement('i');
  const whole = results.length > 1 ? `${text} (${results.length} ×)` : text;
  drawn.dataset['out'] = whole.length > room ? `${whole.slice(0, room - 1)}…` : whole;
  before.before(drawn);
}
