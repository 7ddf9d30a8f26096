/** TypeScript's compiler: snippets → a project for queries, opened in a separate process. */
import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { API, type Project } from 'typescript/unstable/sync';

/** Strict, with only the language, Node's types and the snippet's imports in scope. */
const COMPILER_OPTIONS = {
  target: 'es2023',
  lib: ['es2023'],
  types: ['node'],
  module: 'nodenext',
  // Otherwise snippets without imports share a global scope.
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

/** A TypeScript snippet. */
export interface Program {
  id: string;
  /** Path relative to the project root. */
  path: string;
  source: string;
  /** File line of each shown line, counted from 1. */
  codeLines: readonly number[];
  /** The packages of its `@needs` directive, and the line of the directive. */
  needs: { packages: readonly string[]; line: number } | undefined;
  /** Whether it is a part of a text: it may declare names that nothing uses. */
  isFragment?: boolean;
}

export interface ProjectFiles {
  /** The folder with node_modules and the package. */
  root: string;
  /** Paths relative to the root. */
  paths: readonly string[];
  /** Contents of virtual files, by path relative to the root. */
  texts?: ReadonlyMap<string, string> | undefined;
  compilerOptions: object;
}

/**
 * Runs a task in a separate process with the module `file`, since the compiler's API is synchronous. This also keeps
 * the compiler's messages on shutdown off the terminal. Throws if the compiler cannot run.
 */
export async function askCompiler<Answer>(file: string, task: unknown): Promise<Answer> {
  const asking = promisify(execFile)(process.execPath, [file], { timeout: TIMEOUT_MS, maxBuffer: ANSWER_BYTES_MAX });
  asking.child.stdin?.end(JSON.stringify(task));
  return JSON.parse((await asking).stdout) as Answer;
}

/** In that process: reads the task, and writes the result. */
export function answerTask<Task>(answer: (task: Task) => unknown): void {
  const task = JSON.parse(readFileSync(STDIN, 'utf8')) as Task;
  writeFileSync(STDOUT, JSON.stringify(answer(task)));
}

/** Opens the files as one project while `use` runs. */
export function withProject<Result>(
  { root, paths, texts = new Map(), compilerOptions }: ProjectFiles,
  use: (project: Project) => Result,
): Result {
  // A virtual configuration, so that no file is left behind.
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
    if (!project) throw new Error('Cannot compile the snippets: the compiler opened no project, expected one');
    return use(project);
  } finally {
    api.close();
  }
}
