/** Colours the text of an editor with the CSS Custom Highlight API, without changing the DOM. */
import { type Token, TOKEN_INTENTS, tokenizeProgram } from './program-tokens.ts';

const ranges = new WeakMap<Element, { highlight: Highlight; range: Range }[]>();

/** Highlights the current text of `code`. Browsers without the API show it in one colour. */
export function highlightRanges(code: Element): void {
  clearHighlights(code);
  if (!('highlights' in CSS)) return;
  const drawn: { highlight: Highlight; range: Range }[] = [];
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let node = walker.nextNode() as Text | null;
  /** The text node at `offset`, and the offset within it. */
  const find = (offset: number): [Text, number] | undefined => {
    for (; node; node = walker.nextNode() as Text | null) {
      if (offset <= passed + node.length) return [node, offset - passed];
      passed += node.length;
    }
    return undefined;
  };
  for (const { start, end, intent } of tokenizeProgram(code.textContent)) {
    const from = find(start);
    const to = from && find(end);
    if (!to) break;
    const range = document.createRange();
    range.setStart(...from);
    range.setEnd(...to);
    const highlight = highlightOf(intent);
    highlight.add(range);
    drawn.push({ highlight, range });
  }
  ranges.set(code, drawn);
}

/** Removes the highlights. */
export function clearHighlights(code: Element): void {
  for (const { highlight, range } of ranges.get(code) ?? []) highlight.delete(range);
  ranges.delete(code);
}

/** One highlight per intent; `edit.css` has the colours. */
function highlightOf(intent: Token['intent']): Highlight {
  for (const name of TOKEN_INTENTS) if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  return CSS.highlights.get(intent)!;
}
