/** Snippets → runs: every program is run against one emulator, bounded in time and output, and judged. */
import type { Finding } from '../../findings/index.ts';
import type { Language } from '../languages.ts';
import type { Project } from '../../options/index.ts';
import type { Snippet } from '../source/snippet.ts';
import { openApi } from './api-server.ts';
import { judgeOutcome } from './judge.ts';
import type { Ending, Limits, RunContext } from './outcome.ts';
import { describeOutput } from './output.ts';
import { type RunnerRow, RUNNERS } from './runners.ts';
import { type Unavailable, runNative } from './native/run-native.ts';

export interface RunOptions extends Partial<Limits> {
  project: Project;
  /** `process` gives every program a process of its own; `shared`, the default, only those that ask for it. */
  isolation?: RunContext['isolation'] | undefined;
  /** Makes the environment variables for one program; those of the project's emulator unless given. */
  issueEnvironment?: RunContext['issueEnvironment'] | undefined;
  /** Told about each program that has run. */
  onRun?: ((run: Run) => void) | undefined;
}

/** A program that ran, however it ended. */
export interface Run {
  snippet: Snippet;
  /** Lines of standard output. */
  output: string[];
  /** For each line of output, the program's line that printed it, counted from 1; undefined where it cannot be told. */
  printedAt: (number | undefined)[];
  durationMs: number;
  /** What ran it, such as `Node 24.21.0`. */
  ranOn: string;
  ending: Ending;
  findings: Finding[];
}

export interface RunResult {
  runs: Run[];
  /** Programs for an interpreter that this machine does not have. */
  unavailable: Unavailable[];
  findings: Finding[];
}

/** Milliseconds a program may take: many times what one needs, so that a busy machine is not taken for a fault. */
const RUN_TIMEOUT_MS = 15_000;
/** Bytes a program may print. */
const OUTPUT_BYTES_MAX = 65_536;

/**
 * Runs all programs but those with `@no-run`. What is wrong with a program is a finding; throws only for a broken
 * machine.
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
    // Each language has a thread of its own, so that one does not wait for another.
    await Promise.all(
      (Object.entries(RUNNERS) as [Language, RunnerRow][]).map(async ([language, { runner, native }]) => {
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
          onOutcome: (snippet, outcome, environment) => {
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

/** `@native` in a language that has no such interpreter. */
function withoutNative({ path, directives }: Snippet, language: Language): Finding {
  return {
    code: 'language-without-native',
    file: path,
    line: directives.native?.line ?? 1,
    message: `Cannot run the program with the machine's own interpreter: languages.ts names none for "${language}"`,
    fix: 'Remove @native, or add the interpreter to the row of the language.',
  };
}

function withoutRunner({ path }: Snippet, language: Language): Finding {
  return {
    code: 'language-without-runner',
    file: path,
    line: 1,
    message: `Cannot run the program: languages.ts has no runner for "${language}", and what did not run is not shown`,
    fix: 'Add a runner to the row of the language, or let the machine run it with @native and what it needs.',
  };
}
