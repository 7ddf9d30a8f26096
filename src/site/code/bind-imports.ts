/**
 * The imports of a program → calls for what the helpers export, which are the only package in the sandbox; lines stay
 * where they were.
 */

const PACKAGE = 'authkit-session-helpers';
const NAMED = /^import\s+(\{[^}]*\})\s+from\s+(['"])([^'"]+)\2;?/gm;
const ANY = /^[ \t]*import\b[^'"(]*(?:(['"])([^'"]+)\1)?/m;
const NAME = /([\w$]+)(?:\s+as\s+[\w$]+)?\s*[,}]/g;

/**
 * `import { a as b }` → `const { a : b } = await helpers('a')`. For an import of anything else, or of
 * the whole package, throws a SyntaxError with the line in `loc`.
 */
export function bindImports(script: string): string {
  const bound = script.replaceAll(NAMED, (whole, names: string, _quote, specifier: string) => {
    if (specifier !== PACKAGE) return whole;
    const asked = [...names.matchAll(NAME)].map(([, name = '']) => `'${name}'`);
    return `const ${names.replaceAll(/\bas\b/g, ':')} = await helpers(${asked.join(', ')});`;
  });
  const left = ANY.exec(bound);
  if (left?.[2] === undefined) return bound;
  const message =
    left[2] === PACKAGE
      ? `Cannot import all of "${PACKAGE}": import { names } from it`
      : `Cannot import "${left[2]}": "${PACKAGE}" is the only package here`;
  throw Object.assign(new SyntaxError(message), { loc: { line: bound.slice(0, left.index).split('\n').length } });
}
