/** A TypeScript program → the same in JavaScript, each line where it was. Runs in browsers, for what readers type. */
import { transform } from 'sucrase';

/** What it would leave out without a word. */
const NAMESPACE = /^[ \t]*(?:export\s+)?(?:namespace|module)\s+([\w$.]+)\s*\{/m;
/** What it would leave in, and browsers refuse without saying where. */
const DECORATOR = /(?:^[ \t]*|[;{}][ \t]+)@([\w$.]+)(?=(?:\([^)]*\))?\s+[\w$@#*[])/m;

/** Throws a SyntaxError that says where, with the line in `loc`. */
export function stripTypes(source: string): string {
  refuse(
    source,
    NAMESPACE,
    (name) => `Cannot run namespace "${name}": nothing would be left of it, an object is wanted`,
  );
  if (/\bclass\b/.test(source))
    refuse(source, DECORATOR, (name) => `Cannot run decorator "@${name}": no browser knows it yet, a call is wanted`);
  return transform(source, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true }).code;
}

function refuse(source: string, pattern: RegExp, describe: (name: string) => string): void {
  const found = pattern.exec(source);
  if (!found) return;
  const line = source.slice(0, found.index).split('\n').length;
  throw Object.assign(new SyntaxError(describe(found[1] ?? '')), { loc: { line } });
}
