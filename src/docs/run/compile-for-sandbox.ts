/** A TypeScript program as it stands in snippets/ → JavaScript for the sandbox, each line where it was. */
import { rewriteImports } from './rewrite-imports.ts';
import { stripTypes } from './strip-types.ts';

/** A browser lets no program set the Cookie of a request. */
const SETS_COOKIE = /\{\s*Cookie\b/;

/** Undefined for a program that needs what a browser does not have. */
export function compileForSandbox(source: string, packageName: string): string | undefined {
  try {
    const program = stripTypes(source);
    // What it imports has to be there; the sandbox does the same with what a reader writes.
    rewriteImports(program, packageName);
    return SETS_COOKIE.test(program) ? undefined : program;
  } catch {
    return undefined;
  }
}
