/** A page → the same page as Markdown: every language, program, output, parameter and return. */
import { catalogueCodes } from './catalogue.ts';
import type { Entry, Property } from '../reference/index.ts';
import type { Page, PageBlock, PageTab } from './page.ts';

const FENCES: Record<string, string> = { js: 'ts', ruby: 'ruby', python: 'python', curl: 'shell' };

/** The whole page, its title first. */
export function markdownOf(page: Page): string {
  const lines = page.text.split('\n');
  const bodyLine = lines[0] === '---' ? lines.indexOf('---', 1) + 1 : 0;
  const blockAt = new Map(page.blocks.map((block) => [block.lines[0], block]));
  const written: string[] = page.titleSlug === undefined ? [`# ${page.title}`, ''] : [];
  for (let number = bodyLine + 1; number <= lines.length; number++) {
    const block = blockAt.get(number);
    if (block) {
      written.push(blockMarkdown(block));
      number = block.lines[1];
    } else {
      written.push(lineMarkdown(lines[number - 1] ?? '', page));
    }
  }
  return `${withoutRepeatedBlanks(written).join('\n').trim()}\n`;
}

/** Blank lines that what was left out has left behind; those within a program stay. */
function withoutRepeatedBlanks(written: readonly string[]): string[] {
  let fenced = false;
  return written.filter((text, index) => {
    if (text.startsWith('```') && !text.includes('\n')) fenced = !fenced;
    return fenced || text !== '' || written[index - 1] !== '';
  });
}

/** Elements that only lay out, and comments, are left out; the title is a heading of the first level. */
function lineMarkdown(line: string, page: Page): string {
  if (/^\s*(<\/?(div|section|Callout)\b[^>]*>|\{\/\*.*\*\/\})\s*$/.test(line)) return '';
  const [, appears] = /<ErrorCatalogue appears="(\w+)"/.exec(line) ?? [];
  if (appears !== undefined) return catalogueMarkdown(appears);
  const [, text] = /^##? (.*)$/.exec(line) ?? [];
  return text === page.title && page.titleSlug !== undefined ? `# ${text}` : line;
}

function blockMarkdown(block: PageBlock): string {
  const title = block.title === undefined ? [] : [`**${block.title}**`];
  return [...title, ...block.tabs.map((tab) => tabMarkdown(tab, block))].join('\n\n');
}

function tabMarkdown({ language, label, snippet, response, entry }: PageTab, block: PageBlock): string {
  const parts: string[] = block.tabs.length > 1 ? [`*${label}*`] : [];
  if (snippet && response) {
    parts.push(fenced('json', snippet.expectation.join('\n')));
  } else if (snippet) {
    const { needs } = snippet.directives;
    parts.push(fenced(FENCES[language] ?? '', snippet.code));
    if (needs) parts.push(`Also install: \`npm install ${needs.packages.join(' ')}\``);
    if (snippet.ran) parts.push('Output:', fenced('text', snippet.expectation.join('\n')));
    else parts.push(`This program was not run when the page was built: ${snippet.notRunBecause}.`);
  }
  if (entry) parts.push(entryMarkdown(entry));
  return parts.join('\n\n');
}

function entryMarkdown(entry: Entry): string {
  const groups = [
    { name: 'Parameters', rows: entry.parameters },
    { name: 'Returns', rows: entry.returns },
    { name: 'Properties', rows: entry.properties },
  ].filter(({ rows }) => rows.length > 0);
  const head = [
    `\`${[entry.type, entry.title].filter(Boolean).join(' ')}\``,
    ...(entry.description === undefined ? [] : [entry.description]),
  ];
  return [...head, ...groups.map(({ name, rows }) => `${name}:\n\n${rowsMarkdown(rows, '')}`)].join('\n\n');
}

function rowsMarkdown(rows: readonly Property[], indent: string): string {
  return rows
    .map((row) => {
      if (row.unwrap && row.properties.length > 0) return rowsMarkdown(row.properties, indent);
      const type = row.type.map(({ text }) => text).join('');
      const kind = [type === '' ? '' : `\`${type}\``, row.optional ? 'optional' : ''].filter(Boolean).join(', ');
      const line = `${indent}- \`${row.key}\`${kind === '' ? '' : ` (${kind})`}${row.description === undefined ? '' : `: ${row.description}`}`;
      return row.properties.length === 0 ? line : `${line}\n${rowsMarkdown(row.properties, `${indent}  `)}`;
    })
    .join('\n');
}

function catalogueMarkdown(appears: string): string {
  return catalogueCodes(appears)
    .map(([code, { meaning, remedy }]) => `- \`${code}\`: ${meaning} ${remedy}`)
    .join('\n');
}

/** A fence longer than any in the text. */
function fenced(info: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${text}\n${fence}`;
}
