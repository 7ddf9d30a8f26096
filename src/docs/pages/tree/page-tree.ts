/** The text of one MDX file → its tree, and the facts that the other modules read from it. */
import Slugger from 'github-slugger';
import { mdxToMdast } from 'satteri';
import type { Finding } from '../../findings/index.ts';
import { addressOf, pathOf } from '../addresses.ts';
import { CALLOUTS, calloutFindings, calloutOf, toCallout } from './callouts.ts';
import { type CodeBlockUse, readCodeBlock } from './code-blocks.ts';
import { elementFindings } from './elements.ts';
import { isUnknown, literalsOf, undefinedName, valueOf } from './expressions.ts';
import { type Fence, readFence } from './fences.ts';
import { type Frontmatter, readFrontmatter } from '../frontmatter.ts';
import { type Import, importsOf } from './imports.ts';
import {
  componentWithoutMarkdown,
  conflictFindings,
  emptyFindings,
  frontmatterFindings,
  pathFinding,
  syntaxFinding,
  textFindings,
  undefinedInAttribute,
  unknownComponent,
  unknownExpression,
} from './page-findings.ts';
import { type Heading, type Node, type Place, attributesOf, isExpression, textOf } from './syntax.ts';

/** Markdown features; the same as in Astro's configuration, since heading ids depend on them. */
export const FEATURES = { gfm: true, smartPunctuation: true, definitionList: true } as const;

export interface Link extends Place {
  url: string;
  /** Whether the page shows it as an image. */
  isImage?: boolean;
}

/** A fragment id that the page's HTML sets. */
export interface Anchor extends Place {
  id: string;
}

/** A list of error codes that the page shows. */
export interface CatalogueUse extends Place {
  list: string;
}

export interface PageTree {
  /** Path of the file, relative to the project root. */
  file: string;
  /** URL path of the page: `content/a/index.mdx` → `/a`. */
  path: string;
  /** The file's text without a byte order mark, with `
` as line ending. */
  text: string;
  frontmatter: Frontmatter;
  /** Empty if the file does not parse. */
  root: Node;
  /** Text of the first paragraph; empty if there is none. */
  lede: string;
  headings: Heading[];
  /** Ids in its HTML. */
  anchors: Anchor[];
  imports: Import[];
  /** Whether only authors see it. */
  isDraft: boolean;
  blocks: CodeBlockUse[];
  /** Links to other files have the addresses of what these become. */
  links: Link[];
  catalogues: CatalogueUse[];
  /** Code in Markdown, in document order. */
  fences: Fence[];
  /** Values that `{expressions}` on the page can use: literals of `export const`, and `frontmatter`. */
  values: ReadonlyMap<string, unknown>;
  findings: Finding[];
}

/** Components that pages can use; the route passes in the same ones. */
export const COMPONENTS = [
  'CodeBlock',
  'CodeBlockTab',
  'Callout',
  'ErrorCatalogue',
  'Install',
  'ProjectLinks',
] as const;

/** Reads one page. Errors are in its `findings`. */
export function readPageTree(source: string, file: string, components: readonly string[] = []): PageTree {
  const text = source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const path = pathOf(file);
  const findings = /[%?#\\]/.test(path) ? [pathFinding(file, path)] : [];
  findings.push(...conflictFindings(text, file));
  const root = parse(text, file, findings);
  findings.push(...frontmatterFindings(text, root, file));
  readCallouts(root, file, findings);
  const yaml = root.children?.find(({ type }) => type === 'yaml');
  const frontmatter = readFrontmatter({
    file,
    page: path,
    yaml: yaml?.value ?? '',
    firstLine: (yaml?.position?.start.line ?? 1) + 1,
  });
  const page: PageTree = {
    file,
    path,
    text,
    frontmatter,
    root,
    lede: '',
    headings: [],
    anchors: [],
    imports: importsOf(root),
    isDraft: (frontmatter.values as { draft?: unknown }).draft === true,
    blocks: root.children === undefined ? scanCodeBlocks(text) : [],
    links: linksOfFrontmatter(frontmatter),
    catalogues: [],
    fences: [],
    values: new Map([['frontmatter', frontmatter.values]]),
    findings,
  };
  readNodes(page, [...COMPONENTS, ...components]);
  return page;
}

/** Parses the text; returns a tree without children if it does not parse. */
function parse(text: string, file: string, findings: Finding[]): Node {
  try {
    return mdxToMdast(text, { features: FEATURES }) as Node;
  } catch (error) {
    findings.push(syntaxFinding(file, error));
    return { type: 'root' };
  }
}

/** Finds the code blocks of a page with a syntax error, so that its snippets do not seem unused. */
function scanCodeBlocks(text: string): CodeBlockUse[] {
  return [...text.matchAll(/<CodeBlock(?:Tab)?\s[^>]*?\bfile="([^"]*)"/g)].map(({ index, 1: name = '' }) => {
    const before = text.slice(0, index).split('\n');
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    return { file: name, line, column, endLine: line, tabs: [] };
  });
}

function readNodes(page: PageTree, components: readonly string[]): void {
  const { file, findings, imports } = page;
  const imported = new Set(imports.flatMap(({ names }) => names));
  const values = new Map(page.values);
  page.values = values;
  const slugger = new Slugger();
  const nodes = nodesOf(page.root);
  const imageNames = new Set(
    nodes.flatMap(({ type, identifier = '' }) => (type === 'imageReference' ? identifier : [])),
  );
  const isImage = ({ type, identifier = '' }: Node) =>
    type === 'image' || (type === 'definition' && imageNames.has(identifier));
  const exported = nodes.flatMap(({ type, value = '' }) => (type === 'mdxjsEsm' ? exportedNames(value) : []));
  const defined = new Set([...imported, ...exported, 'frontmatter']);
  const visit = (node: Node): void => {
    const name = node.name ?? '';
    const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1 } };
    const place = { line: start.line, column: start.column };
    const attributes = attributesOf(node);
    const addLink = (url: string | undefined, image = false) => {
      if (url !== undefined) page.links.push({ ...place, url: addressOf(url, file), ...(image && { isImage: true }) });
    };
    if (node.type === 'mdxjsEsm') for (const [key, value] of literalsOf(node.value ?? '')) values.set(key, value);
    if (node.type === 'heading') {
      const text = textOf(node);
      page.headings.push({ ...place, depth: node.depth ?? 1, text, slug: slugger.slug(text) });
    }
    if (node.type === 'paragraph') page.lede ||= readableText(node, values).replaceAll(/\s+/g, ' ');
    // A link, a link definition, or an image.
    addLink(node.url, isImage(node));
    if (name === 'img' || name === 'source') addLink(attributes['src'] ?? attributes['srcset'], true);
    if (name === 'a') addLink(attributes['href']);
    const anchor = /^[a-z]/.test(name)
      ? (attributes['id'] ?? (name === 'a' ? attributes['name'] : undefined))
      : undefined;
    if (anchor !== undefined) page.anchors.push({ ...place, id: anchor });
    if (name === 'CodeBlock')
      page.blocks.push(readCodeBlock(node, { ...place, endLine: end.line }, page.headings.at(-1), file, findings));
    if (name === 'Callout') findings.push(...calloutFindings(node, file, place));
    if (name === 'ErrorCatalogue') page.catalogues.push({ ...place, list: attributes['appears'] ?? '' });
    if (node.type === 'code') page.fences.push(readFence(node, place, file, findings));
    if (/^[A-Z]/.test(name) && !components.includes(name) && !imported.has(name.split('.')[0] ?? ''))
      findings.push(unknownComponent(name, components, file, place));
    else if (isOwnComponent(node) && !node.children?.length && attributes['markdown'] === undefined)
      findings.push(componentWithoutMarkdown(name, file, place));
    if (isUnknown(node, values)) findings.push(unknownExpression(node.value ?? '', file, place, [...values.keys()]));
    for (const code of isOwnComponent(node) ? expressionsOf(node) : []) {
      const missing = undefinedName(code, defined);
      if (missing !== undefined) findings.push(undefinedInAttribute(missing, name, file, place));
    }
    findings.push(...elementFindings(node, file, place), ...emptyFindings(node, file, place));
    if (node.type === 'text') findings.push(...textFindings(node, file, place));
    node.children?.forEach(visit);
  };
  visit(page.root);
}

/** The text with the values of expressions. */
function readableText(node: Node, values: ReadonlyMap<string, unknown>): string {
  if (isExpression(node)) return valueOf(node, values) ?? '';
  return node.value ?? (node.children ?? []).map((child) => readableText(child, values)).join('');
}

/** Turns quotes that begin with `[!NOTE]` into callouts. */
function readCallouts(root: Node, file: string, findings: Finding[]): void {
  for (const node of nodesOf(root)) {
    const type = calloutOf(node);
    if (type === undefined) continue;
    if ((CALLOUTS as readonly string[]).includes(type)) toCallout(node, type);
    else
      findings.push(
        ...calloutFindings(
          { type: 'mdxJsxFlowElement', attributes: [{ type: 'mdxJsxAttribute', name: 'type', value: type }] },
          file,
          node.position?.start ?? { line: 1, column: 1 },
        ).map((finding) => ({ ...finding, column: node.position?.start.column ?? 1 })),
      );
  }
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

/** `export const a = 1; export function b() {}` → `a`, `b`. */
function exportedNames(code: string): string[] {
  return [...code.matchAll(/^export\s+(?:async\s+)?(?:const|let|var|function\*?|class)\s+([\w$]+)/gm)].map(
    ([, name = '']) => name,
  );
}

/** The code of attributes that are expressions. */
function expressionsOf({ attributes = [] }: Node): string[] {
  return attributes.flatMap(({ value }) => {
    const code = (value as { value?: unknown } | null | undefined)?.value;
    return typeof code === 'string' ? [code] : [];
  });
}

/** A component that the project brings; what it draws is known to nobody but the browser. */
function isOwnComponent({ name }: Node): boolean {
  return /^[A-Z]/.test(name ?? '') && !(COMPONENTS as readonly string[]).includes(name ?? '');
}

/** Links in frontmatter descriptions, and the `url` fields of entries. */
function linksOfFrontmatter(frontmatter: Frontmatter): Link[] {
  const { yaml, firstLine, values } = frontmatter;
  const inTexts = yaml.split('\n').flatMap((text, index) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)].map((match) => {
      const [, url = ''] = match;
      return { line: firstLine + index, column: match.index + match[0].lastIndexOf(url) + 1, url };
    }),
  );
  const { reference } = values as { reference?: Record<string, unknown> };
  const ofEntries = Object.entries(reference ?? {}).flatMap(([language, entries]) =>
    (Array.isArray(entries) ? entries : []).flatMap((entry: { url?: unknown } | null, index): Link[] => {
      const url = entry?.url;
      if (typeof url !== 'string' || url === '') return [];
      // Positions take long to find, and are only needed for findings.
      const place = () => frontmatter.locate(['reference', language, index, 'url']);
      return [
        {
          url,
          get line() {
            return place().line;
          },
          get column() {
            return place().column;
          },
        },
      ];
    }),
  );
  return [...ofEntries, ...inTexts];
}
