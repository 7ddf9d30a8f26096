/** TypeScript snippets → compiler errors, calls, and types of identifiers. */
import type { Finding } from '../findings/index.ts';
import { type Calls, DOOR, describeDoor, findCalls } from './calls.ts';
import { type Program, answerTask, askCompiler, withProject } from './compiler.ts';
import { type DescribedType, describePrograms } from './describe-types.ts';
import { STRICTER, findTypeErrors, isJavaScript } from './type-errors.ts';

export interface Examination {
  /** Syntax errors come first, and hide the type errors of their file. */
  findings: Finding[];
  calls: Calls;
  /** By id of the snippet; without those that have findings. */
  types: Record<string, DescribedType[]>;
}

export interface ExamineOptions {
  /** The folder with node_modules and the package. */
  root: string;
  /** The package that snippets import. */
  importName: string;
  /** The module that the package is compiled from, from the root. */
  source: string;
  /** The snippets to check, and to search for calls. */
  checked: readonly Program[];
  /** The snippets whose identifiers to describe. */
  described: readonly Program[];
}

/**
 * Examines all snippets as one project, in one process. Snippets are used as given, their imports come from the disk.
 * Throws if the compiler cannot run.
 */
export async function examinePrograms(options: ExamineOptions): Promise<Examination> {
  const { checked, described } = options;
  if (checked.length + described.length === 0)
    return { findings: [], calls: { callables: [], calledBy: {} }, types: {} };
  return askCompiler(import.meta.filename, options);
}

function examineNow({ root, importName, source, checked, described }: ExamineOptions): Examination {
  const programs = [...new Map([...described, ...checked].map((program) => [program.path, program])).values()];
  const texts = new Map([
    ...programs.map(({ path, source }) => [path, source.replace(/^\uFEFF/, '')] as const),
    [DOOR, describeDoor(importName)] as const,
  ]);
  const javaScript = programs.some(isJavaScript) ? { allowJs: true, checkJs: true } : {};
  const compilerOptions = { ...STRICTER, ...javaScript, jsx: 'preserve' };
  return withProject({ root, paths: [...texts.keys()], texts, compilerOptions }, (project) => {
    const findings = findTypeErrors(checked, root, importName, project.program);
    const paths = checked.map(({ path }) => path);
    return {
      findings,
      calls: findCalls(paths, { root, source }, project),
      types: describePrograms(
        described.filter(({ path }) => !findings.some(({ file }) => file === path)),
        root,
        project,
      ),
    };
  });
}

if (import.meta.main) answerTask(examineNow);
