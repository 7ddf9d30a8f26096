/** A program in most other languages → where its comments begin. */

/** The quotes of texts over several lines, before those within a line. */
const QUOTES = ['"""', "'''", '"', "'", '`'];

/** Knows `"…"`, `'…'`, `` `…` ``, texts in three quotes, and block comments where `//` begins a comment. */
export function findPlainComments(source: string, commentMark: string): number[] {
  const comments: number[] = [];
  let at = 0;
  const skipTo = (end: string, from: number) => {
    const found = source.indexOf(end, from);
    at = found === -1 ? source.length : found + end.length;
  };
  while (at < source.length) {
    const quote = QUOTES.find((each) => source.startsWith(each, at));
    if (source.startsWith(commentMark, at)) {
      comments.push(at);
      skipTo('\n', at);
    } else if (commentMark === '//' && source.startsWith('/*', at)) {
      comments.push(at);
      skipTo('*/', at + 2);
    } else if (quote === undefined) at += 1;
    else at = endOfText(source, at + quote.length, quote);
  }
  return comments;
}

/** The offset behind the closing quote. A text in one quote ends with its line. */
function endOfText(source: string, from: number, quote: string): number {
  for (let at = from; at < source.length; at += 1) {
    if (source[at] === '\\' && quote !== '`') at += 1;
    else if (source.startsWith(quote, at)) return at + quote.length;
    else if (source[at] === '\n' && (quote === '"' || quote === "'")) return at;
  }
  return source.length;
}
