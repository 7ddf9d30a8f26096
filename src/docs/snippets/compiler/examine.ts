/** TypeScript programs → what the compiler has against them, and which functions of the package they call. */
import type { Finding } from '../../findings/index.ts';
import type { Snippet } from '../source/snippet.ts';
import { type Calls, DOOR, describeDoor, findCalls } from './calls.ts';
import { answerTask, askCompiler, withProject } from './compiler.ts';
import { STRICTER, type CheckedSource, findTypeErrors } from './type-errors.ts';

export interface Examination {
  /** Syntax errors come first; they hide the type errors of their file. */
  findings: Finding[];
  calls: Calls;
}

/** What the process that asks the compiler is told. */
interface Task {
  root: string;
  importName: string;
  programs: CheckedSource[];
}

/** Examines all TypeScript programs as one project, from the files as they lie on the disk. */
export async function examinePrograms(
  snippets: readonly Snippet[],
  root: string,
  importName: string,
): Promise<Examination> {
  const programs = snippets
    .filter(({ language }) => language === 'js')
    .map(({ path, source, directives }) => ({ path, source, directives }));
  if (programs.length === 0) return { findings: [], calls: { callables: [], calledBy: {} } };
  return askCompiler(import.meta.filename, { root, importName, programs } satisfies Task);
}

if (import.meta.main) {
  answerTask(({ root, importName, programs }: Task): Examination => {
    const paths = programs.map(({ path }) => path);
    const texts = new Map([[DOOR, describeDoor(importName)]]);
    return withProject({ root, paths: [...paths, DOOR], texts, compilerOptions: STRICTER }, (project) => ({
      findings: findTypeErrors(programs, root, importName, project.program),
      calls: findCalls(paths, root, project),
    }));
  });
}
