/** TypeScript programs → the type of each identifier a reader sees, in one line, as the compiler knows it. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Identifier, Node } from 'typescript/unstable/ast';
import { isIdentifier } from 'typescript/unstable/ast/is';
import { API, type Project } from 'typescript/unstable/sync';
import { buildSdk } from './build-sdk.ts';
import { PROJECT_ROOT } from './source/read.ts';
import type { Snippet } from './source/snippet.ts';
import { Speller } from './spell-type.ts';

/** What the compiler knows of one identifier of a program. */
export interface DescribedType {
  /** Place within `code`: line and column counted from 1, length in UTF-16 units. */
  line: number;
  column: number;
  length: number;
  /** One line of at most 160 characters, such as `const session: SealedSession`. */
  type: string;
  /** First sentence of what the package itself says about it. */
  about?: string;
}

export interface DescribeTypesOptions {
  /** The project's root; this project's unless given. */
  root?: string | undefined;
}

/** What types depend on: as strict as the programs are checked. */
const COMPILER_OPTIONS = {
  target: 'es2023',
  lib: ['es2023'],
  types: ['node'],
  module: 'nodenext',
  moduleDetection: 'force',
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  verbatimModuleSyntax: true,
  skipLibCheck: true,
};

const STDIN = 0;
const STDOUT = 1;
const TIMEOUT_MS = 60_000;
const REPORT_BYTES_MAX = 256 * 1024 * 1024;

type Program = Pick<Snippet, 'id' | 'path' | 'source' | 'codeLines'>;

/** What the process that describes is told. */
interface Task {
  root: string;
  programs: Program[];
}

type Descriptions = [id: string, types: DescribedType[]][];

/** The last answer, so that a page can be changed without asking the compiler again. */
let last: { key: string; answer: Promise<Descriptions> } | undefined;

/**
 * Describes the identifiers of all TypeScript programs, as one project, by id of the snippet. Programs are taken as
 * given, what they import from the disk. An identifier whose type says no more than its name is left out. The
 * compiler is called in a process of its own, since its interface blocks whoever calls it. Throws when the compiler
 * cannot be run.
 *
 * @example
 * const types = await describeTypes(snippets);
 * types.get('home.ts'); // [{ line: 3, column: 7, length: 6, type: 'const workos: WorkOS' }, …]
 */
export async function describeTypes(
  snippets: readonly Snippet[],
  { root = PROJECT_ROOT }: DescribeTypesOptions = {},
): Promise<Map<string, DescribedType[]>> {
  const programs = snippets
    .filter(({ language }) => language === 'js')
    .map(({ id, path, source, codeLines }) => ({ id, path, source, codeLines }));
  if (programs.length === 0) return new Map();
  const task = JSON.stringify({ root, programs } satisfies Task);
  const key = createHash('sha256').update(await buildSdk(root)).update(task).digest('hex');
  if (last?.key !== key) last = { key, answer: askCompiler(task) };
  return new Map(await last.answer);
}

async function askCompiler(task: string): Promise<Descriptions> {
  const args = [import.meta.filename];
  const limits = { timeout: TIMEOUT_MS, maxBuffer: REPORT_BYTES_MAX };
  const describing = promisify(execFile)(process.execPath, args, limits);
  describing.child.stdin?.end(task);
  try {
    return JSON.parse((await describing).stdout) as Descriptions;
  } catch (error) {
    last = undefined;
    throw error;
  }
}

function describeNow({ root, programs }: Task): Descriptions {
  const config = join(root, 'tsconfig.types.json');
  const texts = new Map(programs.map(({ path, source }) => [join(root, path), source.replace(/^\uFEFF/, '')]));
  texts.set(config, JSON.stringify({ compilerOptions: COMPILER_OPTIONS, files: [...texts.keys()] }));
  const api = new API({
    cwd: root,
    fs: { readFile: (name) => texts.get(name), fileExists: (name) => (texts.has(name) ? true : undefined) },
  });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error('Cannot describe the types: the compiler opened no project, one is wanted');
    const speller = new Speller(project);
    return programs.map((program) => [program.id, describeProgram(program, root, project, speller)]);
  } finally {
    api.close();
  }
}

function describeProgram({ path, codeLines }: Program, root: string, project: Project, speller: Speller): DescribedType[] {
  const { program, checker } = project;
  const source = program.getSourceFile(join(root, path));
  if (!source) return [];
  const lineStarts = [0, ...[...source.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  const shown = new Map(codeLines.map((line, index) => [line, index + 1]));
  const placeOf = ({ end, text }: Identifier) => {
    const start = end - text.length;
    const line = lineStarts.findLastIndex((each) => each <= start);
    return { line: shown.get(line + 1), column: start - (lineStarts[line] ?? 0) + 1, length: text.length };
  };
  const identifiers = identifiersOf(source).filter((node) => placeOf(node).line !== undefined);
  const symbols = checker.getSymbolAtLocation(identifiers);
  const types = checker.getTypeAtLocation(identifiers);
  return identifiers.flatMap((node, index) => {
    const { line, ...place } = placeOf(node);
    const described = line === undefined ? undefined : speller.describe(node, symbols[index], types[index]);
    return line === undefined || !described ? [] : [{ line, ...place, ...described }];
  });
}

function identifiersOf(node: Node): Identifier[] {
  const found: Identifier[] = [];
  const visit = (each: Node): void => {
    if (isIdentifier(each)) found.push(each);
    else each.forEachChild(visit);
  };
  visit(node);
  return found;
}

if (import.meta.main) {
  const task = JSON.parse(readFileSync(STDIN, 'utf8')) as Task;
  writeFileSync(STDOUT, JSON.stringify(describeNow(task)));
}
