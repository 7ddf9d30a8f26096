/** The tool that type-checks and runs a program as the examples of the site are. */
import * as z from 'zod';
import { countFindings } from '../findings/index.ts';
import type { Project } from '../options/index.ts';
import { type CheckedProgram, type Limits, checkProgram } from '../snippets/index.ts';
import { openRecordedApi } from './recorded-api.ts';
import { type Tool, ToolError, defineTool } from './tool.ts';

/** Characters of a program. */
const PROGRAM_LETTERS_MAX = 65_536;
/** Programs that run or wait: each one takes a process and seconds of the machine. */
const WAITING_MAX = 4;

/** The tool; `scenarios` are the names that it offers. Programs run one after the other. */
export function checkTool(
  subject: string,
  project: Project,
  { scenarios, limits }: { scenarios: readonly string[]; limits: Partial<Limits> },
): Tool {
  let waiting = 0;
  let last: Promise<unknown> = Promise.resolve();
  const inTurn = <Result>(run: () => Promise<Result>): Promise<Result> => {
    if (waiting >= WAITING_MAX)
      throw new ToolError(`Cannot check the program: ${waiting} others are waiting, expected fewer. Try again later.`);
    waiting += 1;
    const turn = last.then(run).finally(() => (waiting -= 1));
    last = turn.catch(() => {});
    return turn;
  };
  return defineTool({
    name: 'check',
    title: 'Check a program',
    description: `Type-checks a TypeScript program against ${subject} and runs it as the examples of this site are run, against ${project.emulator === undefined ? 'no API' : 'an emulator of the API'}, in an empty folder, for a limited time and output. Returns findings with line, column and fix, what the program printed, and its requests to the API without secrets. The program runs on this machine with your rights, and is not isolated from it: it can read files, start programs and use the network, as you can. Send only programs that you would run yourself.`,
    runs: true,
    input: {
      program: z
        .string()
        .min(1)
        .max(PROGRAM_LETTERS_MAX)
        .describe(
          `The whole program, as one TypeScript module. It imports "${project.package.name}" and reads its settings from process.env. Lines below "// Output:" at the end are compared with what it prints; "// @throws Name" expects an error.`,
        ),
      scenario: z
        .string()
        .max(200)
        .optional()
        .describe(
          scenarios.length === 0
            ? 'This site has no scenarios: leave it out.'
            : `The state of the API and of the data that it gives: ${scenarios.join(', ')}. Default: ${scenarios[0]}.`,
        ),
    },
    output: {
      ok: z.boolean().describe('Whether there are no findings.'),
      ran: z.boolean().describe('False if it has findings that kept it from running.'),
      output: z.string().describe('What it printed.'),
      ending: z.string().describe('How it ended, such as "ended" or "threw TypeError: …".'),
      findings: z.array(
        z.object({
          code: z.string(),
          file: z.string(),
          line: z.number(),
          column: z.number().optional(),
          message: z.string(),
          fix: z.string(),
        }),
      ),
      exchanges: z.array(
        z.object({
          method: z.string(),
          path: z.string(),
          status: z.number(),
          sent: z.string(),
          answered: z.string(),
        }),
      ),
      scenario: z.string().optional(),
      ranOn: z.string(),
      durationMs: z.number(),
    },
    run: ({ program, scenario }) =>
      inTurn(async () => {
        const { issueEnvironment, exchanges, close } = await openRecordedApi(project, scenario);
        try {
          const checked = await checkProgram(program, { ...limits, project, issueEnvironment });
          const data = { ...describe(checked), exchanges, ...nameOf(scenario ?? scenarios[0]) };
          return { data, text: textOf(data) };
        } finally {
          await close();
        }
      }),
  });
}

function nameOf(scenario: string | undefined): { scenario?: string } {
  return scenario === undefined ? {} : { scenario };
}

function describe({ findings, run }: CheckedProgram) {
  return {
    ok: findings.length === 0,
    ran: run !== undefined,
    output: run?.output.join('\n') ?? '',
    ending: run === undefined ? 'not run' : describeEnding(run.ending),
    findings: findings.map(({ code, file, line, column, message, fix }) => ({
      code,
      file,
      line,
      ...(column !== undefined && { column }),
      message,
      fix,
    })),
    ranOn: run?.ranOn ?? '',
    durationMs: Math.round(run?.durationMs ?? 0),
  };
}

function describeEnding(ending: NonNullable<CheckedProgram['run']>['ending']): string {
  if (ending.kind === 'threw') return `threw ${ending.name}: ${ending.message}`;
  return ending.kind === 'ended' && ending.exitCode !== 0 ? `ended with exit code ${ending.exitCode}` : ending.kind;
}

interface Data extends ReturnType<typeof describe> {
  exchanges: { method: string; path: string; status: number; sent: string; answered: string }[];
  scenario?: string;
}

function textOf({ ran, output, ending, findings, exchanges, scenario, ranOn, durationMs }: Data): string {
  const where = scenario === undefined ? '' : ` in scenario "${scenario}"`;
  return [
    ran
      ? `${countFindings(findings)}. It ran on ${ranOn} for ${durationMs} ms${where}: ${ending}.`
      : `${countFindings(findings)}. It was not run.`,
    ...findings.map(
      ({ file, line, column, message, fix }) =>
        `${[file, line, column].filter((part) => part !== undefined).join(':')} ${message}\n  fix: ${fix}`,
    ),
    ...(ran ? [`Output:\n${output}`] : []),
    ...exchanges.map(({ method, path, status, sent, answered }) =>
      [`${method} ${path} → ${status}`, sent && `sent ${sent}`, answered && `answered ${answered}`]
        .filter(Boolean)
        .join('\n'),
    ),
  ].join('\n\n');
}
