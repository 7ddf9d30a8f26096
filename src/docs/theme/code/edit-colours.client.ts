/** The text of an editor → ranges in the colours of programs, which the browser draws without a change to the text. */
import { type Token, TOKEN_INTENTS, tokenizeProgram } from './program-tokens.ts';

const ranges = new WeakMap<Element, { highlight: Highlight; range: Range }[]>();

/** Colours `code` as its text now is. A browser without highlights shows it in plain ink. */
export function colour(code: Element): void {
  uncolour(code);
  if (!('highlights' in CSS)) return;
  const drawn: { highlight: Highlight; range: Range }[] = [];
  const walker = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
  let passed = 0;
  let node = walker.nextNode() as Text | null;
  /** The place in the text that stands `offset` units into it. */
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

/** Takes the colours away. */
export function uncolour(code: Element): void {
  for (const { highlight, range } of ranges.get(code) ?? []) highlight.delete(range);
  ranges.delete(code);
}

/** One for each intent; `edit.css` says its colour. */
function highlightOf(intent: Token['intent']): Highlight {
  for (const name of TOKEN_INTENTS) if (!CSS.highlights.has(name)) CSS.highlights.set(name, new Highlight());
  return CSS.highlights.get(intent)!;
}
