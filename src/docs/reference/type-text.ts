/** A documented type such as `User[] | null` → its parts, with entries of the language linked. */
import type { TypePart } from './model.ts';

/** Quoted literals, names, and what stands between them. */
const PART = /"[^"]*"|'[^']*'|[A-Za-z_$][\w$]*|[^A-Za-z_$"']+|["']/g;

/** Splits `type`; `hrefOf` says where a name leads, or undefined where it is no entry. */
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
