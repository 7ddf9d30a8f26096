/** Code → HTML with one short class per colour intent; its text content is the code, to the character. */
import { createHighlighterCore } from 'shiki/core';
import { createJavaScriptRegexEngine } from 'shiki/engine/javascript';

/** Grammar by language of a snippet; a language without one is shown in plain ink. */
const GRAMMARS: Record<string, string> = { js: 'typescript', ruby: 'ruby', python: 'python', json: 'json' };

/** Class by intent. The prefix keeps a token's class from ever meeting a class of the layout. */
const INTENTS: Record<string, string[]> = {
  'z-comment': ['comment', 'punctuation.definition.comment'],
  'z-string': ['string', 'constant.other.symbol', 'punctuation.definition.string'],
  'z-keyword': ['keyword', 'storage', 'variable.language', 'constant.language', 'keyword.operator.expression', 'keyword.operator.new'],
  'z-number': ['constant.numeric'],
  'z-function': ['entity.name.function', 'support.function', 'meta.function-call.generic'],
  'z-type': ['entity.name.type', 'entity.name.class', 'support.class', 'support.type', 'entity.other.inherited-class', 'variable.other.constant.ruby'],
  'z-property': ['variable.other.property', 'variable.other.object.property', 'meta.object-literal.key', 'support.type.property-name.json', 'variable.parameter.function.keyword', 'constant.other.symbol.hashkey'],
  'z-plain': ['keyword.operator', 'punctuation', 'string variable', 'meta.template.expression', 'punctuation.definition.template-expression'],
};

/** Shiki gives tokens colours; a theme whose colours are numbers gives them intents instead. */
const INTENT_NAMES = Object.keys(INTENTS);
const colourOf = (intent: string) => `#${(INTENT_NAMES.indexOf(intent) + 1).toString(16).padStart(6, '0')}`;
const INTENT_BY_COLOUR = new Map(INTENT_NAMES.map((intent) => [colourOf(intent), intent]));

const theme = {
  name: 'intents',
  type: 'light' as const,
  fg: '#000000',
  bg: '#ffffff',
  settings: INTENT_NAMES.map((intent) => ({ scope: INTENTS[intent] ?? [], settings: { foreground: colourOf(intent) } })),
};

let highlighter: ReturnType<typeof createHighlighterCore> | undefined;

function load(): ReturnType<typeof createHighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [theme],
    langs: [
      import('shiki/langs/typescript.mjs'),
      import('shiki/langs/ruby.mjs'),
      import('shiki/langs/python.mjs'),
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

/** An identifier that leads to its reference. */
export interface CodeLink {
  href: string;
  /** Regular expression for the text of the line that must stand before the identifier. */
  patternBefore?: string;
}

export interface HighlightOptions {
  /** The one named `setup` is folded into one line that opens. */
  regions?: readonly FoldedRegion[];
  /** Links by identifier. */
  links?: ReadonlyMap<string, CodeLink>;
  /** The only region to draw; all of the code unless given. */
  only?: FoldedRegion;
}

/** Draws `code` in the grammar of `language`. */
export async function highlight(code: string, language: string, options: HighlightOptions = {}): Promise<string> {
  const { regions = [], links = new Map(), only } = options;
  const grammar = GRAMMARS[language];
  const lines = grammar ? await tokenLines(code, grammar, links) : code.split('\n').map(escapeHtml);
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

/** Intents in which a name can be the name of an entry; in a comment or a text it is only a word. */
const LINKED = new Set(['z-function', 'z-type', 'z-property']);

async function tokenLines(code: string, grammar: string, links: ReadonlyMap<string, CodeLink>): Promise<string[]> {
  const { codeToTokensBase } = await load();
  return codeToTokensBase(code, { lang: grammar, theme: theme.name }).map((tokens) => {
    let html = '';
    let before = '';
    let open: string | undefined;
    for (const { content, color = '' } of tokens) {
      const intent = content.trim() === '' ? open : INTENT_BY_COLOUR.get(color.toLowerCase());
      const shown = intent === 'z-plain' ? undefined : intent;
      const href = shown !== undefined && LINKED.has(shown) ? hrefOf(content.trim(), before, links) : undefined;
      if (open !== undefined && (shown !== open || href !== undefined)) {
        html += '</span>';
        open = undefined;
      }
      if (href !== undefined) {
        html += `<a class="${shown}" href="${escapeHtml(href)}">${escapeHtml(content)}</a>`;
      } else {
        if (shown !== open) html += `<span class="${shown}">`;
        open = shown;
        html += escapeHtml(content);
      }
      before += content;
    }
    return open ? `${html}</span>` : html;
  });
}

function hrefOf(name: string, before: string, links: ReadonlyMap<string, CodeLink>): string | undefined {
  const link = links.get(name);
  if (!link) return undefined;
  return link.patternBefore === undefined || new RegExp(`(?:${link.patternBefore})$`).test(before) ? link.href : undefined;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
