/** The text of one MDX file → its tree, and the facts that the other modules read from it. */
import Slugger from 'github-slugger';
import { mdxToMdast } from 'satteri';
import { type Finding, nearestName } from '../findings/index.ts';
import { type CodeBlockUse, readCodeBlock } from './code-blocks.ts';
import { type Frontmatter, readFrontmatter } from './frontmatter.ts';
import { type Heading, type Node, type Place, attributesOf, isExpression, textOf } from './syntax.ts';

/** Markdown features; the same as in Astro's configuration, since heading ids depend on them. */
export const FEATURES = { gfm: true, smartPunctuation: true } as const;

/** The only page in the project root, where users of the package expect it. */
export const CHANGELOG_FILE = 'CHANGELOG.md';

export interface Link extends Place {
  url: string;
  /** Whether the page shows it as an image. */
  isImage?: boolean;
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
  blocks: CodeBlockUse[];
  links: Link[];
  catalogues: CatalogueUse[];
  /** Values that `{expressions}` on the page can use: literals of `export const`, and `frontmatter`. */
  values: ReadonlyMap<string, unknown>;
  findings: Finding[];
}

/** Components that pages can use; the route passes in the same ones. */
export const COMPONENTS = ['CodeBlock', 'CodeBlockTab', 'Callout', 'ErrorCatalogue', 'Install'] as const;

/** Reads one page. Errors are in its `findings`. */
export function readPageTree(source: string, file: string, components: readonly string[] = []): PageTree {
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
  readNodes(page, [...COMPONENTS, ...components]);
  return page;
}

/** Parses the text; returns a tree without children if it does not parse. Errors begin with `line:column: `. */
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

/** Finds the code blocks of a page with a syntax error, so that its snippets do not seem unused. */
function scanCodeBlocks(text: string): CodeBlockUse[] {
  return [...text.matchAll(/<CodeBlock(?:Tab)?\s[^>]*?\bfile="([^"]*)"/g)].map(({ index, 1: name = '' }) => {
    const before = text.slice(0, index).split('\n');
    const [line, column] = [before.length, (before.at(-1)?.length ?? 0) + 1];
    return { file: name, line, column, endLine: line, tabs: [] };
  });
}

function readNodes(page: PageTree, components: readonly string[]): void {
  const imported = importsOf(page.root);
  const { file, findings } = page;
  const values = new Map(page.values);
  page.values = values;
  const slugger = new Slugger();
  const imageNames = new Set(
    nodesOf(page.root).flatMap((node) => (node.type === 'imageReference' ? (node.identifier ?? '') : [])),
  );
  const isImage = ({ type, identifier = '' }: Node) =>
    type === 'image' || (type === 'definition' && imageNames.has(identifier));
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
    // A link, a link definition, or an image.
    if (node.url !== undefined) page.links.push({ ...place, url: node.url, ...(isImage(node) && { isImage: true }) });
    if (name === 'img') page.links.push({ ...place, url: attributesOf(node)['src'] ?? '', isImage: true });
    if (name === 'a') page.links.push({ ...place, url: attributesOf(node)['href'] ?? '' });
    if (name === 'CodeBlock')
      page.blocks.push(readCodeBlock(node, { ...place, endLine: end.line }, page.headings.at(-1), file, findings));
    if (name === 'ErrorCatalogue') page.catalogues.push({ ...place, list: attributesOf(node)['appears'] ?? '' });
    if (/^[A-Z]/.test(name) && !components.includes(name) && !imported.has(name.split('.')[0] ?? ''))
      findings.push(unknownComponent(name, components, file, place));
    else if (isOwnComponent(node) && !node.children?.length && attributesOf(node)['markdown'] === undefined)
      findings.push(componentWithoutMarkdown(name, file, place));
    if (isExpression(node) && valueOf(node, values) === undefined)
      findings.push(unknownExpression(node.value ?? '', file, place, values));
    node.children?.forEach(visit);
  };
  visit(page.root);
}

function nodesOf(node: Node): Node[] {
  return [node, ...(node.children ?? []).flatMap(nodesOf)];
}

/** The names that the page imports. */
function importsOf({ children = [] }: Node): ReadonlySet<string> {
  const code = children.flatMap(({ type, value = '' }) => (type === 'mdxjsEsm' ? value : [])).join('\n');
  const clauses = [...code.matchAll(/^import\s+([^'"]+?)\s+from\s/gm)].map(([, clause = '']) => clause);
  return new Set(
    clauses.flatMap((clause) =>
      clause
        .replaceAll(/[{}*]/g, ',')
        .split(',')
        .flatMap((part) => /([\w$]+)\s*$/.exec(part)?.[1] ?? []),
    ),
  );
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

/** The exported names of a module line whose values are literals. */
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

/** The text of an expression: empty for a comment, undefined if its value is unknown. */
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
    message: `Cannot create the page's address: its path ${path} contains one of % ? # \\`,
    fix: 'Rename the file.',
  };
}

function unknownComponent(name: string, components: readonly string[], file: string, place: Place): Finding {
  const nearest = nearestName(name, components);
  return {
    code: 'component-unknown',
    file,
    ...place,
    message: `Cannot draw <${name}>: pages have ${components.join(', ')}`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Correct the name, import the component, or put the text in backticks.',
  };
}

/** A component that the project brings; what it draws is known to nobody but the browser. */
function isOwnComponent({ name }: Node): boolean {
  return /^[A-Z]/.test(name ?? '') && !(COMPONENTS as readonly string[]).includes(name ?? '');
}

function componentWithoutMarkdown(name: string, file: string, place: Place): Finding {
  return {
    code: 'component-without-markdown',
    file,
    ...place,
    message: `Cannot write <${name}> as Markdown: it has neither content nor a markdown attribute`,
    fix: 'Add markdown="…" with the text for the Markdown version of the page; it may be empty.',
  };
}

function unknownExpression(code: string, file: string, place: Place, values: ReadonlyMap<string, unknown>): Finding {
  const nearest = nearestName(code, [...values.keys()]);
  return {
    code: 'expression-unknown',
    file,
    ...place,
    message: `Cannot write {${code}} as text: it is not a literal, an exported literal or a frontmatter value`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Name a literal such as export const limit = 5, or escape the brace: \\{.',
  };
}

/** URL path of a file: `content/a/index.mdx` → `/a`. */
export function pathOf(file: string): string {
  if (file === CHANGELOG_FILE) return '/changelog';
  return `/${file
    .replace(/^[^/]+\//, '')
    .replace(/\.mdx$/, '')
    .replace(/(^|\/)index$/, '')}`;
}
