/** A project of programs → what the compiler has against them. */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { isStringLiteral } from 'typescript/unstable/ast/is';
import type { Diagnostic, Program as CompiledProgram } from 'typescript/unstable/sync';
import type { Finding } from '../findings/index.ts';
import { DOOR } from './calls.ts';
import type { Program } from './compiler.ts';
import { type Import, checkImports, readManifest } from './imports.ts';

/** Beyond what types depend on: what a careful reader has the compiler refuse. */
export const STRICTER = {
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  erasableSyntaxOnly: true,
  // The package's own declarations have to hold for a reader who has them checked.
  skipLibCheck: false,
};

/** Findings of the compiler in the programs, and in what they import of the package. */
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
  // One by one, since the compiler would check the declarations of other packages with all of them.
  const ours = program
    .getSourceFileNames()
    .filter((file) => !unparsed.has(file) && !isOthers(file) && file !== join(root, DOOR));
  // Those that name no file tell of types that the language's own library lacks, which is fixed here; asking takes a
  // second.
  const setUp = [program.getConfigFileParsingDiagnostics(), program.getProgramDiagnostics()];
  const manifest = { ...readManifest(root), name: importName };
  return [
    ...setUp.flat().map(describe('type-check-impossible')),
    ...syntax.map(describe('syntax-error')),
    ...ours.flatMap((file) => program.getSemanticDiagnostics(file)).map(describe('type-error')),
    ...[...sources].flatMap(([file, source]) =>
      checkImports(importsOf(file, program, source.source), source, manifest),
    ),
  ];
}

/** What the declarations of other packages, and those of the language, ask of a project is theirs to say. */
function isOthers(file: string): boolean {
  return file.includes('/node_modules/') || file.startsWith('bundled:');
}

function importsOf(file: string, program: CompiledProgram, source: string): Import[] {
  const specifiers = program.getSourceFile(file)?.imports ?? [];
  return specifiers
    .filter(isStringLiteral)
    .map(({ text, end }) => ({ name: text, ...placeOf(end - text.length - 2, source) }));
}

/** Declarations that programs import are checked with them. */
function readOther(file: string, root: string): Pick<Program, 'path' | 'source'> {
  return { path: relative(root, file).replaceAll('\\', '/'), source: readFileSync(file, 'utf8') };
}

function describeDiagnostic(
  diagnostic: Diagnostic,
  code: string,
  { path, source }: Pick<Program, 'path' | 'source'>,
): Finding {
  const what = code === 'syntax-error' ? 'read the program' : 'type-check the program';
  return {
    code,
    file: path,
    ...placeOf(diagnostic.pos, source),
    message: `Cannot ${path.endsWith('.d.ts') ? 'type-check the declarations as a reader would' : what}: ${textOf(diagnostic)} (TS${diagnostic.code})`,
    fix: code === 'type-error' ? 'Correct it, or mark a deliberate error with // @ts-expect-error.' : 'Correct it.',
  };
}

/** The compiler's sentence and those that explain it, in one line. */
function textOf({ text, messageChain = [] }: Diagnostic): string {
  return [text, ...messageChain.map(textOf)].join(' ').replace(/\.$/, '');
}

function placeOf(position: number, source: string): { line: number; column: number } {
  const before = source.slice(0, position).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
