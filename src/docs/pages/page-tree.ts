/** The text of one MDX file → its tree, parsed once, and what every other room reads from it. */
import Slugger from 'github-slugger';
import { mdxToMdast } from 'satteri';
import { type Finding, nearestName } from '../findings/index.ts';
import { type CodeBlockUse, readCodeBlock } from './code-blocks.ts';
import { type Frontmatter, readFrontmatter } from './frontmatter.ts';
import { type Heading, type Node, type Place, attributesOf, isExpression, textOf } from './syntax.ts';

/** What Markdown means on these pages; Astro compiles them with the same features, and ids depend on them. */
export const FEATURES = { gfm: true, smartPunctuation: true } as const;

/** The one page that lies at the project's root, where those who use the package look for it. */
export const CHANGELOG_FILE = 'CHANGELOG.md';

export interface Link extends Place {
  url: string;
}

/** A list of the error catalogue that the page shows. */
export interface CatalogueUse extends Place {
  list: string;
}

export interface PageTree {
  /** Path of the file from the project's root. */
  file: string;
  /** Path of the page in the site: `content/a/index.mdx` → `/a`. */
  path: string;
  /** The file's text without a byte order mark, its lines ending in `\n`. */
  text: string;
  frontmatter: Frontmatter;
  /** Empty where the file does not parse. */
  root: Node;
  /** Text of the first paragraph; empty where there is none. */
  lede: string;
  headings: Heading[];
  blocks: CodeBlockUse[];
  links: Link[];
  catalogues: CatalogueUse[];
  /** What `{expressions}` on the page may name: literals of `export const`, and `frontmatter`. */
  values: ReadonlyMap<string, unknown>;
  findings: Finding[];
}

/** What a page may use; the route that draws pages hands in the same. */
export const COMPONENTS = ['CodeBlock', 'CodeBlockTab', 'Callout', 'ErrorCatalogue'] as const;

/** Reads one page. What cannot be read is among its `findings`. */
export function readPageTree(source: string, file: string): PageTree {
  const text = source.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n');
  const path = pathOf(file);
  const findings = /[%?#\\]/.test(path) ? [pathFinding(file, path)] : [];
  const root = parse(text, file, findings);
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
    blocks: root.children === undefined ? scanCodeBlocks(text) : [],
    links: linksOfFrontmatter(frontmatter),
    catalogues: [],
    values: new Map([['frontmatter', frontmatter.values]]),
    findings,
  };
  readNodes(page);
  return page;
}

/** A tree without children for a text that does not parse; the parser's errors begin with `line:column: `. */
function parse(text: string, file: string, findings: Finding[]): Node {
  try {
    return mdxToMdast(text, { features: FEATURES }) as Node;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [, line = '1', column = '1', what = message] =
      /^(\d+):(\d+): (.*?)(?: \(mdx[\w:-]+\))?$/s.exec(message) ?? [];
    findings.push({
      code: 'mdx-syntax',
      file,
      line: Number(line),
      column: Number(column),
      message: `Cannot read the page: ${what}`,
      fix: 'Close the element or escape the character; text such as a < b needs backticks.',
    });
    return { type: 'root' };
  }
}

/** What a page shows is not lost over a syntax error, so that no program seems to be shown nowhere. */
function scanCodeBlocks(text: string): CodeBlockUse[] {
  return [...text.matchAll(/<CodeBlock(?:Tab)?\s[^>]*?\bfile="([^"]*)"/g)].map(({ index, 1: name = '' }) => {
    const before = text.slice(0, index).split('\n');
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    return { file: name, line, column, endLine: line, tabs: [] };
  });
}

function readNodes(page: PageTree): void {
  const { file, findings } = page;
  const values = new Map(page.values);
  page.values = values;
  const slugger = new Slugger();
  const visit = (node: Node): void => {
    const name = node.name ?? '';
    const { start, end } = node.position ?? { start: { line: 1, column: 1 }, end: { line: 1 } };
    const place = { line: start.line, column: start.column };
    if (node.type === 'mdxjsEsm') for (const [key, value] of literalsOf(node.value ?? '')) values.set(key, value);
    if (node.type === 'heading') {
      const text = textOf(node);
      page.headings.push({ ...place, depth: node.depth ?? 1, text, slug: slugger.slug(text) });
    }
    if (node.type === 'paragraph') page.lede ||= textOf(node).replaceAll(/\s+/g, ' ');
    // A link, the definition of one that is named, or a picture.
    if (node.url !== undefined) page.links.push({ ...place, url: node.url });
    if (name === 'a') page.links.push({ ...place, url: attributesOf(node)['href'] ?? '' });
    if (name === 'CodeBlock')
      page.blocks.push(readCodeBlock(node, { ...place, endLine: end.line }, page.headings.at(-1), file, findings));
    if (name === 'ErrorCatalogue') page.catalogues.push({ ...place, list: attributesOf(node)['appears'] ?? '' });
    if (/^[A-Z]/.test(name) && !(COMPONENTS as readonly string[]).includes(name))
      findings.push(unknownComponent(name, file, place));
    if (isExpression(node) && valueOf(node, values) === undefined)
      findings.push(unknownExpression(node.value ?? '', file, place, values));
    node.children?.forEach(visit);
  };
  visit(page.root);
}

/** Links in the descriptions of the frontmatter, and where its entries say that they are documented. */
function linksOfFrontmatter({ yaml, firstLine }: Frontmatter): Link[] {
  return yaml.split('\n').flatMap((text, index) =>
    [...text.matchAll(/\]\(([^)\s]+)\)|^[\s-]*url:\s*['"]?([^'"\s]+)/g)].map((match) => {
      const url = match[1] ?? match[2] ?? '';
      return { line: firstLine + index, column: match.index + match[0].lastIndexOf(url) + 1, url };
    }),
  );
}

/** The names that a module's line exports, where their values stand there as literals. */
function literalsOf(code: string): [name: string, value: unknown][] {
  return [...code.matchAll(/^export const ([\w$]+)\s*=\s*(.+?);?\s*$/gm)].flatMap(([, name = '', text = '']) => {
    const literal = readLiteral(text);
    return literal === undefined ? [] : [[name, literal]];
  });
}

function readLiteral(text: string): string | number | boolean | undefined {
  const [, , quoted] = /^(['"`])([^'"`\\$]*)\1$/.exec(text) ?? [];
  if (quoted !== undefined) return quoted;
  if (text === 'true' || text === 'false') return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : undefined;
}

/** The text that an expression stands for: nothing for a comment; undefined where that is not known here. */
export function valueOf({ value = '' }: Node, values: ReadonlyMap<string, unknown>): string | undefined {
  const code = value.replaceAll(/\/\*.*?\*\/|\/\/.*$/gms, '').trim();
  if (code === '') return '';
  const literal = readLiteral(code);
  if (literal !== undefined) return String(literal);
  if (!/^[\w$]+(?:\.[\w$]+)*$/.test(code)) return undefined;
  const [first = '', ...rest] = code.split('.');
  const found = rest.reduce((at: unknown, key) => (at as Record<string, unknown> | null)?.[key], values.get(first));
  return ['string', 'number', 'boolean'].includes(typeof found) ? String(found) : undefined;
}

function pathFinding(file: string, path: string): Finding {
  return {
    code: 'page-path',
    file,
    line: 1,
    message: `Cannot give the page an address: its path ${path} contains one of % ? # \\`,
    fix: 'Rename the file.',
  };
}

function unknownComponent(name: string, file: string, place: Place): Finding {
  const nearest = nearestName(name, COMPONENTS);
  return {
    code: 'component-unknown',
    file,
    ...place,
    message: `Cannot draw <${name}>: pages have ${COMPONENTS.join(', ')}`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Correct the name, or put the text in backticks.',
  };
}

function unknownExpression(code: string, file: string, place: Place, values: ReadonlyMap<string, unknown>): Finding {
  const nearest = nearestName(code, [...values.keys()]);
  return {
    code: 'expression-unknown',
    file,
    ...place,
    message: `Cannot write {${code}} as text: it is neither a literal, nor names one that the page exports or its frontmatter has`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Name a literal such as export const limit = 5, or escape the brace: \\{.',
  };
}

/** The page that a file is: `content/a/index.mdx` → `/a`. */
export function pathOf(file: string): string {
  if (file === CHANGELOG_FILE) return '/changelog';
  return `/${file
    .replace(/^[^/]+\//, '')
    .replace(/\.mdx$/, '')
    .replace(/(^|\/)index$/, '')}`;
}
