/** A Ruby program → where its comments begin. Tested against Ruby's own lexer. */

const HEREDOC = /<<([~-]?)(?:(["'`])([^\n]*?)\2|([\p{L}_][\p{L}\p{N}_]*))/uy;
const PERCENT = /%([qQwWiIrsx]?)([^\p{L}\p{N}\s])/uy;
const NAME = /[\p{L}_][\p{L}\p{N}_]*[?!]?(?!=[^=~>])|[@$][^\s]/uy;
const CHARACTER = /\?(?:\\.|[^\s\\])(?![\p{L}\p{N}_])/uy;
const CLOSERS: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}', '<': '>' };
/** Words after which a value begins, so that `/`, `%`, `?` and `<<` open a literal. */
const KEYWORDS = new Set(
  'if unless while until and or not return when in then else elsif do case puts print p raise yield'.split(' '),
);

/** Offsets of all comments; of a block comment, its first line. */
export function findRubyComments(source: string): number[] {
  const comments: number[] = [];
  let at = 0;
  /** The bodies that begin on the next line. */
  let heredocs: { end: string; indented: boolean; hasFields: boolean }[] = [];

  const lineAt = (from: number): string => {
    const next = source.indexOf('\n', from);
    return source.slice(from, next === -1 ? source.length : next).replace(/\r$/, '');
  };
  const skipLine = (): void => {
    const next = source.indexOf('\n', at);
    at = next === -1 ? source.length : next + 1;
  };

  const skipHeredocs = (): void => {
    for (const { end, indented, hasFields } of heredocs.splice(0)) {
      while (at < source.length) {
        const line = lineAt(at);
        if ((indented ? line.trim() : line) === end) {
          skipLine();
          break;
        }
        const lineEnd = at + line.length;
        while (at < lineEnd) {
          if (hasFields && source[at] === '\\') at += 2;
          else if (hasFields && source.startsWith('#{', at)) readField();
          else at += 1;
        }
        if (source[at] === '\r') at += 1;
        if (source[at] === '\n') at += 1;
      }
    }
  };

  /** A new line: bodies of heredocs, a block comment, or the end of the program. */
  const beginLine = (): void => {
    skipHeredocs();
    if (/^=begin(?:\s|$)/.test(lineAt(at))) {
      comments.push(at);
      while (at < source.length && !/^=end(?:\s|$)/.test(lineAt(at))) skipLine();
      skipLine();
      beginLine();
    } else if (lineAt(at) === '__END__') at = source.length;
  };

  const readField = (): void => {
    at += 2;
    readCode('field');
    at += 1;
  };

  /** Reads a literal up to `close`; `open` nests, where it differs. */
  const readLiteral = (open: string, close: string, hasFields: boolean): void => {
    let depth = 0;
    while (at < source.length) {
      const char = source[at];
      if (char === '\\') at += 2;
      else if (hasFields && source.startsWith('#{', at)) readField();
      else if (char === close && depth === 0) {
        at += 1;
        return;
      } else {
        if (open !== close && char === open) depth += 1;
        if (char === close) depth -= 1;
        at += 1;
        if (char === '\n') skipHeredocs();
      }
    }
  };

  const readCode = (within: 'file' | 'field'): void => {
    let open = 0;
    /** Whether a value can begin here; if not, an operator is expected. */
    let isValue = true;
    /** Whether the token before is a name, which may be a call without parentheses. */
    let afterName = false;
    const literal = (read: () => void): void => {
      read();
      isValue = false;
      afterName = false;
    };
    while (at < source.length) {
      const char = source[at] ?? '';
      const next = source[at + 1] ?? '';
      const spaced = /\s/.test(source[at - 1] ?? '\n');
      /** `puts /a/` and `puts %w[a]`, but not `a / b` and `a % b`. */
      const opens = isValue || (afterName && spaced && !/[\s=]/.test(next));
      if (within === 'field' && char === '}' && open === 0) return;
      if (char === '\n') {
        at += 1;
        isValue = true;
        afterName = false;
        beginLine();
      } else if (char === ' ' || char === '\t' || char === '\r') at += 1;
      else if (char === '\\') at += 2;
      else if (char === '#') {
        comments.push(at);
        at += lineAt(at).length;
      } else if (char === '"' || char === '`') {
        at += 1;
        literal(() => readLiteral(char, char, true));
      } else if (char === "'") {
        at += 1;
        literal(() => readLiteral(char, char, false));
      } else if (char === '/' && opens) {
        at += 1;
        literal(() => readLiteral('/', '/', true));
      } else if (char === '%' && opens && matches(PERCENT)) {
        const [whole = '', kind = '', bracket = ''] = matches(PERCENT) ?? [];
        at += whole.length;
        literal(() => readLiteral(bracket, CLOSERS[bracket] ?? bracket, !/[qwis]/.test(kind)));
      } else if (char === '?' && opens && matches(CHARACTER)) {
        literal(() => (at += matches(CHARACTER)?.[0].length ?? 1));
      } else if (source.startsWith('<<', at) && matches(HEREDOC) && (opens || isHeredocCall())) {
        const [whole = '', indent = '', quote = '', quoted, name = ''] = matches(HEREDOC) ?? [];
        heredocs.push({ end: quoted ?? name, indented: indent !== '', hasFields: quote !== "'" });
        literal(() => (at += whole.length));
      } else {
        const name = matches(NAME);
        if (name) {
          const isMethod = source[at - 1] === '.' || source.slice(at - 4, at) === 'def ';
          at += name[0].length;
          isValue = KEYWORDS.has(name[0]) && !isMethod;
          afterName = !/^[@$]/.test(name[0]);
          // `{ if: 1 }` and `a ? b : c` have names before a colon; a value follows in both.
          if (source[at] === ':' && source[at + 1] !== ':') at += 1;
          if (source[at - 1] === ':') isValue = true;
          continue;
        }
        if (char === '{') open += 1;
        if (char === '}') open -= 1;
        if (/\d/.test(char)) {
          at += /^[\d_.eExa-fA-F]+?(?![\d_a-fA-FxeE])/.exec(source.slice(at, at + 64))?.[0].length ?? 1;
          isValue = false;
        } else {
          at += 1;
          isValue = !/[)\]}]/.test(char);
        }
        afterName = false;
      }
    }
  };

  const matches = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    return pattern.exec(source);
  };
  /** `list <<~TEXT` is a heredoc; `list << TEXT`, `class << self` and `1 <<TEXT` are not. */
  const isHeredocCall = (): boolean => /\s/.test(source[at - 1] ?? '') && /[~"'-]/.test(source[at + 2] ?? '');

  beginLine();
  readCode('file');
  return comments;
}
