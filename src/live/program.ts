/** A TypeScript program as it stands in snippets/ → JavaScript that the sandbox can run, each line where it was. */
import { transformSync } from 'amaro';

const PACKAGE = 'authkit-session-helpers';
const IMPORT = /^import\s+(\{[^}]*\})\s+from\s+(['"])([^'"]+)\2;?/gm;
/** A browser lets no program set the Cookie of a request. */
const SETS_COOKIE = /\{\s*Cookie\b/;

/** Undefined for a program that needs what a browser does not have. */
export function toRunnable(source: string): string | undefined {
  const { code: script } = transformSync(source, { mode: 'strip-only' });
  let foreign = SETS_COOKIE.test(script);
  const program = script.replaceAll(IMPORT, (_, names: string, _quote, specifier: string) => {
    foreign ||= specifier !== PACKAGE;
    return `const ${names.replaceAll(/\bas\b/g, ':')} = helpers;`;
  });
  return foreign || /^\s*import\b/m.test(program) ? undefined : program;
}
