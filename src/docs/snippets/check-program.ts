/** A program that a caller hands in → what the compiler says about it, and what it printed, as if it were a snippet. */
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Finding, FindingsError } from '../findings/index.ts';
import { examinePrograms } from '../typescript/index.ts';
import { type Run, type RunOptions, runSnippets } from './run/run-snippets.ts';
import { redactSecrets } from './run/secrets.ts';
import { readSnippet } from './source/snippet.ts';

export interface CheckedProgram {
  /** What is wrong, in the file `program.ts`. */
  findings: Finding[];
  /** How it ran, without secrets; undefined if it has findings that are found without running it. */
  run: Pick<Run, 'output' | 'ending' | 'durationMs' | 'ranOn'> | undefined;
}

/** In the project, where the program finds the package as a snippet does. */
const FOLDER = 'build/checks';
/** The name of the program in findings. */
const NAME = 'program.ts';

/**
 * Compiles the package if necessary, type-checks the program, and runs it within the limits of a snippet. Comments such as
 * `// @throws` and `// Output:` mean what they mean in a snippet; without an output, any is right. Errors of the program
 * are findings; throws only if the machine is broken.
 */
export async function checkProgram(source: string, options: RunOptions): Promise<CheckedProgram> {
  const { project } = options;
  const path = `${FOLDER}/${randomUUID()}.ts`;
  const read = readSnippet(source, path);
  if (!read) throw new Error(`Cannot check a program: ${path} has no known extension`);
  const snippet = { ...read.snippet, isFragment: true };
  const named = (findings: readonly Finding[]) => findings.map((finding) => inProgram(finding, path));
  const unreadable = read.findings.filter(({ code }) => code !== 'output-missing');
  if (unreadable.length > 0) return { findings: named(unreadable), run: undefined };
  try {
    await project.package.build?.();
  } catch (error) {
    if (error instanceof FindingsError) return { findings: [...error.findings], run: undefined };
    throw error;
  }
  const { id, codeLines, directives } = snippet;
  const { findings } = await examinePrograms({
    root: project.root,
    importName: project.package.name,
    source: project.package.source,
    checked: [{ id, path, source, codeLines, needs: directives.needs, isFragment: true }],
    described: [],
  });
  if (findings.length > 0) return { findings: named(findings), run: undefined };
  const file = join(project.root, path);
  const remove = () => rmSync(file, { force: true });
  // Also if the caller ends while the program runs.
  process.once('exit', remove);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, source);
  try {
    // One is issued in advance for a next program.
    const environments: Record<string, string>[] = [];
    const { issueEnvironment } = options;
    const { runs, findings: found } = await runSnippets([snippet], {
      ...options,
      ...(issueEnvironment && {
        issueEnvironment: async () => {
          const environment = await issueEnvironment();
          environments.push(environment);
          return environment;
        },
      }),
    });
    const [run] = runs;
    return { findings: named(found), run: run && withoutSecrets(run, environments) };
  } finally {
    remove();
    process.off('exit', remove);
  }
}

function inProgram(finding: Finding, path: string): Finding {
  const message = finding.message.replaceAll(path, NAME).replace('the snippet', 'the program');
  return {
    ...finding,
    file: finding.file === path ? NAME : finding.file,
    message,
    fix: FIXES[finding.code] ?? finding.fix.replace('the snippet', 'the program'),
  };
}

/** The caller has no file to update. */
const FIXES: Readonly<Record<string, string>> = {
  'output-differs': 'Correct the program, or the output below "// Output:".',
  'run-throws': 'Correct the program, or add the line "// @throws" with the name of the error if it is intended.',
};

function withoutSecrets(
  { output, ending, durationMs, ranOn }: Run,
  environments: readonly Readonly<Record<string, string>>[],
): CheckedProgram['run'] {
  const clean = (text: string) =>
    environments.reduce(
      (cleaned, environment) => redactSecrets(cleaned, environment).text,
      redactSecrets(text, {}).text,
    );
  return {
    // A secret may span lines.
    output: output.length === 0 ? [] : clean(output.join('\n')).split('\n'),
    ending: ending.kind === 'threw' ? { ...ending, message: clean(ending.message) } : ending,
    durationMs,
    ranOn,
  };
}
