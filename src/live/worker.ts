/** In the worker: one program, run on the helpers and the emulator, without a network. */
import * as helpers from 'authkit-session-helpers';
import { createEmulator, issueScenario } from '../emulator/index.ts';
import { bindImports } from './imports.ts';
import type { RunEnding, RunRequest, WorkerReport } from './messages.ts';
import { redactBody } from './redact.ts';

/** Where the helpers believe the API to be. */
const ORIGIN = 'http://127.0.0.1:4010';
/** Lines that the engine puts before the body of a function made from text. */
const LINES_BEFORE = 2;
const NAME = 'program.ts';

type Program = (given: typeof helpers) => Promise<void>;
const AsyncFunction = (async () => undefined).constructor as new (...parts: string[]) => Program;

const report = (message: WorkerReport) => postMessage(message);

addEventListener('message', async ({ data }: MessageEvent<RunRequest>) => {
  const emulator = createEmulator();
  const environment = await issueScenario({ ...emulator, issueEnvironment: (options) => emulator.issueEnvironment(ORIGIN, options) }, data.scenario);
  Object.assign(globalThis, {
    process: { env: environment },
    fetch: async (...given: ConstructorParameters<typeof Request>) => {
      const request = new Request(...given);
      const sent = await request.clone().text();
      const response = await emulator.fetch(request);
      const { method } = request;
      const answered = redactBody(await response.clone().text());
      report({ kind: 'exchanged', method, path: new URL(request.url).pathname, status: response.status, sent: redactBody(sent), answered });
      return response;
    },
  });
  for (const name of ['log', 'info', 'debug'] as const) {
    console[name] = (...values: unknown[]) => report({ kind: 'printed', text: values.map(describe).join(' '), line: lineIn(new Error().stack) });
  }
  const start = performance.now();
  const ending = await run(data.program);
  report({ kind: 'over', ending, durationMs: performance.now() - start });
});

async function run(program: string): Promise<RunEnding> {
  try {
    await new AsyncFunction('helpers', `${bindImports(program)}\n//# sourceURL=${NAME}`)(helpers);
    return { kind: 'ended' };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const code = error instanceof helpers.SessionError ? { code: error.code } : {};
    return { kind: 'threw', name: error.name, message: error.message, ...code, line: lineIn(error.stack) };
  }
}

/** The innermost line of the program, counted from 1. */
function lineIn(stack = ''): number | undefined {
  const [, line] = new RegExp(`${NAME}:(\\d+)`).exec(stack) ?? [];
  return line === undefined ? undefined : Number(line) - LINES_BEFORE;
}

/** As Node prints what samples print: text as it is, other values as JSON-like text. */
function describe(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value);
}
