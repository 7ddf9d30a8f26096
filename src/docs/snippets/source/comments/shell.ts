/** A shell script → where its comments begin. */

/** `<<EOF`, `<<-'EOF'`; not `<<<`. */
const HEREDOC = /<<(-?)[ \t]*(?:'([^'\n]*)'|"([^"\n]*)"|((?:\\.|[\w.!@%+,:=-])+))/y;
/** Characters before which a word ends, so that a `#` after them begins a comment. */
const WORD_ENDS = /[\s;&|()<>]/;

/** Offsets of all comments (POSIX, Shell Command Language, sections 2.2, 2.3 and 2.7.4). */
export function findShellComments(source: string): number[] {
  const comments: number[] = [];
  let at = 0;
  /** The bodies that begin on the next line. */
  let heredocs: { end: string; tabs: boolean }[] = [];

  const skipHeredocs = (): void => {
    for (const { end, tabs } of heredocs) {
      while (at < source.length) {
        const next = source.indexOf('\n', at);
        const line = source.slice(at, next === -1 ? source.length : next).replace(/\r$/, '');
        at = next === -1 ? source.length : next + 1;
        if ((tabs ? line.replace(/^\t+/, '') : line) === end) break;
      }
    }
    heredocs = [];
  };

  /** Reads up to `end`, which is left for the caller. */
  const readCode = (end: ')' | '}' | '`' | ''): void => {
    let open = 0;
    let before = '\n';
    while (at < source.length) {
      const char = source[at] ?? '';
      if (char === end && open === 0) return;
      if (char === '#' && end !== '}' && WORD_ENDS.test(before)) {
        comments.push(at);
        const next = source.indexOf('\n', at);
        at = next === -1 ? source.length : next;
        continue;
      }
      HEREDOC.lastIndex = at;
      const heredoc = source.startsWith('<<<', at) ? null : HEREDOC.exec(source);
      if (source.startsWith('<<<', at)) at += 3;
      else if (source.startsWith('$((', at) || (source.startsWith('((', at) && WORD_ENDS.test(before)))
        skipArithmetic();
      else if (heredoc) {
        heredocs.push({
          end: heredoc[2] ?? heredoc[3] ?? (heredoc[4] ?? '').replaceAll('\\', ''),
          tabs: heredoc[1] === '-',
        });
        at += heredoc[0].length;
      } else if (char === '\n') {
        at += 1;
        skipHeredocs();
      } else if (char === '\\') at += 2;
      else if (source.startsWith("$'", at)) skipQuoted(at + 2, "'", 'escapes');
      else if (char === "'") skipQuoted(at + 1, "'", 'none');
      else if (char === '"') readDouble();
      else if (source.startsWith('$(', at)) readNested(2, ')');
      else if (source.startsWith('${', at)) readNested(2, '}');
      else if (char === '`' && end !== '`') readNested(1, '`');
      else {
        if (char === '(' && end === ')') open += 1;
        if (char === ')' && end === ')') open -= 1;
        at += 1;
      }
      before = source[at - 1] ?? '\n';
    }
  };

  const readNested = (length: number, end: ')' | '}' | '`'): void => {
    at += length;
    readCode(end);
    at += 1;
  };

  /** `<<` shifts bits in there. */
  const skipArithmetic = (): void => {
    let open = 0;
    do {
      if (source[at] === '(') open += 1;
      if (source[at] === ')') open -= 1;
      at += 1;
    } while (at < source.length && (open > 0 || source[at - 1] !== ')'));
  };

  const skipQuoted = (from: number, quote: string, backslash: 'escapes' | 'none'): void => {
    at = from;
    while (at < source.length && source[at] !== quote) at += backslash === 'escapes' && source[at] === '\\' ? 2 : 1;
    at += 1;
  };

  const readDouble = (): void => {
    at += 1;
    while (at < source.length && source[at] !== '"') {
      if (source[at] === '\\') at += 2;
      else if (source.startsWith('$((', at)) skipArithmetic();
      else if (source.startsWith('$(', at)) readNested(2, ')');
      else if (source.startsWith('${', at)) readNested(2, '}');
      else if (source[at] === '`') readNested(1, '`');
      else at += 1;
    }
    at += 1;
  };

  readCode('');
  return comments;
}
