/** The text of one MDX file → its frontmatter, headings, code blocks and links, each with its place. */
import Slugger from 'github-slugger';
import { mdxToMdast } from 'satteri';
import { type Finding, nearestName } from '../../findings/index.ts';
import { CATALOGUE_LISTS } from '../catalogue.ts';

/** The one page that lies at the project's root, where those who use the package look for it. */
export const CHANGELOG_FILE = 'CHANGELOG.md';

export interface Place {
  line: number;
  column: number;
}

export interface Heading extends Place {
  depth: number;
  text: string;
  /** Fragment id that the heading gets on the page. */
  slug: string;
}

/** `<CodeBlockTab>` as written. */
export interface CodeBlockTabUse extends Place {
  title?: string;
  file?: string;
  language?: string;
  region?: string;
}

/** `<CodeBlock>` as written; attributes are text, absent ones left out. */
export interface CodeBlockUse extends Place {
  referenceId?: string;
  title?: string;
  file?: string;
  /** The region of the program to show; all of it when left out. */
  region?: string;
  /** Its `<CodeBlockTab>` children, in order. */
  tabs: CodeBlockTabUse[];
  /** The heading it stands under, if any. */
  under?: Heading;
  /** Last line of the element. */
  endLine: number;
}

export interface Link extends Place {
  url: string;
}

export interface PageSource {
  /** Path of the file from the project's root. */
  file: string;
  /** Path of the page in the site: `content/a/index.mdx` → `/a`. */
  path: string;
  text: string;
  yaml: string;
  /** Line on which the YAML begins. */
  yamlLine: number;
  /** Text of the first paragraph; empty where there is none. */
  lede: string;
  headings: Heading[];
  blocks: CodeBlockUse[];
  links: Link[];
  /** The lists of the error catalogue that the page shows. */
  catalogueLists: string[];
  findings: Finding[];
}

/** A node of the syntax tree, as far as this file reads it. */
interface Node {
  type: string;
  name?: string | null;
  depth?: number;
  value?: string;
  url?: string;
  position?: { start: Place; end: Place };
  attributes?: { type: string; name?: string; value?: unknown }[];
  children?: Node[];
}

const ATTRIBUTES: Record<string, readonly string[]> = {
  CodeBlock: ['referenceId', 'title', 'file', 'region'],
  CodeBlockTab: ['title', 'file', 'language', 'region'],
};

/** What a page may use; the route that draws pages hands in the same. */
const COMPONENTS = [...Object.keys(ATTRIBUTES), 'Callout', 'ErrorCatalogue'];

/** Reads one page. What cannot be read is among its `findings`. */
export function readPageSource(text: string, file: string): PageSource {
  const source: PageSource = {
    file,
    path: pathOf(file),
    text,
    yaml: '',
    yamlLine: 2,
    lede: '',
    headings: [],
    blocks: [],
    links: [],
    catalogueLists: [],
    findings: [],
  };
  if (/[%?#\\]/.test(source.path)) source.findings.push(pathFinding(source));
  const slugger = new Slugger();
  const visit = (node: Node) => {
    const { line, column } = node.position?.start ?? { line: 1, column: 1 };
    if (node.type === 'yaml') {
      source.yaml = node.value ?? '';
      source.links.push(...linksOfMetadata(source.yaml, line));
    }
    if (node.type === 'heading') {
      const heading = textOf(node);
      source.headings.push({ line, column, depth: node.depth ?? 1, text: heading, slug: slugger.slug(heading) });
    }
    if (node.type === 'paragraph') source.lede ||= textOf(node).replaceAll(/\s+/g, ' ');
    // A link, the definition of one that is named, or a picture.
    if (node.url !== undefined) source.links.push({ line, column, url: node.url });
    if (node.name === 'a') source.links.push({ line, column, url: attributesOf(node)['href'] ?? '' });
    if (node.name === 'CodeBlock')
      readCodeBlock(node, { line, column, endLine: node.position?.end.line ?? line }, source);
    if (/^[A-Z]/.test(node.name ?? '') && !COMPONENTS.includes(node.name ?? ''))
      source.findings.push(unknownComponent(node.name ?? '', file, { line, column }));
    if (node.name === 'ErrorCatalogue') readCatalogueList(node, { line, column }, source);
    node.children?.forEach(visit);
  };
  try {
    visit(mdxToMdast(text) as Node);
  } catch (error) {
    source.findings.push(syntaxFinding(error, file));
  }
  return source;
}

function pathFinding({ file, path }: PageSource): Finding {
  return {
    code: 'page-path',
    file,
    line: 1,
    message: `Cannot give the page an address: its path ${path} contains one of % ? # \\`,
    fix: 'Rename the file.',
  };
}

/** Links in the descriptions of the frontmatter, and where its entries say that they are documented. */
function linksOfMetadata(yaml: string, firstLine: number): Link[] {
  return yaml.split('\n').flatMap((text, index) =>
    [...text.matchAll(/\]\(([^)\s]+)\)|^[\s-]*url:\s*['"]?([^'"\s]+)/g)].map((match) => {
      const url = match[1] ?? match[2] ?? '';
      return { line: firstLine + 1 + index, column: match.index + match[0].lastIndexOf(url) + 1, url };
    }),
  );
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

function readCatalogueList(node: Node, place: Place, source: PageSource): void {
  const list = attributesOf(node)['appears'] ?? '';
  source.catalogueLists.push(list);
  if ((CATALOGUE_LISTS as readonly string[]).includes(list)) return;
  const nearest = nearestName(list, CATALOGUE_LISTS);
  source.findings.push({
    code: 'catalogue-list-unknown',
    file: source.file,
    ...place,
    message: `Cannot list the error codes that are "${list}": one of ${CATALOGUE_LISTS.join(', ')} is wanted`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Correct appears="…".',
  });
}

function readCodeBlock(node: Node, { endLine, ...place }: Place & { endLine: number }, source: PageSource): void {
  const children = (node.children ?? []).flatMap((child) => (child.name === null ? (child.children ?? []) : [child]));
  const tabs = children
    .filter(({ name }) => name === 'CodeBlockTab')
    .map((child): CodeBlockTabUse => {
      const at = child.position?.start ?? place;
      return { line: at.line, column: at.column, ...readAttributes(child, at, source) };
    });
  const under = source.headings.at(-1);
  source.blocks.push({ ...place, endLine, tabs, ...readAttributes(node, place, source), ...(under && { under }) });
}

/** The known attributes of a CodeBlock or CodeBlockTab; what cannot be read is a finding. */
function readAttributes(node: Node, place: Place, source: PageSource): Record<string, string> {
  for (const attribute of node.attributes ?? []) {
    if (attribute.type !== 'mdxJsxAttribute' || typeof attribute.value !== 'string') {
      source.findings.push({
        code: 'code-block-attribute',
        file: source.file,
        line: place.line,
        column: place.column,
        message: `Cannot read <${node.name} ${attribute.name ?? '{…}'}>: found an expression, expected plain text in quotes`,
        fix: 'Write the attribute as name="text".',
      });
    }
  }
  const attributes = attributesOf(node);
  const known = (ATTRIBUTES[node.name ?? ''] ?? []).filter((name) => attributes[name]);
  return Object.fromEntries(known.map((name) => [name, attributes[name] ?? '']));
}

function attributesOf(node: Node): Record<string, string> {
  const pairs = (node.attributes ?? []).filter((attribute) => typeof attribute.value === 'string');
  return Object.fromEntries(pairs.map((attribute) => [attribute.name, attribute.value as string]));
}

function textOf(node: Node): string {
  return node.value ?? node.children?.map(textOf).join('') ?? '';
}

/** The page that a file is: `content/a/index.mdx` → `/a`. */
export function pathOf(file: string): string {
  if (file === CHANGELOG_FILE) return '/changelog';
  const path = file
    .replace(/^content\//, '')
    .replace(/\.mdx$/, '')
    .replace(/(^|\/)index$/, '');
  return `/${path}`;
}

/** The parser's errors begin with `line:column: `. */
function syntaxFinding(error: unknown, file: string): Finding {
  const message = error instanceof Error ? error.message : String(error);
  const [, line = '1', column = '1', what = message] = /^(\d+):(\d+): (.*?)(?: \(mdx[\w:-]+\))?$/s.exec(message) ?? [];
  return {
    code: 'mdx-syntax',
    file,
    line: Number(line),
    column: Number(column),
    message: `Cannot read the page: ${what}`,
    fix: 'Close the element or escape the character; text such as a < b needs backticks.',
  };
}
