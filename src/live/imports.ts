/** The imports of a program → names taken from the helpers, which are the only package in the sandbox; lines stay where they were. */

const PACKAGE = 'authkit-session-helpers';
const NAMED = /^import\s+(\{[^}]*\})\s+from\s+(['"])([^'"]+)\2;?/gm;
const ANY = /^[ \t]*import\b[^'"(]*(?:(['"])([^'"]+)\1)?/m;

/** What a script imports from the helpers, by their names. */
export function importedNames(script: string): string[] {
  const lists = [...script.matchAll(NAMED)].filter(([, , , specifier]) => specifier === PACKAGE);
  return lists.flatMap(([, names = '']) => [...names.matchAll(/([\w$]+)(?:\s+as\s+[\w$]+)?\s*[,}]/g)].map(([, name = '']) => name));
}

/** Throws a SyntaxError for an import of anything else, or of the whole package. */
export function bindImports(script: string): string {
  const bound = script.replaceAll(NAMED, (whole, names: string, _quote, specifier: string) =>
    specifier === PACKAGE ? `const ${names.replaceAll(/\bas\b/g, ':')} = helpers;` : whole,
  );
  const [, , specifier] = ANY.exec(bound) ?? [];
  if (specifier === PACKAGE) throw new SyntaxError(`Cannot import all of "${PACKAGE}": import { names } from it`);
  if (specifier !== undefined) throw new SyntaxError(`Cannot import "${specifier}": "${PACKAGE}" is the only package here`);
  return bound;
}
