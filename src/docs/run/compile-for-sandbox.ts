/** A TypeScript snippet → JavaScript for the sandbox, with the same line numbers. */
import { findLack } from './browser-lacks.ts';
import { rewriteImports } from './rewrite-imports.ts';
import { stripTypes } from './strip-types.ts';

/** A program for the sandbox, or why there is none: what it does, such as `imports "node:http"`. */
export type Compiled = { program: string } | { lacks: string };

/** What the program prints in a browser must be what it prints in Node. */
export function compileForSandbox(source: string, packageName: string): Compiled {
  try {
    // The first line may name an interpreter.
    const program = stripTypes(source.replace(/^#!/, '//'));
    // Check that every import exists; the sandbox does the same with edited code.
    rewriteImports(program, packageName);
    const lacks = findLack(program);
    return lacks === undefined ? { program } : { lacks };
  } catch (error) {
    const { message } = error as Error;
    const [, specifier] = /^Cannot import (?:default from )?"([^"]+)"/.exec(message) ?? [];
    const [, what] = /^Cannot run (\w+ "[^"]+")/.exec(message) ?? [];
    return {
      lacks: specifier === undefined ? `uses ${what ?? 'what browsers do not understand'}` : `imports "${specifier}"`,
    };
  }
}
