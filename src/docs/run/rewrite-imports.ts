/** Imports of the package → calls that return its exports, with the same line numbers. */

const NAMED = /^import\s+(\{[^}]*\})\s+from\s+(['"])([^'"]+)\2;?/gm;
const WHOLE = /^import\s+\*\s+as\s+([\w$]+)\s+from\s+(['"])([^'"]+)\2;?/gm;
const ANY = /^[ \t]*import\b[^'"(]*(?:(['"])([^'"]+)\1)?/m;
const NAME = /([\w$]+)(?:\s+as\s+[\w$]+)?\s*[,}]/g;

/**
 * `import { a as b } …` → `const { a : b } = imported('a')`, `import * as all …` → `const all = imported()`. For an
 * import of anything else, it throws a SyntaxError with the line in `loc`.
 */
export function rewriteImports(script: string, packageName: string): string {
  const rewritten = script
    .replaceAll(NAMED, (whole, names: string, _quote, specifier: string) => {
      if (specifier !== packageName) return whole;
      const asked = [...names.matchAll(NAME)].map(([, name = '']) => `'${name}'`);
      return `const ${names.replaceAll(/\bas\b/g, ':')} = imported(${asked.join(', ')});`;
    })
    .replaceAll(WHOLE, (whole, name: string, _quote, specifier: string) =>
      specifier === packageName ? `const ${name} = imported();` : whole,
    );
  const left = ANY.exec(rewritten);
  if (left?.[2] === undefined) return rewritten;
  const message =
    left[2] === packageName
      ? `Cannot import default from "${packageName}": it has no default export, use named imports`
      : `Cannot import "${left[2]}": only "${packageName}" is available here`;
  throw Object.assign(new SyntaxError(message), { loc: { line: rewritten.slice(0, left.index).split('\n').length } });
}
