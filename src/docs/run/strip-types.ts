/** A TypeScript program → JavaScript with the same line numbers. Runs in browsers, on edited examples. */
import { transform } from 'sucrase';

/** Sucrase would remove namespaces silently. */
const NAMESPACE = /^[ \t]*(?:export\s+)?(?:namespace|module)\s+([\w$.]+)\s*\{/m;
/** Sucrase would keep decorators, and browsers would reject them without a line number. */
const DECORATOR = /(?:^[ \t]*|[;{}][ \t]+)@([\w$.]+)(?=(?:\([^)]*\))?\s+[\w$@#*[])/m;

/** Throws a SyntaxError with the line in `loc`. */
export function stripTypes(source: string): string {
  refuse(source, NAMESPACE, (name) => `Cannot run namespace "${name}": namespaces are not supported, use an object`);
  if (/\bclass\b/.test(source))
    refuse(
      source,
      DECORATOR,
      (name) => `Cannot run decorator "@${name}": browsers do not support decorators, use a function call`,
    );
  return transform(source, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true }).code;
}

function refuse(source: string, pattern: RegExp, describe: (name: string) => string): void {
  const found = pattern.exec(source);
  if (!found) return;
  const line = source.slice(0, found.index).split('\n').length;
  throw Object.assign(new SyntaxError(describe(found[1] ?? '')), { loc: { line } });
}
