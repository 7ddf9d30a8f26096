/** A Python program → where its comments begin. */

/** Prefix and opening quote of a string (Python's reference, "String and Bytes literals"). */
const STRING = /([a-z]{0,2})("""|'''|"|')/iy;
const NAME = /[\p{L}_][\p{L}\p{N}_]*/uy;

/** Offsets of all comments. Fields of f-strings are code, which can contain strings and comments. */
export function findPythonComments(source: string): number[] {
  const comments: number[] = [];
  let at = 0;

  /** Reads code up to the `}` of its field, or to the end of the file. */
  const readCode = (within: 'file' | 'field'): void => {
    let open = 0;
    while (at < source.length) {
      const char = source[at] ?? '';
      if (char === '#') {
        comments.push(at);
        const end = source.indexOf('\n', at);
        at = end === -1 ? source.length : end;
        continue;
      }
      STRING.lastIndex = at;
      const [whole, prefix = '', quote = ''] = STRING.exec(source) ?? [];
      if (whole !== undefined) {
        at += whole.length;
        readString(quote, /[ft]/i.test(prefix));
        continue;
      }
      NAME.lastIndex = at;
      const name = NAME.exec(source);
      if (name) {
        at += name[0].length;
        continue;
      }
      if (within === 'field') {
        if (open === 0 && char === '}') return;
        // After the colon comes a format, whose own fields are code again.
        if (open === 0 && char === ':') return readFormat();
        if (/[([{]/.test(char)) open += 1;
        else if (/[)\]}]/.test(char)) open -= 1;
      }
      at += 1;
    }
  };

  const readFormat = (): void => {
    while (at < source.length && source[at] !== '}' && source[at] !== '\n') {
      if (source[at] === '{') {
        at += 1;
        readCode('field');
      }
      at += 1;
    }
  };

  const readString = (quote: string, hasFields: boolean): void => {
    while (at < source.length) {
      if (source.startsWith(quote, at)) {
        at += quote.length;
        return;
      }
      const char = source[at];
      if (char === '\n' && quote.length === 1) return;
      if (char === '\\') at += source.startsWith('\r\n', at + 1) ? 3 : 2;
      else if (hasFields && char === '{' && source[at + 1] === '{') at += 2;
      else if (hasFields && char === '{') {
        at += 1;
        readCode('field');
        at += 1;
      } else at += 1;
    }
  };

  readCode('file');
  return comments;
}
