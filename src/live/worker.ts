/** In the worker: one program, run on the helpers and the emulator, without a network. */
import * as helpers from 'authkit-session-helpers';
import { createEmulator } from '../emulator/index.ts';
import type { RunEnding, RunRequest, WorkerReport } from './messages.ts';

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
  const environment = await emulator.issueEnvironment(ORIGIN);
  Object.assign(globalThis, {
    process: { env: environment },
    fetch: async (...given: ConstructorParameters<typeof Request>) => {
      const request = new Request(...given);
      const response = await emulator.fetch(request);
      report({ kind: 'exchanged', method: request.method, path: new URL(request.url).pathname, status: response.status });
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
    await new AsyncFunction('helpers', `${program}\n//# sourceURL=${NAME}`)(helpers);
    return { kind: 'ended' };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
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
