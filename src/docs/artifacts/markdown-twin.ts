/** A page → its Markdown twin, with every language, example, output, parameter and return value. */
import { type Entry, type Property, type TypePart, groupRows } from '../reference/index.ts';
import {
  type Page,
  type PageBlock,
  type PagePanel,
  type PageTab,
  installCommands,
  textOfAnswer,
} from '../describe/index.ts';
import { type Node, addressOf, attributesOf, isExpression, valueOf } from '../pages/index.ts';

/** The whole page, title first. Markdown from the file is kept byte for byte. */
export function markdownOf(page: Page): string {
  const title = page.titleSlug === undefined ? [`# ${page.title}`] : [];
  return `${[...title, ...blocksOf(page.tree.root, page)].join('\n\n')}\n`;
}

/** The page with the examples and entries of one language; blocks without that language keep all of theirs. */
export function inLanguage(page: Page, language: string): Page {
  const blocks = page.blocks.map((block) => {
    const tabs = block.tabs.filter((tab) => tab.language === language);
    return tabs.length === 0 ? block : { ...block, tabs };
  });
  return { ...page, blocks };
}

/** The children of `parent`, each as Markdown; blocks without text are left out. */
function blocksOf(parent: Node, page: Page): string[] {
  return (parent.children ?? []).map((child) => blockOf(child, page)).filter((text) => text !== '');
}

function blockOf(node: Node, page: Page): string {
  const [first] = page.tree.headings;
  const isTitle = page.titleSlug !== undefined && node.type === 'heading' && node.position?.start.line === first?.line;
  const text = rewrite(node, page);
  return isTitle ? text.replace(/^#+/, '#') : text;
}

/** The source text of a node without its indentation, with MDX replaced by its Markdown form. */
function rewrite(node: Node, page: Page): string {
  const form = formOf(node, page);
  if (form !== undefined) return form;
  const { start, end } = node.position ?? { start: { offset: 0, column: 1 }, end: { offset: 0 } };
  let written = '';
  let at = start.offset;
  for (const { position, text, after } of formsIn(node, page)) {
    if (after) written += page.tree.text.slice(at, position.end.offset);
    else written += page.tree.text.slice(at, position.start.offset);
    // Later lines repeat the prefix of the first line, as in a list or a block quote.
    const lineStart = page.tree.text.lastIndexOf('\n', position.start.offset - 1) + 1;
    const prefix = page.tree.text.slice(lineStart, position.start.offset).replaceAll(/[^>\s]/g, ' ');
    written += text.replaceAll(/\n(?!\n)/g, `\n${prefix}`).replaceAll('\n\n', `\n${prefix.trimEnd()}\n`);
    at = position.end.offset;
  }
  written += page.tree.text.slice(at, end.offset);
  return dedent(written, start.column - 1);
}

/** Removes the block's indentation from all lines after the first. */
function dedent(text: string, columns: number): string {
  return columns === 0 ? text : text.replaceAll(new RegExp(`\\n {1,${columns}}`, 'g'), '\n');
}

interface Form {
  position: NonNullable<Node['position']>;
  text: string;
  /** Whether the text comes after the node, not in its place. */
  after?: true;
}

/** The Markdown forms of `node`, if it is a code fence, and of all MDX below it, in document order. */
function formsIn(node: Node, page: Page): Form[] {
  if (node.type === 'code') return noteOf(node, page);
  return (node.children ?? []).flatMap((child) => {
    const text = formOf(child, page);
    return text === undefined || !child.position ? formsIn(child, page) : [{ position: child.position, text }];
  });
}

/** What a reader must know of a code fence: whether it ran. */
function noteOf({ position }: Node, { fences }: Page): Form[] {
  const note = fences.find(({ line }) => line === position?.start.line)?.note;
  return note === undefined || !position ? [] : [{ position, text: `\n\n*${note}*`, after: true }];
}

function isMdx({ type }: Node): boolean {
  return type.startsWith('mdx') || type === 'yaml';
}

/** The Markdown form of an MDX node; undefined for other nodes, and for inline HTML. */
function formOf(node: Node, page: Page): string | undefined {
  if (node.url !== undefined) return addressedForm(node, page);
  if (!isMdx(node)) return undefined;
  if (isExpression(node)) return valueOf(node, page.tree.values) ?? '';
  // Imports, exports and the frontmatter have no visible text.
  if (!node.type.startsWith('mdxJsx')) return '';
  const attributes = attributesOf(node);
  // Written as a quote, which other tools read as well.
  if (page.tree.text[node.position?.start.offset ?? 0] === '>') return undefined;
  switch (node.name) {
    case 'CodeBlock': {
      const block = page.blocks.find(({ line }) => line === node.position?.start.line);
      return block === undefined ? '' : blockMarkdown(block);
    }
    case 'ErrorCatalogue':
      return catalogueMarkdown(page, attributes['appears']);
    case 'Install': {
      const [first] = installCommands(page.installation, wordsOf(attributes['packages']));
      return fenced('sh', first?.command ?? '');
    }
    case 'ProjectLinks':
      return [...page.installation.links.map(({ title, path }) => `[${title}](${path})`), ...blocksOf(node, page)].join(
        ' · ',
      );
    case 'Callout':
      return quoted([
        ...(attributes['type'] === undefined ? [] : [`[!${attributes['type'].toUpperCase()}]`]),
        ...(attributes['title'] === undefined ? [] : [`**${attributes['title']}**`]),
        ...blocksOf(node, page),
      ]);
    case 'img':
      return `![${attributes['alt'] ?? ''}](${addressOf(attributes['src'] ?? '', page.file)})`;
    case 'svg':
      return attributes['aria-label'] === undefined ? '' : `*Diagram: ${attributes['aria-label']}*`;
    default:
      // Inline elements are HTML, which Markdown allows; elements around blocks only affect the layout.
      if (attributes['markdown'] !== undefined) return attributes['markdown'];
      return node.type === 'mdxJsxTextElement'
        ? undefined
        : [...(attributes['id'] === undefined ? [] : [anchorOf(attributes['id'])]), ...blocksOf(node, page)].join(
            '\n\n',
          );
  }
}

/** `packages="express pino"` → its names. */
function wordsOf(text = ''): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** A link or an image to a file beside the page, with its address; undefined for others, which stay as written. */
function addressedForm({ url = '', position }: Node, { file, tree }: Page): string | undefined {
  const address = addressOf(url, file);
  if (address === url || !position) return undefined;
  const written = tree.text.slice(position.start.offset, position.end.offset);
  const at = written.lastIndexOf(url);
  return at === -1 ? undefined : written.slice(0, at) + address + written.slice(at + url.length);
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

function tabMarkdown(tab: PageTab, block: PageBlock): string {
  const { label, programs, answers, entry, entryAbove } = tab;
  return [
    ...(block.tabs.length > 1 ? [`*${label}*`] : []),
    ...programs.flatMap((panel) => programMarkdown(panel)),
    ...answers.flatMap((panel) => answerMarkdown(panel)),
    ...(entry ? [markdownOfEntry(entry)] : []),
    ...(entryAbove ? [`Reference: [\`${entryAbove.title}\`](#${entryAbove.anchor})`] : []),
  ].join('\n\n');
}

function programMarkdown({ title, snippet, grammar, note, proof, install }: PagePanel): string[] {
  const head = title === undefined ? [] : [`*${title}*`];
  const notes = note === undefined ? [] : [note];
  if (!snippet) return [...head, ...notes];
  return [
    ...head,
    fenced(grammar, snippet.code),
    ...(install ? [`Install: \`${install.command}\``] : []),
    ...(install?.note ? [`${install.note.text} [${install.note.title}](${install.note.path})`] : []),
    ...(snippet.ran ? ['Output:', fenced('text', snippet.expectation.join('\n'))] : []),
    ...(proof === undefined ? [] : [`*${proof}*`]),
    ...notes,
  ];
}

function answerMarkdown({ title, label, snippet, note }: PagePanel): string[] {
  if (!snippet) return [];
  const proof = `*The ${label} example printed this on ${snippet.ranOn} when the page was built.*`;
  return [`*${title}*`, fenced('json', textOfAnswer(snippet)), note ?? proof];
}

/** A reference entry with its signature, its rows and what it throws. */
export function markdownOfEntry(entry: Entry): string {
  const groups = [
    { name: 'Parameters', rows: entry.parameters },
    { name: 'Returns', rows: entry.returns },
    { name: 'Properties', rows: entry.properties },
  ].filter(({ rows }) => rows.length > 0);
  const head = [
    anchorOf(entry.anchor) +
      [`\`${[entry.type, entry.title].filter(Boolean).join(' ')}\``, ...entry.labels.map((label) => `(${label})`)].join(
        ' ',
      ),
    ...(entry.signatureParts === undefined ? [] : [fenced('ts', entry.signature)]),
    ...(entry.description === undefined ? [] : [entry.description]),
  ];
  const throws = (entry.throws ?? []).map(
    ({ names, description }) => `- ${names.map(linked).join(', ')}${description === '' ? '' : `: ${description}`}`,
  );
  return [
    ...head,
    ...groups.flatMap(({ name, rows }) =>
      groupRows(rows).map(({ when, rows: part }) => {
        const values = when?.values.map((value) => `\`${value}\``).join(' or ');
        const condition = when ? `, when \`${when.name}\` is ${values}` : '';
        return `${name}${condition}:\n\n${rowsMarkdown(part)}`;
      }),
    ),
    ...(throws.length === 0 ? [] : [`Throws:\n\n${throws.join('\n')}`]),
  ].join('\n\n');
}

/** What links to a row lead to, as in HTML. Headings have the same anchors in both. */
function anchorOf(id: string): string {
  return `<a id="${id}"></a>`;
}

/** A name as code, with its link. */
function linked({ text, href }: TypePart): string {
  return href === undefined ? `\`${text}\`` : `[\`${text}\`](${href})`;
}

function rowsMarkdown(rows: readonly Property[]): string {
  return rows
    .map(({ key, anchor, type, values, optional, labels, description, properties }) => {
      const text = type.map((part) => part.text).join('');
      const kind = [text === '' ? '' : `\`${text}\``, optional ? 'optional' : '', ...labels].filter(Boolean).join(', ');
      const one = values ? ` One of ${values.map(linked).join(', ')}.` : '';
      const about = description === undefined ? (one === '' ? '' : `:${one}`) : `: ${description.trim()}${one}`;
      const inner = properties.length === 0 ? '' : `\n${rowsMarkdown(properties)}`;
      return `- ${anchorOf(anchor)}\`${key}\`${kind === '' ? '' : ` (${kind})`}${indented(about + inner)}`;
    })
    .join('\n');
}

/** Indents further paragraphs and rows, so that they belong to the list item. */
function indented(text: string): string {
  return text.replaceAll(/\n(?!\n)/g, '\n  ');
}

function catalogueMarkdown({ catalogues }: Page, list = ''): string {
  return (catalogues.get(list) ?? [])
    .map(({ code, meaning, remedy, note, details = [] }) => {
      const known = details.map(
        ({ label, values }) => ` ${label}: ${values.map((value) => `\`${value}\``).join(', ')}.`,
      );
      const about = note === undefined ? '' : `, ${note}`;
      return `- ${anchorOf(code)}\`${code}\`${about}: ${meaning} ${remedy}${known.join('')}`;
    })
    .join('\n');
}

/** Uses a fence longer than any in the text. */
function fenced(info: string, text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}${info}\n${text}\n${fence}`;
}
