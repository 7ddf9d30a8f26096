/** Snippets → runs: runs each snippet against one emulator, with limits on time and output, and checks the outcome. */
import { relative } from 'node:path';
import type { Finding } from '../../findings/index.ts';
import type { Project } from '../../options/index.ts';
import type { Snippet } from '../source/snippet.ts';
import { openApi } from './api-server.ts';
import { judgeOutcome } from './judge.ts';
import type { Ending, Limits, RunContext } from './outcome.ts';
import { describeOutput } from './output.ts';
import { RUNNERS } from './runners.ts';
import { type Unavailable, runNative } from './native/run-native.ts';

export interface RunOptions extends Partial<Limits> {
  project: Project;
  /** `process` runs every snippet in a separate process; `shared`, the default, only those that ask for it. */
  isolation?: RunContext['isolation'] | undefined;
  /** Creates the environment variables for one snippet; default those of the project's emulator. */
  issueEnvironment?: RunContext['issueEnvironment'] | undefined;
  /** Called after each run. */
  onRun?: ((run: Run) => void) | undefined;
}

/** A snippet that ran, and the outcome. */
export interface Run {
  snippet: Snippet;
  /** Lines of standard output. */
  output: string[];
  /** For each line of output, the snippet's line that printed it, counted from 1; undefined if unknown. */
  printedAt: (number | undefined)[];
  durationMs: number;
  /** The interpreter, such as `Node 24.21.0`. */
  ranOn: string;
  ending: Ending;
  findings: Finding[];
}

export interface RunResult {
  runs: Run[];
  /** Snippets for an interpreter that this machine does not have. */
  unavailable: Unavailable[];
  findings: Finding[];
}

/** Time limit of a run: many times what a snippet needs, so that a busy machine does not cause findings. */
const RUN_TIMEOUT_MS = 15_000;
/** Output limit of a run. */
const OUTPUT_BYTES_MAX = 65_536;

/**
 * Runs all snippets except those with `@no-run`. Errors of snippets are findings; throws only if the machine is
 * broken.
 */
export async function runSnippets(snippets: readonly Snippet[], options: RunOptions): Promise<RunResult> {
  const { project, isolation = 'shared', onRun } = options;
  const limits: Limits = {
    runTimeoutMs: options.runTimeoutMs ?? RUN_TIMEOUT_MS,
    outputBytesMax: options.outputBytesMax ?? OUTPUT_BYTES_MAX,
  };
  const runs: Run[] = [];
  const unavailable: Unavailable[] = [];
  const findings: Finding[] = [];
  const api = openApi(project);
  try {
    // Languages run in parallel, each in its own thread.
    await Promise.all(
      Object.entries(RUNNERS).map(async ([language, { runner, native }]) => {
        const programs = snippets.filter((snippet) => snippet.language === language && !snippet.directives.noRun);
        if (programs.length === 0) return;
        const { machine = [], runner: own = [] } = Object.groupBy(programs, ({ directives }) =>
          directives.native ? 'machine' : 'runner',
        );
        if (!runner) findings.push(...own.map((snippet) => withoutRunner(snippet, language)));
        if (!native) findings.push(...machine.map((snippet) => withoutNative(snippet, language)));
        const context: RunContext = {
          project,
          isolation,
          ...limits,
          issueEnvironment: options.issueEnvironment ?? api.issueEnvironment,
          onOutcome: (snippet, told, environment) => {
            const outcome = { ...told, ending: fromProject(told.ending, project) };
            const { lines: output, printedAt } = describeOutput(outcome.written);
            const { durationMs, ranOn, ending } = outcome;
            const run: Run = {
              snippet,
              output,
              printedAt,
              durationMs,
              ranOn,
              ending,
              findings: judgeOutcome(snippet, outcome, environment, limits),
            };
            runs.push(run);
            onRun?.(run);
          },
        };
        if (runner && own.length > 0) await runner(own, context);
        if (native) unavailable.push(...(await runNative(machine, native, context)));
      }),
    );
    runs.sort((a, b) => snippets.indexOf(a.snippet) - snippets.indexOf(b.snippet));
  } finally {
    await api.close();
  }
  return { runs, unavailable, findings: [...findings, ...runs.flatMap((run) => run.findings)] };
}

/** Makes a path in the project relative to its root, as in all findings. */
function fromProject(ending: Ending, { root }: Project): Ending {
  if (ending.kind !== 'wrote-outside') return ending;
  const path = relative(root, ending.path).replaceAll('\\', '/');
  return path.startsWith('../') ? ending : { ...ending, path };
}

/** `@native` in a language without a native interpreter. */
function withoutNative({ path, directives }: Snippet, language: string): Finding {
  return {
    code: 'language-without-native',
    file: path,
    line: directives.native?.line ?? 1,
    message: `Cannot run the snippet with the machine's own interpreter: runners.ts has none for "${language}"`,
    fix: 'Remove @native, or add a native interpreter to the row of the language.',
  };
}

function withoutRunner({ path }: Snippet, language: string): Finding {
  return {
    code: 'language-without-runner',
    file: path,
    line: 1,
    message: `Cannot run the snippet: "${language}" needs the machine's own interpreter`,
    fix: 'Add @native with the commands that it needs, or @no-run with a reason.',
  };
}
