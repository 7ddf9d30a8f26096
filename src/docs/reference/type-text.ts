/** A documented type such as `User[] | null` → its parts, with links to entries of the language. */
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
