/**
 * TypeScript as it is typed, complete or not → tokens with colour intents (see
 * highlight.ts).
 */

export interface Token {
  start: number;
  end: number;
  intent: TokenIntent;
}

export const TOKEN_INTENTS = [
  'z-comment',
  'z-string',
  'z-keyword',
  'z-number',
  'z-function',
  'z-type',
  'z-property',
] as const;
export type TokenIntent = (typeof TOKEN_INTENTS)[number];

const KEYWORDS = new Set(
  (
    'abstract accessor as asserts async await break case catch class const continue debugger declare default delete do else enum export ' +
    'extends false finally for from function get if implements import in infer instanceof interface is keyof let namespace new null of ' +
    'override private protected public readonly return satisfies set static super switch this throw true try type typeof undefined ' +
    'unique using var void while with yield'
  ).split(' '),
);
/** Keywords only before another name or a bracket: elsewhere they are ordinary names. */
const SOMETIMES = new Set(
  'abstract accessor as asserts async declare from get infer is namespace of override readonly satisfies set static type unique using'.split(
    ' ',
  ),
);
const PRIMITIVES = new Set('any bigint boolean never number object string symbol unknown'.split(' '));
/** After these, as after an operator, a slash begins a regular expression. */
const BEFORE_EXPRESSION = new Set(
  'await case delete do else in instanceof new of return throw typeof void yield'.split(' '),
);

const PIECE = new RegExp(
  [
    /(?<comment>\/\/.*|\/\*[^]*?(?:\*\/|$))/,
    /(?<string>'(?:\\[^]|[^'\\\n])*'?|"(?:\\[^]|[^"\\\n])*"?)/,
    /(?<number>\b\d(?:[\w.]|(?<=e)[+-])*)/,
    /(?<word>#?[\p{ID_Start}$_][\p{ID_Continue}$]*)/u,
    /(?<arrow>=>)/,
    /(?<other>[^])/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'uy',
);
const REGULAR_EXPRESSION = /\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/y;
/** Text of a template literal up to its end or the next `${`. */
const TEMPLATE_TEXT = /(?:\\[^]|\$(?!\{)|[^`\\$])*(?:`|\$\{|$)/y;

/** How many characters after a name are inspected. */
const AFTER_LENGTH_MAX = 300;

/** Ordered by position; plain text has no token. */
export function tokenizeProgram(text: string): Token[] {
  const tokens: Token[] = [];
  /** Number of open braces in each open `${`. */
  const braces: number[] = [];
  let at = 0;
  let before = '';
  const add = (start: number, end: number, intent: TokenIntent | undefined) => {
    if (intent !== undefined && end > start) tokens.push({ start, end, intent });
  };
  const matchHere = (pattern: RegExp) => {
    pattern.lastIndex = at;
    return pattern.exec(text);
  };
  const readTemplate = (start: number) => {
    const [read = ''] = matchHere(TEMPLATE_TEXT) ?? [];
    at += read.length;
    const opens = read.endsWith('${');
    if (opens) braces.push(0);
    add(start, at - (opens ? 2 : 0), 'z-string');
    before = opens ? '(' : '`';
  };
  while (at < text.length) {
    const start = at;
    const depth = braces.at(-1);
    const groups = matchHere(PIECE)!.groups!;
    const { comment, string, number, word, arrow, other } = groups;
    const whole = comment ?? string ?? number ?? word ?? arrow ?? other ?? '';
    at += whole.length;
    if (comment !== undefined) add(start, at, 'z-comment');
    else if (string !== undefined) add(start, at, 'z-string');
    else if (number !== undefined) add(start, at, 'z-number');
    else if (arrow !== undefined) add(start, at, 'z-keyword');
    else if (word !== undefined) add(start, at, intentOf(word, before, text.slice(at, at + AFTER_LENGTH_MAX)));
    else if (other === '`') readTemplate(start);
    else if (other === '}' && depth === 0) {
      braces.pop();
      readTemplate(at);
    } else if ((other === '/' && !/[\w$)\]}'"`]$/.test(before)) || (other === '/' && BEFORE_EXPRESSION.has(before))) {
      at = start;
      const [expression = '/'] = matchHere(REGULAR_EXPRESSION) ?? [];
      at += expression.length;
      add(start, at, expression === '/' ? undefined : 'z-string');
    } else if (depth !== undefined && (other === '{' || other === '}'))
      braces[braces.length - 1] = depth + (other === '{' ? 1 : -1);
    if (comment === undefined && whole.trim() !== '' && other !== '`') before = whole;
  }
  return tokens;
}

/** A function that gets its name from `=` or `:`. */
const NAMES_FUNCTION =
  /^\s*[=:]\s*(?:async\b\s*)?(?:function\b|[\w$]+\s*=>|\((?:[^()]|\([^()]*\))*\)\s*(?::[^={]+)?=>)/;
const BEFORE_TYPE = /^(?:class|interface|extends|implements|enum|type|as|satisfies|[:|&<])$/;

function intentOf(word: string, before: string, after: string): TokenIntent | undefined {
  const isMember = before === '.' || before === '?.';
  const isKey = /^\??:(?!:)/.test(after) && /^[{,;]$/.test(before);
  if (!isMember && !isKey) {
    if (PRIMITIVES.has(word) || ((word === 'undefined' || word === 'void') && before === '|')) return 'z-type';
    if (KEYWORDS.has(word) && !(SOMETIMES.has(word) && !/^\s+[\w$'"{[*(]/.test(after))) return 'z-keyword';
  }
  if ((NAMES_FUNCTION.test(after) && !/[:|&<]/.test(before)) || /^(?:<[\w\s,.[\]|]*>)?\(/.test(after))
    return 'z-function';
  // A constant, such as the name of an environment variable.
  if (/^[A-Z][A-Z\d_]+$/.test(word)) return undefined;
  if (isMember || isKey) return 'z-property';
  return BEFORE_TYPE.test(before) && /^[A-Z]/.test(word) ? 'z-type' : undefined;
}
