/** A page → its search entries: sections, each with lines of text, reference rows and snippets. */
import { type SpokenStep, readDiagram, sayStep } from '../diagrams/index.ts';
import type { Entry, Property } from '../reference/index.ts';
import type { Page, PageBlock } from '../describe/index.ts';
import type { SearchLine, SearchPage, SearchSection } from '../search/index.ts';
import { type Node, attributesOf, isExpression, plainText, valueOf } from '../pages/index.ts';

const PARAGRAPHS = new Set(['heading', 'paragraph', 'tableRow', 'descriptionTerm', 'descriptionDetails']);

/** All search entries of `page`. */
export function describeSearch(page: Page): SearchPage {
  const sections: SearchSection[] = [{ anchor: '', heading: '', lines: [] }];
  const headings = new Map(page.headings.map((heading) => [heading.line, heading]));
  const blocks = new Map(page.blocks.map((block) => [block.line, block]));
  const visit = (node: Node): void => {
    const line = node.position?.start.line ?? 0;
    const here = sections.at(-1)!;
    const heading = node.type === 'heading' ? headings.get(line) : undefined;
    const block = node.name === 'CodeBlock' ? blocks.get(line) : undefined;
    if (heading) sections.push({ anchor: heading.slug, heading: heading.text, lines: [] });
    else if (block) sections.push(...addBlock(block, here));
    else if (node.name === 'ErrorCatalogue') here.lines.push(...catalogueLines(page, attributesOf(node)['appears']));
    else if (node.type === 'code') addCode(node, page, here);
    else if (PARAGRAPHS.has(node.type)) addText(textIn(node, page), page, here);
    else {
      const { title, markdown } = attributesOf(node);
      if (title !== undefined) here.lines.push({ text: title });
      if (markdown !== undefined) addText(plainText(markdown), page, here);
      if (isElementWithText(node)) addText(textIn(node, page), page, here);
      else node.children?.forEach(visit);
    }
  };
  visit(page.tree.root);
  const { path, title, description } = page;
  return {
    path,
    title,
    description,
    sections: sections.filter(({ lines, anchor }) => lines.length > 0 || anchor !== '' || page.path === '/'),
  };
}

/** Leaves out lines that only repeat the title or the description. */
function addText(text: string, { title, description }: Page, { lines }: Pick<SearchSection, 'lines'>): void {
  const joined = text.replaceAll(/\s+/g, ' ').trim();
  if (joined !== '' && joined !== title && joined !== description) lines.push({ text: joined });
}

/** A diagram is found by its steps, not by the marks of its language. */
function addCode({ lang, value = '' }: Node, page: Page, { lines }: SearchSection): void {
  const { sequence } = readDiagram(lang?.toLowerCase() ?? '', value) ?? {};
  if (!sequence) return addText(value, page, { lines });
  const add = ({ text, steps }: SpokenStep): void => {
    lines.push({ text });
    steps.forEach(add);
  };
  sequence.steps.flatMap((step) => sayStep(step, sequence.participants)).forEach(add);
}

/** Adds the snippets of a block to the current section, and a section for each of its entries. */
function addBlock(block: PageBlock, { anchor, heading, lines }: SearchSection): SearchSection[] {
  if (block.title !== undefined) lines.push({ text: block.title });
  const shown = new Set<string>();
  for (const { snippet, language } of block.tabs.flatMap(({ programs }) => programs)) {
    if (!snippet || shown.has(snippet.id)) continue;
    shown.add(snippet.id);
    lines.push({ text: snippet.code, language });
  }
  const entries = block.tabs.flatMap(({ entry }) => (entry ? [entrySection(entry)] : []));
  // Content after the block belongs to the heading again.
  return entries.length === 0 ? [] : [...entries, { anchor, heading, lines: [] }];
}

function entrySection({ anchor, type, title, description, parameters, returns, properties }: Entry): SearchSection {
  return {
    anchor,
    heading: [type, title].filter(Boolean).join(' '),
    lines: [
      ...(description === undefined ? [] : [{ text: plainText(description) }]),
      ...[...parameters, ...returns, ...properties].flatMap(rowLines),
    ],
  };
}

function rowLines({ key, type, optional, description, anchor, properties }: Property): SearchLine[] {
  const kind = [type.map(({ text }) => text).join(''), optional ? 'optional' : ''].filter(Boolean).join(', ');
  const about = description === undefined ? '' : `: ${plainText(description)}`;
  return [{ text: `${key}${kind === '' ? '' : ` (${kind})`}${about}`, anchor }, ...properties.flatMap(rowLines)];
}

function catalogueLines({ catalogues }: Page, list = ''): SearchLine[] {
  return (catalogues.get(list) ?? []).map(({ code, meaning, remedy }) => ({
    text: `${code}: ${meaning} ${remedy}`,
    anchor: code,
  }));
}

/** `<p>Text</p>`, and components on one line. The words in a drawing are not found. */
function isElementWithText({ name, children = [] }: Node): boolean {
  return name !== undefined && name !== 'text' && children.some(({ type }) => type === 'text');
}

/** With the values of expressions, and blanks between the cells of a table row and at line breaks. */
function textIn(node: Node, page: Page): string {
  if (isExpression(node)) return valueOf(node, page.tree.values) ?? '';
  if (node.type === 'break') return ' ';
  const separator = node.type === 'tableRow' ? ' ' : '';
  return node.value ?? (node.children ?? []).map((child) => textIn(child, page)).join(separator);
}
