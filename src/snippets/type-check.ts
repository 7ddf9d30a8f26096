/** TypeScript programs → what the compiler has against them. The only file that knows the compiler's shapes. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { promisify } from 'node:util';
import { isStringLiteral } from 'typescript/unstable/ast/is';
import { API, type Diagnostic, type Program } from 'typescript/unstable/sync';
import type { Finding } from '../findings/index.ts';
import { type Import, checkImports, readManifest } from './imports.ts';
import { PROJECT_ROOT } from './source/read.ts';
import type { Snippet } from './source/snippet.ts';

export interface TypeCheckOptions {
  /** The project's root; this project's unless given. */
  root?: string | undefined;
  /** The package that programs may import; the project's own unless given. */
  importName?: string | undefined;
}

/** Strict, and nothing in scope but what a reader has: the language, Node's types, and what the program imports. */
const COMPILER_OPTIONS = {
  target: 'es2023',
  lib: ['es2023'],
  types: ['node'],
  module: 'nodenext',
  // Otherwise programs without an import share their names.
  moduleDetection: 'force',
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  noFallthroughCasesInSwitch: true,
  noUnusedLocals: true,
  noUnusedParameters: true,
  erasableSyntaxOnly: true,
  verbatimModuleSyntax: true,
  // The package's own declarations have to hold for a reader who has them checked.
  skipLibCheck: false,
};

const STDIN = 0;
const STDOUT = 1;
const TIMEOUT_MS = 60_000;
const REPORT_BYTES_MAX = 64 * 1024 * 1024;

type CheckedSource = Pick<Snippet, 'path' | 'source' | 'directives'>;

/** What the process that checks is told. */
interface Task {
  root: string;
  importName: string;
  programs: CheckedSource[];
}

/**
 * Checks all TypeScript programs as one project, from the files as they lie on the disk. Syntax errors come first;
 * they hide the type errors of their file. The compiler's interface blocks whoever calls it, so it is called in a
 * process of its own; that also keeps what the compiler says while it is being ended from the caller's terminal.
 */
export async function checkTypes(snippets: readonly Snippet[], options: TypeCheckOptions = {}): Promise<Finding[]> {
  const { root = PROJECT_ROOT, importName = readManifest(root).name } = options;
  const programs = snippets.filter(({ language }) => language === 'js').map(({ path, source, directives }) => ({ path, source, directives }));
  if (programs.length === 0) return [];
  const args = [import.meta.filename];
  const checking = promisify(execFile)(process.execPath, args, { timeout: TIMEOUT_MS, maxBuffer: REPORT_BYTES_MAX });
  checking.child.stdin?.end(JSON.stringify({ root, importName, programs } satisfies Task));
  const { stdout } = await checking;
  return JSON.parse(stdout) as Finding[];
}

if (import.meta.main) {
  const task = JSON.parse(readFileSync(STDIN, 'utf8')) as Task;
  writeFileSync(STDOUT, JSON.stringify(checkNow(task)));
}

function checkNow({ root, importName, programs }: Task): Finding[] {
  const sources = new Map(programs.map((program) => [join(root, program.path), program]));
  return withProgram(root, [...sources.keys()], (program) => {
    const describe = (code: string) => (diagnostic: Diagnostic) => {
      const { fileName = join(root, 'package.json') } = diagnostic;
      return describeDiagnostic(diagnostic, code, sources.get(fileName) ?? readOther(fileName, root));
    };
    const syntax = program.getSyntacticDiagnostics();
    const unparsed = new Set(syntax.map(({ fileName }) => fileName));
    const types = program.getSemanticDiagnostics().filter(({ fileName = '' }) => !unparsed.has(fileName) && !isOthers(fileName));
    const setUp = [program.getConfigFileParsingDiagnostics(), program.getProgramDiagnostics(), program.getGlobalDiagnostics()];
    const manifest = { ...readManifest(root), name: importName };
    return [
      ...setUp.flat().map(describe('type-check-impossible')),
      ...syntax.map(describe('syntax-error')),
      ...types.map(describe('type-error')),
      ...[...sources].flatMap(([file, source]) => checkImports(importsOf(file, program, source.source), source, manifest)),
    ];
  });
}

/** What the declarations of other packages ask of a project, such as those for a browser, is theirs to say. */
function isOthers(file: string): boolean {
  return file.includes('/node_modules/');
}

/** Opens the files as one program for as long as `use` takes. */
function withProgram<Result>(root: string, files: readonly string[], use: (program: Program) => Result): Result {
  // A configuration that is on no disk, so that none is left behind.
  const config = join(root, 'tsconfig.snippets.json');
  const text = JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files });
  const api = new API({
    cwd: root,
    fs: {
      readFile: (name) => (name === config ? text : undefined),
      fileExists: (name) => (name === config ? true : undefined),
    },
  });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error('Cannot type-check the programs: the compiler opened no project, one is wanted');
    return use(project.program);
  } finally {
    api.close();
  }
}

function importsOf(file: string, program: Program, source: string): Import[] {
  const specifiers = program.getSourceFile(file)?.imports ?? [];
  return specifiers.filter(isStringLiteral).map(({ text, end }) => ({ name: text, ...placeOf(end - text.length - 2, source) }));
}

/** Declarations that programs import are checked with them. */
function readOther(file: string, root: string): Pick<Snippet, 'path' | 'source'> {
  return { path: relative(root, file).replaceAll('\\', '/'), source: readFileSync(file, 'utf8') };
}

function describeDiagnostic(diagnostic: Diagnostic, code: string, { path, source }: Pick<Snippet, 'path' | 'source'>): Finding {
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
