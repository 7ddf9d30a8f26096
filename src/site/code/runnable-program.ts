/** A TypeScript program as it stands in snippets/ → JavaScript that the sandbox can run, each line where it was. */
import { transformSync } from 'amaro';
import { bindImports } from './bind-imports.ts';

/** A browser lets no program set the Cookie of a request. */
const SETS_COOKIE = /\{\s*Cookie\b/;

/** Undefined for a program that needs what a browser does not have. */
export function toRunnable(source: string): string | undefined {
  const { code: program } = transformSync(source, { mode: 'strip-only' });
  if (SETS_COOKIE.test(program)) return undefined;
  try {
    // Types leave blanks behind, which nobody reads.
    return bindImports(program).replaceAll(/[ \t]+$/gm, '');
  } catch {
    // What it imports is not there.
    return undefined;
  }
}
