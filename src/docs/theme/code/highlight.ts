/** Code → HTML with one short class per colour intent; its text content is exactly the code. */
import type { CodeHover, CodeLink } from '../../describe/index.ts';
import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

/** Grammars of Shiki, by name. */
const GRAMMARS = {
  bat: () => import('shiki/langs/bat.mjs'),
  c: () => import('shiki/langs/c.mjs'),
  cpp: () => import('shiki/langs/cpp.mjs'),
  csharp: () => import('shiki/langs/csharp.mjs'),
  css: () => import('shiki/langs/css.mjs'),
  diff: () => import('shiki/langs/diff.mjs'),
  docker: () => import('shiki/langs/docker.mjs'),
  dotenv: () => import('shiki/langs/dotenv.mjs'),
  elixir: () => import('shiki/langs/elixir.mjs'),
  go: () => import('shiki/langs/go.mjs'),
  graphql: () => import('shiki/langs/graphql.mjs'),
  groovy: () => import('shiki/langs/groovy.mjs'),
  html: () => import('shiki/langs/html.mjs'),
  http: () => import('shiki/langs/http.mjs'),
  ini: () => import('shiki/langs/ini.mjs'),
  java: () => import('shiki/langs/java.mjs'),
  json: () => import('shiki/langs/json.mjs'),
  kotlin: () => import('shiki/langs/kotlin.mjs'),
  markdown: () => import('shiki/langs/markdown.mjs'),
  php: () => import('shiki/langs/php.mjs'),
  powershell: () => import('shiki/langs/powershell.mjs'),
  python: () => import('shiki/langs/python.mjs'),
  ruby: () => import('shiki/langs/ruby.mjs'),
  rust: () => import('shiki/langs/rust.mjs'),
  scss: () => import('shiki/langs/scss.mjs'),
  shellscript: () => import('shiki/langs/shellscript.mjs'),
  shellsession: () => import('shiki/langs/shellsession.mjs'),
  sql: () => import('shiki/langs/sql.mjs'),
  swift: () => import('shiki/langs/swift.mjs'),
  toml: () => import('shiki/langs/toml.mjs'),
  tsx: () => import('shiki/langs/tsx.mjs'),
  typescript: () => import('shiki/langs/typescript.mjs'),
  xml: () => import('shiki/langs/xml.mjs'),
  yaml: () => import('shiki/langs/yaml.mjs'),
};
type Grammar = keyof typeof GRAMMARS;

/** Label, grammar, and the names that code goes by; other languages are shown in one colour. */
const NAMES: readonly (readonly [label: string, grammar: Grammar | undefined, names: string])[] = [
  ['TypeScript', 'typescript', 'ts typescript mts cts'],
  ['TypeScript', 'tsx', 'tsx'],
  ['JavaScript', 'typescript', 'js javascript mjs cjs'],
  ['JavaScript', 'tsx', 'jsx'],
  ['Ruby', 'ruby', 'rb ruby'],
  ['Python', 'python', 'py python'],
  ['Shell', 'shellscript', 'sh shell bash zsh shellscript curl'],
  ['Terminal', 'shellsession', 'console terminal shellsession'],
  ['PowerShell', 'powershell', 'powershell ps1'],
  ['Command prompt', 'bat', 'bat cmd'],
  ['Go', 'go', 'go golang'],
  ['Java', 'java', 'java'],
  ['Kotlin', 'kotlin', 'kotlin kt kts'],
  ['Gradle', 'groovy', 'groovy gradle'],
  ['PHP', 'php', 'php'],
  ['C#', 'csharp', 'csharp cs c# dotnet'],
  ['C', 'c', 'c h'],
  ['C++', 'cpp', 'cpp c++'],
  ['Rust', 'rust', 'rust rs'],
  ['Swift', 'swift', 'swift'],
  ['Elixir', 'elixir', 'elixir ex exs'],
  ['SQL', 'sql', 'sql'],
  ['GraphQL', 'graphql', 'graphql gql'],
  ['Dockerfile', 'docker', 'docker dockerfile'],
  ['JSON', 'json', 'json jsonc json5'],
  ['YAML', 'yaml', 'yaml yml'],
  ['TOML', 'toml', 'toml'],
  ['INI', 'ini', 'ini conf properties'],
  ['.env', 'dotenv', 'dotenv env'],
  ['XML', 'xml', 'xml svg'],
  ['HTML', 'html', 'html'],
  ['CSS', 'css', 'css'],
  ['SCSS', 'scss', 'scss'],
  ['Markdown', 'markdown', 'md mdx markdown'],
  ['HTTP', 'http', 'http'],
  ['Diff', 'diff', 'diff patch'],
  ['Text', undefined, ' text txt plaintext plain output'],
];
const BY_NAME = new Map(
  NAMES.flatMap(([label, grammar, names]) => names.split(' ').map((name) => [name, { label, grammar }] as const)),
);

/** `yml` → `YAML`; other names are their own label. */
export function codeLabel(language: string): string {
  return BY_NAME.get(language)?.label ?? language;
}

/** Class by intent. The prefix prevents clashes with classes of the layout. */
const INTENTS: Record<string, string[]> = {
  'z-comment': ['comment', 'punctuation.definition.comment', 'meta.diff.header', 'meta.diff.range'],
  'z-string': [
    'string',
    'constant.other.symbol',
    'punctuation.definition.string',
    'markup.inserted',
    'punctuation.definition.inserted',
  ],
  'z-keyword': [
    'keyword',
    'storage',
    'variable.language',
    'constant.language',
    'keyword.operator.expression',
    'keyword.operator.new',
    'entity.name.tag.html',
    'entity.name.tag.xml',
    'entity.name.tag.css',
    'markup.deleted',
    'punctuation.definition.deleted',
    'markup.heading',
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
    'storage.type.java',
    'storage.type.generic.java',
  ],
  'z-property': [
    'variable.other.property',
    'variable.other.object.property',
    'meta.object-literal.key',
    'support.type.property-name',
    'entity.name.tag.yaml',
    'entity.other.attribute-name',
    'variable.other.env',
    'variable.key.dotenv',
    'entity.name.function.http',
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
  const grammar = BY_NAME.get(language)?.grammar;
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
  grammar: Grammar,
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

/** The grammars that some code needed. */
const loaded: Partial<Record<Grammar, Promise<void>>> = {};

/** Cached tokens by grammar and code: several pages may show the same snippet. */
const tokenized = new Map<string, Tokens>();
const TOKENIZED_MAX = 1_000;
/** Longer lines have one colour: nobody reads them, and grammars take minutes. */
const LINE_LENGTH_MAX = 2_000;

async function tokenize(code: string, grammar: Grammar): Promise<Tokens> {
  const { codeToTokensBase, loadLanguage } = await load();
  await (loaded[grammar] ??= loadLanguage(GRAMMARS[grammar]()));
  const key = `${grammar}\n${code}`;
  // No time limit: on a busy machine, Shiki would give the whole line the colour of its first word.
  const tokens =
    tokenized.get(key) ??
    codeToTokensBase(code, {
      lang: grammar,
      theme: theme.name,
      tokenizeTimeLimit: 0,
      tokenizeMaxLineLength: LINE_LENGTH_MAX,
    });
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
