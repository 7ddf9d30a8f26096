/** A `<CodeBlock>` of a page's tree → its attributes and tabs, with their positions. */
import { type Finding, nearestName } from '../../findings/index.ts';
import { type Heading, type Node, type Place, attributesOf, textOf } from './syntax.ts';

/** `<CodeBlockTab>` as written. */
export interface CodeBlockTabUse extends Place {
  title?: string;
  file?: string;
  language?: string;
  region?: string;
}

/** `<CodeBlock>` as written; attributes are strings, absent ones are left out. */
export interface CodeBlockUse extends Place {
  referenceId?: string;
  title?: string;
  file?: string;
  /** The region of the snippet to show; default all of it. */
  region?: string;
  /** Its `<CodeBlockTab>` children, in order. */
  tabs: CodeBlockTabUse[];
  /** The heading above it, if any. */
  under?: Heading;
  /** Last line of the element. */
  endLine: number;
}

const ATTRIBUTES: Record<string, readonly string[]> = {
  CodeBlock: ['referenceId', 'title', 'file', 'region'],
  CodeBlockTab: ['title', 'file', 'language', 'region'],
};

/** Reads the element `node`; invalid attributes are added to `findings`. */
export function readCodeBlock(
  node: Node,
  place: Place & { endLine: number },
  under: Heading | undefined,
  file: string,
  findings: Finding[],
): CodeBlockUse {
  const children = (node.children ?? []).flatMap((child) => (child.name === null ? (child.children ?? []) : [child]));
  const others = children.filter(({ name, type, ...child }) => {
    const isComment = type.endsWith('Expression') && /^\s*\/\*/.test(child.value ?? '');
    return name !== 'CodeBlockTab' && !isComment && (textOf({ type, ...child }).trim() !== '' || Boolean(name));
  });
  for (const child of others) findings.push(unshownChild(file, child.position?.start ?? place));
  const tabs = children
    .filter(({ name }) => name === 'CodeBlockTab')
    .map((child): CodeBlockTabUse => {
      const { line, column } = child.position?.start ?? place;
      return { line, column, ...readAttributes(child, { line, column }, file, findings) };
    });
  return { ...place, tabs, ...readAttributes(node, place, file, findings), ...(under && { under }) };
}

function readAttributes(
  node: Node,
  { line, column }: Place,
  file: string,
  findings: Finding[],
): Record<string, string> {
  for (const attribute of node.attributes ?? []) {
    if (attribute.type === 'mdxJsxAttribute' && typeof attribute.value === 'string') continue;
    findings.push({
      code: 'code-block-attribute',
      file,
      line,
      column,
      message: `Cannot read <${node.name} ${attribute.name ?? '{…}'}>: found an expression, expected plain text in quotes`,
      fix: 'Write the attribute as name="text".',
    });
  }
  const attributes = attributesOf(node);
  const names = ATTRIBUTES[node.name ?? ''] ?? [];
  for (const name of Object.keys(attributes)) {
    if (names.includes(name)) continue;
    const nearest = nearestName(name, names);
    findings.push({
      code: 'code-block-attribute',
      file,
      line,
      column,
      message: `Cannot read <${node.name} ${name}>: there is no such attribute, expected one of ${names.join(', ')}`,
      ...(nearest !== undefined && { nearest }),
      fix: 'Correct the name of the attribute, or remove it.',
    });
  }
  const known = names.filter((name) => attributes[name]);
  return Object.fromEntries(known.map((name) => [name, attributes[name] ?? '']));
}

function unshownChild(file: string, { line, column }: Place): Finding {
  return {
    code: 'code-block-children',
    file,
    line,
    column,
    message: 'Cannot show what is inside the CodeBlock: it can only contain <CodeBlockTab>',
    fix: 'Move the text out of the CodeBlock.',
  };
}
