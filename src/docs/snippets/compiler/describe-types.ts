/** TypeScript programs → the type of each identifier a reader sees, in one line, as the compiler knows it. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { Identifier, Node } from 'typescript/unstable/ast';
import { isIdentifier } from 'typescript/unstable/ast/is';
import type { Project } from 'typescript/unstable/sync';
import { buildSdk } from '../build-sdk.ts';
import { PROJECT_ROOT } from '../source/read.ts';
import type { Snippet } from '../source/snippet.ts';
import { answerTask, askCompiler, withProject } from './compiler.ts';
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
 * given, what they import from the disk. An identifier whose type says no more than its name is left out. Throws
 * when the compiler cannot be run.
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
  const task: Task = { root, programs };
  const key = createHash('sha256')
    .update(await buildSdk(root))
    .update(JSON.stringify(task))
    .digest('hex');
  if (last?.key !== key) last = { key, answer: askCompiler(import.meta.filename, task) };
  try {
    return new Map(await last.answer);
  } catch (error) {
    last = undefined;
    throw error;
  }
}

function describeNow({ root, programs }: Task): Descriptions {
  const texts = new Map(programs.map(({ path, source }) => [path, source.replace(/^\uFEFF/, '')]));
  return withProject({ root, paths: [...texts.keys()], texts, compilerOptions: { skipLibCheck: true } }, (project) => {
    const speller = new Speller(project);
    return programs.map((program) => [program.id, describeProgram(program, root, project, speller)]);
  });
}

function describeProgram(
  { path, codeLines }: Program,
  root: string,
  project: Project,
  speller: Speller,
): DescribedType[] {
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

if (import.meta.main) answerTask(describeNow);
