/** A documented type such as `User[] | null` → its parts: those to link, or those of the union. */
import type { TypePart } from './model.ts';

/** Quoted literals, names, and the text between them. */
const PART = /"[^"]*"|'[^']*'|[A-Za-z_$][\w$]*|[^A-Za-z_$"']+|["']/g;

/** Splits `type`; `hrefOf` returns the link of a name, or undefined if it is not an entry. */
export function parseType(type: string, hrefOf: (name: string) => string | undefined): TypePart[] {
  const parts: TypePart[] = [];
  for (const [text] of type.matchAll(PART)) {
    const href = /^[A-Za-z_$]/.test(text) ? hrefOf(text) : undefined;
    const last = parts.at(-1);
    if (href !== undefined) parts.push({ text, href });
    else if (last && last.href === undefined) last.text += text;
    else parts.push({ text });
  }
  return parts;
}

/** The parts of a union, split outside brackets and quotes; an empty text has none. */
export function splitUnion(text: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const [token] of text.matchAll(/"[^"]*"|'[^']*'|=>|[\s\S]/g)) {
    if (/^[[({<]$/.test(token)) depth++;
    if (/^[\])}>]$/.test(token)) depth--;
    if (token === '|' && depth === 0) parts.push('');
    else parts[parts.length - 1] += token;
  }
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}
