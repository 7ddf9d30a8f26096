/** The text of a module → the same text with one small change each, of which most must make a test fail. */
import { parseAst } from 'rolldown/parseAst';

export interface Mutant {
  /** Path of the file, relative to the root. */
  file: string;
  /** Counted from 1. */
  line: number;
  /** The changed expression, as it is and as it becomes. */
  from: string;
  to: string;
  /** The whole text with the change. */
  text: string;
}

/** What the parser gives for every piece of code. */
interface Node {
  type: string;
  start: number;
  end: number;
  [key: string]: unknown;
}

interface Change {
  start: number;
  end: number;
  to: string;
}

const OPERATORS: Readonly<Record<string, string>> = {
  '<': '<=',
  '<=': '<',
  '>': '>=',
  '>=': '>',
  '===': '!==',
  '!==': '===',
  '+': '-',
  '-': '+',
  '*': '/',
  '/': '*',
  '&&': '||',
  '||': '&&',
  '??': '&&',
  '+=': '-=',
  '-=': '+=',
};

/** All mutants of `text`, in the order of the code. */
export function makeMutants(file: string, text: string): Mutant[] {
  const changes: Change[] = [];
  visit(parseAst(text, { lang: 'ts' }) as unknown as Node, text, changes);
  return changes
    .sort((a, b) => a.start - b.start)
    .map(({ start, end, to }) => ({
      file,
      line: text.slice(0, start).split('\n').length,
      from: text.slice(start, end),
      to,
      text: text.slice(0, start) + to + text.slice(end),
    }));
}

function visit(node: Node, text: string, changes: Change[]): void {
  // Types, and what only names a module, have no effect.
  if (/^TS(?!AsExpression|NonNull|Satisfies)|^(?:Import|Export(?:All|Named)Declaration$)/.test(node.type)) {
    const inner = node.type === 'ExportNamedDeclaration' ? node['declaration'] : undefined;
    if (isNode(inner)) visit(inner, text, changes);
    return;
  }
  changes.push(...changesOf(node, text));
  for (const [key, child] of Object.entries(node)) {
    if (key === 'typeAnnotation' && node.type !== 'TSAsExpression') continue;
    for (const each of Array.isArray(child) ? child : [child]) if (isNode(each)) visit(each, text, changes);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && typeof (value as Partial<Node>).type === 'string';
}

function changesOf(node: Node, text: string): Change[] {
  const { type, start, end } = node;
  const source = text.slice(start, end);
  switch (type) {
    case 'Literal':
      if (typeof node['value'] === 'number') return [{ start, end, to: node['value'] === 0 ? '1' : `(${source} * 2)` }];
      if (typeof node['value'] === 'boolean') return [{ start, end, to: String(!node['value']) }];
      return [];
    case 'BinaryExpression':
    case 'LogicalExpression':
    case 'AssignmentExpression':
      return swapOperator(node, text);
    case 'UnaryExpression':
      return node['operator'] === '!' ? [{ start, end, to: text.slice((node['argument'] as Node).start, end) }] : [];
    case 'IfStatement':
    case 'ConditionalExpression':
      return ['true', 'false'].map((to) => ({ ...placeOf(node['test'] as Node), to }));
    case 'ExpressionStatement':
      return /^(?:Call|Await|Assignment)Expression$/.test((node['expression'] as Node).type) &&
        !source.startsWith('super')
        ? [{ start, end, to: '{}' }]
        : [];
    default:
      return [];
  }
}

function placeOf({ start, end }: Node): Omit<Change, 'to'> {
  return { start, end };
}

function swapOperator(node: Node, text: string): Change[] {
  const { left, right, operator } = node as unknown as { left: Node; right: Node; operator: string };
  const other = OPERATORS[operator];
  const start = text.indexOf(operator, left.end);
  // A sum of texts is no sum.
  const isText = operator === '+' && /['"`]/.test(text.slice(node.start, node.end));
  return other === undefined || isText || start > right.start
    ? []
    : [{ start, end: start + operator.length, to: other }];
}
