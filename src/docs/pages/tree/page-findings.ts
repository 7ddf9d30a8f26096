/** Findings about the text of one page. */
import { type Finding, nearestName } from '../../findings/index.ts';
import { type Node, type Place, textOf } from './syntax.ts';

/** Codes of findings without whose fix a page cannot be drawn. */
const BREAKING = ['mdx-syntax', 'frontmatter-yaml', 'component-unknown', 'expression-unknown', 'import-absent'];

/** Whether one of the findings keeps the page from being drawn. */
export function isBroken(findings: readonly Finding[]): boolean {
  return findings.some(({ code }) => BREAKING.includes(code));
}

export function syntaxFinding(file: string, error: unknown): Finding {
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

export function pathFinding(file: string, path: string): Finding {
  return {
    code: 'page-path',
    file,
    line: 1,
    message: `Cannot create the page's address: its path ${path} contains one of % ? # \\`,
    fix: 'Rename the file.',
  };
}

/** Frontmatter that would be shown as text. */
export function frontmatterFindings(text: string, root: Node, file: string): Finding[] {
  const report = (line: number, what: string, fix: string): Finding[] => [
    { code: 'frontmatter-misplaced', file, line, message: `Cannot read the frontmatter: ${what}`, fix },
  ];
  if (root.children?.some(({ type }) => type === 'yaml')) return [];
  if (root.children?.some(({ type }) => type === 'toml'))
    return report(1, 'found TOML between +++, expected YAML between ---', 'Write it as YAML.');
  if (/^---[ \t]*\n/.test(text)) return report(1, 'its closing "---" is missing', 'Add a line "---" after it.');
  const [blank, key] = /^\s+---[ \t]*\n\s*[\w-]+:/.exec(text) ?? [];
  if (blank !== undefined && key === undefined)
    return report(
      blank.split('\n').findIndex((line) => line.startsWith('---')) + 1,
      'it must begin on the first line of the file',
      'Remove what is above it.',
    );
  return [];
}

/** Marks of Markdown, or of git, that would be shown as text. */
export function textFindings({ value = '' }: Node, file: string, place: Place): Finding[] {
  const undefinedNames = value.matchAll(/\[(\^[^\]\s]+)\]|\[[^\]\n]+\]\[([^\]\n]*)\]/g);
  return [...undefinedNames].map(({ 0: written, 1: footnote }) => ({
    code: 'reference-undefined',
    file,
    ...place,
    message: `Cannot follow ${written}: the page does not define ${footnote === undefined ? 'its address' : 'the footnote'}`,
    fix: `Add a line "[…]: …" that defines it, or put the text in backticks.`,
  }));
}

/** A heading or a link without text, which nobody can see. */
export function emptyFindings(node: Node, file: string, place: Place): Finding[] {
  if (node.type !== 'heading' && node.type !== 'link') return [];
  if (textOf(node).trim() !== '' || hasImage(node)) return [];
  return [
    {
      code: 'text-empty',
      file,
      ...place,
      message: `Cannot show the ${node.type}: it has no text`,
      fix: 'Write its text, or remove it.',
    },
  ];
}

function hasImage({ type, name, children = [] }: Node): boolean {
  return type === 'image' || type === 'imageReference' || Boolean(name) || isCode(type) || children.some(hasImage);
}

function isCode(type: string): boolean {
  return type === 'inlineCode' || type.startsWith('mdx');
}

/** Marks that git leaves in a file with a conflict. */
export function conflictFindings(text: string, file: string): Finding[] {
  const line = text.split('\n').findIndex((each) => /^(?:<{7}|>{7}) \S/.test(each));
  if (line === -1) return [];
  return [
    {
      code: 'merge-conflict',
      file,
      line: line + 1,
      message: 'Cannot read the page: it contains an unresolved merge conflict',
      fix: 'Choose one side, and remove the marks.',
    },
  ];
}

export function unknownComponent(name: string, components: readonly string[], file: string, place: Place): Finding {
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

export function componentWithoutMarkdown(name: string, file: string, place: Place): Finding {
  return {
    code: 'component-without-markdown',
    file,
    ...place,
    message: `Cannot write <${name}> as Markdown: it has neither content nor a markdown attribute`,
    fix: 'Add markdown="…" with the text for the Markdown version of the page; it may be empty.',
  };
}

export function unknownExpression(code: string, file: string, place: Place, names: Iterable<string>): Finding {
  const nearest = nearestName(code, names);
  return {
    code: 'expression-unknown',
    file,
    ...place,
    message: `Cannot write {${code}} as text: it is not a literal, an exported literal or a frontmatter value`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Name a literal such as export const limit = 5, or escape the brace: \\{.',
  };
}

export function undefinedInAttribute(name: string, element: string, file: string, place: Place): Finding {
  return {
    code: 'expression-unknown',
    file,
    ...place,
    message: `Cannot draw <${element}>: an attribute needs "${name}", which the page neither imports nor exports`,
    fix: 'Correct the name, or import it.',
  };
}

export function absentImport(specifier: string, file: string, place: Place): Finding {
  return {
    code: 'import-absent',
    file,
    ...place,
    message: `Cannot import ${specifier}: there is no such file`,
    fix: 'Correct the path, which is relative to the page.',
  };
}
