/** A TypeScript snippet → JavaScript for the sandbox, with the same line numbers. */
import { rewriteImports } from './rewrite-imports.ts';
import { stripTypes } from './strip-types.ts';

/** Browsers do not let scripts set the Cookie header. */
const SETS_COOKIE = /\{\s*Cookie\b/;

/** Undefined if the snippet needs something that browsers do not have. */
export function compileForSandbox(source: string, packageName: string): string | undefined {
  try {
    const program = stripTypes(source);
    // Check that every import exists; the sandbox does the same with edited code.
    rewriteImports(program, packageName);
    return SETS_COOKIE.test(program) ? undefined : program;
  } catch {
    return undefined;
  }
}
