/** Code in MDX: `export const` lines and `{expressions}` → values, and the names that an expression needs. */
import { type Node, isExpression } from './syntax.ts';

/** The exported names of a module line whose values are literals. */
export function literalsOf(code: string): [name: string, value: unknown][] {
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

/** Whether the node is an expression whose value is unknown. */
export function isUnknown(node: Node, values: ReadonlyMap<string, unknown>): boolean {
  return isExpression(node) && valueOf(node, values) === undefined;
}

/** The name that an attribute's expression needs and nothing defines, if any. Code with functions is not examined. */
export function undefinedName(code: string, defined: ReadonlySet<string>): string | undefined {
  if (/=>|\bfunction\b|\bclass\b/.test(code)) return undefined;
  const plain = code
    .replaceAll(/\/\*.*?\*\/|\/\/.*$/gms, ' ')
    .replaceAll(/'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`/gs, "''")
    // Keys of objects.
    .replaceAll(/([{,]\s*)[\p{ID_Start}$_][\p{ID_Continue}$]*\s*:/gu, '$1');
  const names = plain.matchAll(/(?<![\p{ID_Continue}$.])[\p{ID_Start}$_][\p{ID_Continue}$]*/gu);
  return [...names]
    .map(([name]) => name)
    .find((name) => !defined.has(name) && !WORDS.has(name) && !(name in globalThis));
}

const WORDS = new Set('true false null undefined new typeof void in of instanceof this await props'.split(' '));
