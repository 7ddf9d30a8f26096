/** A page → the same page as Markdown: every language, program, output, parameter and return. */
import type { Entry, Property } from '../reference/index.ts';
import type { Page, PageBlock, PageTab } from '../describe/index.ts';
import { type Node, attributesOf, isExpression, valueOf } from '../pages/index.ts';

const FENCES: Record<string, string> = { js: 'ts', ruby: 'ruby', python: 'python', curl: 'shell' };

/** The whole page, its title first. What is Markdown in its file stays as it is there, to the byte. */
export function markdownOf(page: Page): string {
  const title = page.titleSlug === undefined ? [`# ${page.title}`] : [];
  return `${[...title, ...blocksOf(page.tree.root, page)].join('\n\n')}\n`;
}

/** What stands below `parent`, each block of it as Markdown; what has no words is left out. */
function blocksOf(parent: Node, page: Page): string[] {
  return (parent.children ?? []).map((child) => blockOf(child, page)).filter((text) => text !== '');
}

function blockOf(node: Node, page: Page): string {
  const [first] = page.tree.headings;
  const isTitle = page.titleSlug !== undefined && node.type === 'heading' && node.position?.start.line === first?.line;
  const text = rewrite(node, page);
  return isTitle ? text.replace(/^#+/, '#') : text;
}

/** The text of a node as it stands in the file, without its indentation, with MDX in it in its Markdown form. */
function rewrite(node: Node, page: Page): string {
  const form = formOf(node, page);
  if (form !== undefined) return form;
  const { start, end } = node.position ?? { start: { offset: 0, column: 1 }, end: { offset: 0 } };
  let written = '';
  let at = start.offset;
  for (const { position, text } of formsIn(node, page)) {
    const before = page.tree.text.slice(at, position.start.offset);
    written += before;
    // Its further lines stand behind what the line that it begins on has before it, as in a list or a quotation.
    const lineStart = page.tree.text.lastIndexOf('\n', position.start.offset - 1) + 1;
    const prefix = page.tree.text.slice(lineStart, position.start.offset).replaceAll(/[^>\s]/g, ' ');
    written += text.replaceAll('\n', `\n${prefix}`);
    at = position.end.offset;
  }
  written += page.tree.text.slice(at, end.offset);
  return dedent(written, start.column - 1);
}

/** Removes as many blanks as the block is indented by from the lines after its first. */
function dedent(text: string, columns: number): string {
  return columns === 0 ? text : text.replaceAll(new RegExp(`\\n {1,${columns}}`, 'g'), '\n');
}

/** The Markdown forms of what is MDX below `node`, in the order of their places. */
function formsIn(node: Node, page: Page): { position: NonNullable<Node['position']>; text: string }[] {
  return (node.children ?? []).flatMap((child) => {
    const text = formOf(child, page);
    return text === undefined || !child.position ? formsIn(child, page) : [{ position: child.position, text }];
  });
}

function isMdx({ type }: Node): boolean {
  return type.startsWith('mdx') || type === 'yaml';
}

/** The Markdown form of a node that is MDX; undefined for any other, and for elements that Markdown has as well. */
function formOf(node: Node, page: Page): string | undefined {
  if (!isMdx(node)) return undefined;
  if (isExpression(node)) return valueOf(node, page.tree.values) ?? '';
  // Imports, exports and the frontmatter have no words.
  if (!node.type.startsWith('mdxJsx')) return '';
  const attributes = attributesOf(node);
  switch (node.name) {
    case 'CodeBlock': {
      const block = page.blocks.find(({ line }) => line === node.position?.start.line);
      return block === undefined ? '' : blockMarkdown(block);
    }
    case 'ErrorCatalogue':
      return catalogueMarkdown(page, attributes['appears']);
    case 'Callout':
      return quoted([
        ...(attributes['title'] === undefined ? [] : [`**${attributes['title']}**`]),
        ...blocksOf(node, page),
      ]);
    case 'svg':
      return attributes['aria-label'] === undefined ? '' : `*Diagram: ${attributes['aria-label']}*`;
    default:
      // What stands in a line is HTML that Markdown has as well; around blocks, it only lays out.
      return node.type === 'mdxJsxTextElement' ? undefined : blocksOf(node, page).join('\n\n');
  }
}

function quoted(blocks: readonly string[]): string {
  return blocks
    .join('\n\n')
    .split('\n')
    .map((line) => `> ${line}`.trimEnd())
    .join('\n');
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
  return [...head, ...groups.map(({ name, rows }) => `${name}:\n\n${rowsMarkdown(rows)}`)].join('\n\n');
}

function rowsMarkdown(rows: readonly Property[]): string {
  return rows
    .map(({ key, type, optional, description, properties }) => {
      const text = type.map((part) => part.text).join('');
      const kind = [text === '' ? '' : `\`${text}\``, optional ? 'optional' : ''].filter(Boolean).join(', ');
      const about = description === undefined ? '' : `: ${description.trim()}`;
      const inner = properties.length === 0 ? '' : `\n${rowsMarkdown(properties)}`;
      return `- \`${key}\`${kind === '' ? '' : ` (${kind})`}${indented(about + inner)}`;
    })
    .join('\n');
}

/** Further paragraphs and rows are part of the list's item. */
function indented(text: string): string {
  return text.replaceAll(/\n(?!\n)/g, '\n  ');
}

function catalogueMarkdown({ catalogues }: Page, list = ''): string {
  return (catalogues.get(list) ?? [])
    .map(({ code, meaning, remedy }) => `- \`${code}\`: ${meaning} ${remedy}`)
    .join('\n');
}

/** A fence longer than any in the text. */
function fenced(info: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${text}\n${fence}`;
}
