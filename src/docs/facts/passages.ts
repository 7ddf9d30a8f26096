/** Pages, other Markdown files and doc comments → passages: what a reader reads in one go, and where each part is. */
import { type Node, type PageTree, type Place, attributesOf, isExpression } from '../pages/index.ts';

/** A paragraph, heading, table cell, description or doc comment as plain text, with code between backticks. */
export interface Passage {
  file: string;
  /** One line; every line break has become a space. */
  text: string;
  /** Line and column of a character of `text`. */
  locate(index: number): Place;
  /** Of a doc comment: the code below it, if it declares something exported or a part of it. */
  declares?: string;
}

/** Attributes that readers see or hear. */
const SPOKEN = ['title', 'alt', 'aria-label', 'markdown'];
/** Fields of the frontmatter that hold sentences. */
const SENTENCES = ['description', 'descriptions'];

/** The passages of a page, those of attributes, of titles of fences and of its frontmatter included. */
export function passagesOf(page: PageTree): Passage[] {
  return [
    ...passagesOfText(page),
    ...passagesOfAttributes(page),
    ...passagesOfFenceTitles(page),
    ...passagesOfFrontmatter(page),
  ];
}

function passagesOfFenceTitles({ file, fences }: PageTree): Passage[] {
  return fences.flatMap(({ title = '', line, column }) =>
    /\s/.test(title) ? [onePlace(file, title, { line, column })] : [],
  );
}

/**
 * `<CodeBlock title="Sign in" file="sign-in" referenceId="sign_in" />` → `Sign in | sign-in | sign_in`: which example and
 * which reference entry a title belongs to.
 */
export function passagesOfExamples({ file, root }: PageTree): Passage[] {
  const visit = (node: Node): Passage[] => {
    const { title, file: example, referenceId } = attributesOf(node);
    const own =
      title === undefined || example === undefined
        ? []
        : [[title, example, ...(referenceId === undefined ? [] : [referenceId])].join(' | ')];
    return [...own.map((text) => onePlace(file, text, placeOf(node))), ...(node.children ?? []).flatMap(visit)];
  };
  return visit(root);
}

function passagesOfAttributes({ file, root }: PageTree): Passage[] {
  const visit = (node: Node): Passage[] => [
    ...Object.entries(attributesOf(node))
      .filter(([name, value]) => SPOKEN.includes(name) && /\s/.test(value))
      .map(([, value]) => onePlace(file, value, placeOf(node))),
    ...(node.children ?? []).flatMap(visit),
  ];
  return visit(root);
}

/** What readers see in the text of a page. Elements named in `without` are left out. */
export function passagesOfText(page: PageTree, without: readonly string[] = []): Passage[] {
  const passages: Passage[] = [];
  const visit = (node: Node): void => {
    if (without.includes(node.name ?? '')) return;
    const children = node.children ?? [];
    if (node.type === 'tableRow') passages.push(joinLeaves(page.file, children.flatMap(leavesOfCell)));
    else if (children.some(isInline)) passages.push(joinLeaves(page.file, leavesOf(node)));
    else children.forEach(visit);
  };
  visit(page.root);
  return passages;
}

function isInline({ type }: Node): boolean {
  return type === 'text' || type === 'inlineCode';
}

function leavesOf(node: Node): { text: string; place: Place }[] {
  const place = placeOf(node);
  if (node.type === 'text') return [{ text: node.value ?? '', place }];
  if (node.type === 'inlineCode') return [{ text: `\`${node.value ?? ''}\``, place }];
  if (node.type === 'break' || isExpression(node)) return [{ text: ' ', place }];
  return (node.children ?? []).flatMap(leavesOf);
}

/** A row is one passage, since its first cell says what the others are about. */
function leavesOfCell(cell: Node, index: number): { text: string; place: Place }[] {
  return [...(index > 0 ? [{ text: ' | ', place: placeOf(cell) }] : []), ...leavesOf(cell)];
}

function placeOf({ position }: Node): Place {
  return { line: position?.start.line ?? 1, column: position?.start.column ?? 1 };
}

function joinLeaves(file: string, leaves: readonly { text: string; place: Place }[]): Passage {
  const locate = (index: number): Place => {
    let before = index;
    for (const { text, place } of leaves) {
      if (before < text.length) {
        const lines = text.slice(0, before).split('\n');
        return lines.length === 1
          ? { line: place.line, column: place.column + before }
          : { line: place.line + lines.length - 1, column: (lines.at(-1)?.length ?? 0) + 1 };
      }
      before -= text.length;
    }
    return leaves.at(-1)?.place ?? { line: 1, column: 1 };
  };
  return { file, text: plain(leaves.map(({ text }) => text).join('')), locate };
}

function passagesOfFrontmatter({ file, frontmatter }: PageTree): Passage[] {
  const passages: Passage[] = [];
  const visit = (value: unknown, path: readonly (string | number)[], isSentence: boolean): void => {
    if (typeof value === 'string' && isSentence && !/^\([\w.]+\)$/.test(value))
      // Positions take long to find, and are only needed for findings.
      passages.push({ file, text: plain(value), locate: () => frontmatter.locate(path) });
    else if (typeof value === 'object' && value !== null)
      for (const [key, each] of Object.entries(value))
        visit(each, [...path, Array.isArray(value) ? Number(key) : key], isSentence || SENTENCES.includes(key));
  };
  visit(frontmatter.values, [], false);
  return passages;
}

/** The paragraphs of the doc comments of a program, the comments that fill whole lines, and the text of `--help`. */
export function passagesOfComments(file: string, code: string): Passage[] {
  return [
    ...passagesOfDocComments(file, code),
    ...passagesOfHelp(file, code),
    ...passagesOfLines(file, code.replace(/^(?:\/\/|#) Output:[^]*/m, '')),
  ];
}

/** The paragraphs of `const HELP`, and each of its options. */
function passagesOfHelp(file: string, code: string): Passage[] {
  return [...code.matchAll(/^const HELP = `([^`]*)`/gm)].flatMap(({ 1: help = '', index }) => {
    const line = code.slice(0, index).split('\n').length;
    return [...help.matchAll(/^(?: {2,}.+|\S.*(?:\n\S.*)*)/gm)].map(({ 0: text, index: at }) =>
      joinLeaves(file, [
        { text: text.trim(), place: { line: line + help.slice(0, at).split('\n').length - 1, column: 1 } },
      ]),
    );
  });
}

/** `// One` and `// two.` below it are one passage. Lines of directives, such as `// @throws`, are not read. */
function passagesOfLines(file: string, code: string): Passage[] {
  const mark = /\.(?:ts|mts|js)$/.test(file) ? '//' : '#';
  const pattern = new RegExp(`(?:^[ \\t]*${mark} (?![@#]).*\\n?)+`, 'gm');
  return [...code.matchAll(pattern)].map(({ 0: found, index }) => {
    const text = found.replaceAll(new RegExp(`^[ \\t]*${mark} `, 'gm'), '').trimEnd();
    return joinLeaves(file, [{ text, place: { line: code.slice(0, index).split('\n').length, column: 1 } }]);
  });
}

function passagesOfDocComments(file: string, code: string): Passage[] {
  return [...code.matchAll(/\/\*\*([^]*?)\*\//g)].flatMap(({ 0: whole, index }) => {
    const firstLine = code.slice(0, index).split('\n').length;
    const lines = whole.split('\n').map((line) => line.replace(/^\s*\/?\*+\/? ?|\s*\*\/$/g, ''));
    const paragraphs: { line: number; text: string }[] = [];
    for (const [offset, line] of lines.entries()) {
      const last = paragraphs.at(-1);
      if (last && line.trim() !== '' && !/^\s*(?:@|- )/.test(line) && lines[offset - 1]?.trim() !== '')
        last.text += `\n${line.trim()}`;
      else if (line.trim() !== '') paragraphs.push({ line: firstLine + offset, text: line.trim() });
    }
    const declares = exportedBelow(code, index, index + whole.length);
    return paragraphs.map(({ line, text }) => ({
      ...joinLeaves(file, [{ text, place: { line, column: 1 } }]),
      ...(declares !== undefined && { declares }),
    }));
  });
}

/** The code from a comment to the next one or to an empty line, if callers can use it. */
function exportedBelow(code: string, start: number, end: number): string | undefined {
  const [below = ''] = /^(?:(?!\n\s*(?:\n|\/\*\*))[^])*/.exec(code.slice(end).trimStart()) ?? [];
  const isMember = /\n[ \t]+$/.test(code.slice(0, start));
  // Of members, the nearest line above without an indent begins what they belong to.
  const owner = isMember
    ? (code
        .slice(0, start)
        .match(/^\w.*$/gm)
        ?.at(-1) ?? '')
    : below;
  return owner.startsWith('export ') && !/^(?:#|private )/.test(below) ? below : undefined;
}

/** A passage all of which is reported at one place. */
export function onePlace(file: string, text: string, place: Place): Passage {
  return { file, text: plain(text), locate: () => place };
}

/** Quotation marks as typed, and no line breaks; as long as the text. */
function plain(text: string): string {
  return text.replaceAll(/\s/g, ' ').replaceAll(/[‘’]/g, "'").replaceAll(/[“”]/g, '"');
}
