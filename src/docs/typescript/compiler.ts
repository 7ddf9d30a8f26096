/** TypeScript's compiler: programs → a project that answers questions, opened in a process of its own. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { API, type Project } from 'typescript/unstable/sync';

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
  verbatimModuleSyntax: true,
};

const STDIN = 0;
const STDOUT = 1;
const TIMEOUT_MS = 60_000;
const ANSWER_BYTES_MAX = 256 * 1024 * 1024;

/** A TypeScript program. */
export interface Program {
  id: string;
  /** Path from the project's root. */
  path: string;
  source: string;
  /** Line of the file for each line that a page shows, counted from 1. */
  codeLines: readonly number[];
  /** The packages that it says a reader installs beside the package, and the line that says so. */
  needs: { packages: readonly string[]; line: number } | undefined;
}

export interface ProjectFiles {
  /** The folder that holds node_modules and the package. */
  root: string;
  /** Paths from the root. */
  paths: readonly string[];
  /** Texts of files that are not taken from the disk, by path from the root. */
  texts?: ReadonlyMap<string, string> | undefined;
  compilerOptions: object;
}

/**
 * Has the module `file` answer a task in a process of its own, since the compiler's interface blocks whoever calls it;
 * that also keeps what the compiler says while it is being ended from the caller's terminal. Throws when the compiler
 * cannot be run.
 */
export async function askCompiler<Answer>(file: string, task: unknown): Promise<Answer> {
  const asking = promisify(execFile)(process.execPath, [file], { timeout: TIMEOUT_MS, maxBuffer: ANSWER_BYTES_MAX });
  asking.child.stdin?.end(JSON.stringify(task));
  return JSON.parse((await asking).stdout) as Answer;
}

/** In that process: reads the task, and writes the answer. */
export function answerTask<Task>(answer: (task: Task) => unknown): void {
  const task = JSON.parse(readFileSync(STDIN, 'utf8')) as Task;
  writeFileSync(STDOUT, JSON.stringify(answer(task)));
}

/** Opens the files as one project for as long as `use` takes. */
export function withProject<Result>(
  { root, paths, texts = new Map(), compilerOptions }: ProjectFiles,
  use: (project: Project) => Result,
): Result {
  // A configuration that is on no disk, so that none is left behind.
  const config = join(root, 'tsconfig.snippets.json');
  const files = paths.map((path) => join(root, path));
  const given = new Map([...texts].map(([path, text]) => [join(root, path), text]));
  given.set(config, JSON.stringify({ compilerOptions: { ...COMPILER_OPTIONS, ...compilerOptions }, files }));
  const api = new API({
    cwd: root,
    fs: { readFile: (name) => given.get(name), fileExists: (name) => (given.has(name) ? true : undefined) },
  });
  try {
    const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
    if (!project) throw new Error('Cannot compile the programs: the compiler opened no project, one is wanted');
    return use(project);
  } finally {
    api.close();
  }
}
