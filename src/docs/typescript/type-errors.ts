/** A project of snippets → the compiler's errors. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isStringLiteral } from 'typescript/unstable/ast/is';
import type { Diagnostic, Program as CompiledProgram } from 'typescript/unstable/sync';
import type { Finding } from '../findings/index.ts';
import { DOOR } from './calls.ts';
import type { Program } from './compiler.ts';
import { type Import, checkImports, readManifest } from './imports.ts';

/** Additional strict options, which do not affect types. */
export const STRICTER = {
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  erasableSyntaxOnly: true,
  // The package's declarations must also be valid for users who check them.
  skipLibCheck: false,
};

/** Compiler errors in the snippets, and in the package's declarations that they import. */
export function findTypeErrors(
  programs: readonly Program[],
  root: string,
  importName: string,
  program: CompiledProgram,
): Finding[] {
  const sources = new Map(programs.map((each) => [join(root, each.path), each]));
  const describe = (code: string) => (diagnostic: Diagnostic) => {
    const { fileName = join(root, 'package.json') } = diagnostic;
    return describeDiagnostic(diagnostic, code, sources.get(fileName) ?? readOther(fileName, root));
  };
  const syntax = program.getSyntacticDiagnostics();
  const unparsed = new Set(syntax.map(({ fileName }) => fileName));
  // File by file, because a whole-project check would include declarations of other packages.
  const ours = program
    .getSourceFileNames()
    .filter((file) => !unparsed.has(file) && !isOthers(file) && file !== join(root, DOOR));
  // Leaves out global diagnostics: they report missing library types, which the options above settle, and take a
  // second.
  const setUp = [program.getConfigFileParsingDiagnostics(), program.getProgramDiagnostics()];
  const manifest = { ...readManifest(root), name: importName };
  return [
    ...setUp.flat().map(describe('type-check-impossible')),
    ...syntax.map(describe('syntax-error')),
    ...ours
      .flatMap((file) => program.getSemanticDiagnostics(file).filter(({ code }) => !isAllowed(code, sources.get(file))))
      .map(describe('type-error')),
    ...[...sources].flatMap(([file, source]) =>
      checkImports(importsOf(file, program, source.source), source, manifest),
    ),
  ];
}

/** Errors about names that nothing uses. */
const UNUSED = [6133, 6192, 6196, 6198, 6199, 6205];

/** Fragments need not use all of their names, and JavaScript cannot write types (TS7005 to TS7053). */
function isAllowed(code: number, program: Program | undefined): boolean {
  if (!program?.isFragment) return false;
  return UNUSED.includes(code) || (isJavaScript(program) && code >= 7005 && code <= 7053);
}

export function isJavaScript({ path }: Pick<Program, 'path'>): boolean {
  return /\.[cm]?jsx?$/.test(path);
}

/** Whether the file belongs to another package or the language itself, whose errors are not ours. */
function isOthers(file: string): boolean {
  return file.includes('/node_modules/') || file.startsWith('bundled:');
}

function importsOf(file: string, program: CompiledProgram, source: string): Import[] {
  const specifiers = program.getSourceFile(file)?.imports ?? [];
  return specifiers
    .filter(isStringLiteral)
    .map(({ text, end }) => ({ name: text, ...placeOf(end - text.length - 2, source) }));
}

/** Declarations that snippets import are checked as well. */
function readOther(file: string, root: string): Pick<Program, 'path' | 'source'> {
  return { path: relative(root, file).replaceAll('\\', '/'), source: readFileSync(file, 'utf8') };
}

function describeDiagnostic(
  diagnostic: Diagnostic,
  code: string,
  { path, source }: Pick<Program, 'path' | 'source'>,
): Finding {
  const what = code === 'syntax-error' ? 'parse the snippet' : 'type-check the snippet';
  return {
    code,
    file: path,
    ...placeOf(diagnostic.pos, source),
    message: `Cannot ${path.endsWith('.d.ts') ? 'type-check the declarations of the package' : what}: ${textOf(diagnostic)} (TS${diagnostic.code})`,
    fix: code === 'type-error' ? 'Correct it, or mark a deliberate error with // @ts-expect-error.' : 'Correct it.',
  };
}

/** The compiler's message and its details, in one line. */
function textOf({ text, messageChain = [] }: Diagnostic): string {
  return [text, ...messageChain.map(textOf)].join(' ').replace(/\.$/, '');
}

function placeOf(position: number, source: string): { line: number; column: number } {
  const before = source.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
