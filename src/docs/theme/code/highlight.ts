/** Code → HTML with one short class per colour intent; its text content is exactly the code. */
import type { CodeHover, CodeLink } from '../../describe/index.ts';
import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

/** Grammar by language of a snippet; other languages are shown in one colour. */
const GRAMMARS: Record<string, string> = {
  js: 'typescript',
  ts: 'typescript',
  ruby: 'ruby',
  python: 'python',
  curl: 'shellscript',
  shell: 'shellscript',
  json: 'json',
};

/** Class by intent. The prefix prevents clashes with classes of the layout. */
const INTENTS: Record<string, string[]> = {
  'z-comment': ['comment', 'punctuation.definition.comment'],
  'z-string': ['string', 'constant.other.symbol', 'punctuation.definition.string'],
  'z-keyword': [
    'keyword',
    'storage',
    'variable.language',
    'constant.language',
    'keyword.operator.expression',
    'keyword.operator.new',
  ],
  'z-number': ['constant.numeric'],
  'z-function': ['entity.name.function', 'support.function', 'meta.function-call.generic'],
  'z-type': [
    'entity.name.type',
    'entity.name.class',
    'support.class',
    'support.type',
    'entity.other.inherited-class',
    'variable.other.constant.ruby',
  ],
  'z-property': [
    'variable.other.property',
    'variable.other.object.property',
    'meta.object-literal.key',
    'support.type.property-name.json',
    'variable.parameter.function.keyword',
    'constant.other.symbol.hashkey',
    'constant.language.symbol',
  ],
  'z-plain': [
    'keyword.operator',
    'punctuation',
    'string variable',
    'meta.template.expression',
    'punctuation.definition.template-expression',
  ],
};

/** Shiki assigns colours to tokens; the colours of this theme are numbers of intents. */
const INTENT_NAMES = Object.keys(INTENTS);
const colourOf = (intent: string) => `#${(INTENT_NAMES.indexOf(intent) + 1).toString(16).padStart(6, '0')}`;
const INTENT_BY_COLOUR = new Map(INTENT_NAMES.map((intent) => [colourOf(intent), intent]));

const theme = {
  name: 'intents',
  type: 'light' as const,
  fg: '#000000',
  bg: '#ffffff',
  settings: INTENT_NAMES.map((intent) => ({
    scope: INTENTS[intent] ?? [],
    settings: { foreground: colourOf(intent) },
  })),
};

let highlighter: ReturnType<typeof createHighlighterCore> | undefined;

function load(): ReturnType<typeof createHighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [
      import('shiki/langs/typescript.mjs'),
      import('shiki/langs/ruby.mjs'),
      import('shiki/langs/python.mjs'),
      import('shiki/langs/shellscript.mjs'),
      import('shiki/langs/json.mjs'),
    ],
    engine: createJavaScriptRegexEngine(),
  });
  return highlighter;
}

export interface FoldedRegion {
  name: string;
  /** First and last line within the code, counted from 1. */
  firstLine: number;
  lastLine: number;
}

export interface HighlightOptions {
  /** The region named `setup` is collapsed to one line. */
  regions?: readonly FoldedRegion[];
  /** Links by identifier. */
  links?: ReadonlyMap<string, CodeLink>;
  /** Ordered by position; identifiers that are links show the hover text on the link. */
  hovers?: readonly CodeHover[];
  /** What each line printed, by line number; shown at the end of the line. */
  results?: ReadonlyMap<number, string>;
  /** The only region to show; default all of the code. */
  only?: FoldedRegion;
}

/** Highlights `code` with the grammar of `language`. */
export async function highlight(code: string, language: string, options: HighlightOptions = {}): Promise<string> {
  const { regions = [], links = new Map(), hovers = [], results = new Map(), only } = options;
  const grammar = GRAMMARS[language];
  const drawn = grammar ? await tokenLines(code, grammar, links, hovers) : code.split('\n').map(escapeHtml);
  const lines = drawn.map((line, index) => line + resultMark(results.get(index + 1)));
  if (only) return lines.slice(only.firstLine - 1, only.lastLine).join('\n');
  const fold = regions.find((region) => region.name === 'setup');
  if (!fold) return lines.join('\n');
  const before = lines.slice(0, fold.firstLine - 1);
  const inside = lines.slice(fold.firstLine - 1, fold.lastLine);
  const after = lines.slice(fold.lastLine);
  const label = `${fold.name}, ${inside.length} ${inside.length === 1 ? 'line' : 'lines'}`;
  const end = after.length > 0 ? '\n' : '';
  const folded = `<details class="fold"><summary aria-label="${label}" data-label="${label}"></summary>${inside.join('\n')}${end}</details>`;
  return `${before.map((line) => `${line}\n`).join('')}${folded}${after.join('\n')}`;
}

/** Intents of tokens that can name an entry; in comments and strings a name is only a word. */
const LINKED = new Set(['z-function', 'z-type', 'z-property']);

async function tokenLines(
  code: string,
  grammar: string,
  links: ReadonlyMap<string, CodeLink>,
  hovers: readonly CodeHover[],
): Promise<string[]> {
  const hoversByLine = Map.groupBy(hovers, ({ line }) => line);
  return (await tokenize(code, grammar)).map((tokens, index) => {
    const ofLine = hoversByLine.get(index + 1) ?? [];
    let html = '';
    let before = '';
    let open: string | undefined;
    const openOnly = (wanted: string | undefined) => {
      if (wanted === open) return;
      html += `${open === undefined ? '' : '</span>'}${wanted === undefined ? '' : `<span class="${wanted}">`}`;
      open = wanted;
    };
    for (const { content, color = '' } of tokens) {
      const intent = content.trim() === '' ? open : INTENT_BY_COLOUR.get(color.toLowerCase());
      const shown = intent === 'z-plain' ? undefined : intent;
      const link = shown !== undefined && LINKED.has(shown) ? linkOf(content.trim(), before, links) : undefined;
      if (link) {
        openOnly(undefined);
        html += `<a class="${shown}" href="${escapeHtml(link.href)}"${hoverAttribute(link.index)}>${escapeHtml(content)}</a>`;
      } else {
        for (const { text, hover } of piecesOf(content, before.length, ofLine)) {
          openOnly(hover === undefined ? shown : undefined);
          const className = shown === undefined ? '' : ` class="${shown}"`;
          html +=
            hover === undefined
              ? escapeHtml(text)
              : `<span${className}${hoverAttribute(hover)}>${escapeHtml(text)}</span>`;
        }
      }
      before += content;
    }
    openOnly(undefined);
    return html;
  });
}

type Tokens = ReturnType<Awaited<ReturnType<typeof load>>['codeToTokensBase']>;

/** Cached tokens by grammar and code: several pages may show the same snippet. */
const tokenized = new Map<string, Tokens>();
const TOKENIZED_MAX = 1_000;

async function tokenize(code: string, grammar: string): Promise<Tokens> {
  const { codeToTokensBase } = await load();
  const key = `${grammar}\n${code}`;
  // No time limit: on a busy machine, Shiki would give the whole line the colour of its first word.
  const tokens =
    tokenized.get(key) ?? codeToTokensBase(code, { lang: grammar, theme: theme.name, tokenizeTimeLimit: 0 });
  if (tokenized.size >= TOKENIZED_MAX) tokenized.clear();
  tokenized.set(key, tokens);
  return tokens;
}

/** Splits a token that begins at column `start` where identifiers with hover text begin and end. */
function piecesOf(content: string, start: number, hovers: readonly CodeHover[]): { text: string; hover?: number }[] {
  const pieces: { text: string; hover?: number }[] = [];
  let done = 0;
  for (const { column, length, index } of hovers) {
    const from = column - 1 - start;
    if (from < done || from + length > content.length) continue;
    if (from > done) pieces.push({ text: content.slice(done, from) });
    pieces.push({ text: content.slice(from, from + length), hover: index });
    done = from + length;
  }
  if (done < content.length) pieces.push({ text: content.slice(done) });
  return pieces;
}

function resultMark(result: string | undefined): string {
  return result === undefined
    ? ''
    : `<i data-out="${escapeHtml(result).replaceAll('"', '&quot;').replaceAll('\n', '&#10;')}"></i>`;
}

function hoverAttribute(index: number | undefined): string {
  return index === undefined ? '' : ` data-h="${index}"`;
}

function linkOf(name: string, before: string, links: ReadonlyMap<string, CodeLink>): CodeLink | undefined {
  const link = links.get(name);
  if (!link) return undefined;
  return link.patternBefore === undefined || new RegExp(`(?:${link.patternBefore})$`).test(before) ? link : undefined;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
