/** In the worker: one program, run on the helpers and the emulator, without a network. */
import { SessionError } from 'authkit-session-helpers';
import { type Emulator, type IssuedEnvironment, type ScenarioName, createEmulator } from '../emulator/index.ts';
import * as most from './exports/most.ts';
import type { Part, RunEnding, RunRequest, WorkerReport } from './messages.ts';
import { redactBody } from './redact.ts';

/** Where the helpers believe the API to be. */
const ORIGIN = 'http://127.0.0.1:4010';
/** Lines that the engine puts before the body of a function made from text. */
const LINES_BEFORE = 2;
const NAME = 'program.ts';

const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (given: unknown) => Promise<unknown>;

const report = (message: WorkerReport) => postMessage(message);

/** Parts that were asked for, by name, and who waits for those that are under way. */
const parts = new Map<string, Promise<unknown>>();
const waiting = new Map<string, (part: Part) => void>();

/** What `import()` of this script became: the page around the sandbox fetches the part, as nothing here may. */
function loadPart(name: string): Promise<unknown> {
  const loaded =
    parts.get(name) ??
    new Promise<Part>((resolve) => {
      waiting.set(name, resolve);
      report({ kind: 'wants', part: name });
    }).then(({ code }) => {
      if (code === undefined)
        throw new Error(
          `Cannot load part "${name}" of the sandbox: the page could not fetch it, a connection is needed`,
        );
      return new AsyncFunction('loadPart', code)(loadPart);
    });
  parts.set(name, loaded);
  return loaded;
}
Object.assign(globalThis, { loadPart });

addEventListener('message', async ({ data }: MessageEvent<RunRequest | Part>) => {
  if ('part' in data) return waiting.get(data.part)?.(data);
  const emulator = createEmulator();
  const environment = await issue(emulator, data.scenario);
  Object.assign(globalThis, {
    process: { env: environment },
    fetch: async (...given: ConstructorParameters<typeof Request>) => {
      const request = new Request(...given);
      const sent = await request.clone().text();
      const response = await emulator.fetch(request);
      const { method } = request;
      const answered = redactBody(await response.clone().text());
      report({
        kind: 'exchanged',
        method,
        path: new URL(request.url).pathname,
        status: response.status,
        sent: redactBody(sent),
        answered,
      });
      return response;
    },
  });
  for (const name of ['log', 'info', 'debug'] as const) {
    console[name] = (...values: unknown[]) =>
      report({ kind: 'printed', text: values.map(describe).join(' '), line: lineIn(new Error().stack) });
  }
  const start = performance.now();
  const ending = await run(data.program);
  report({ kind: 'over', ending, durationMs: performance.now() - start });
});

/** Other scenarios than the one that programs are written for are a part. */
async function issue(emulator: Emulator, scenario: ScenarioName): Promise<IssuedEnvironment> {
  if (scenario === 'valid') return emulator.issueEnvironment(ORIGIN);
  const { issueScenario } = await import('./scenarios.ts');
  return issueScenario(
    { ...emulator, issueEnvironment: (options) => emulator.issueEnvironment(ORIGIN, options) },
    scenario,
  );
}

/** What a program imports is a part, where few programs do. */
async function helpers(...names: string[]): Promise<object> {
  if (names.every((name) => name in most)) return most;
  const more = { ...most, ...(await import('./exports/cookies.ts')) };
  return names.every((name) => name in more) ? more : { ...more, ...(await import('./exports/catalogue.ts')) };
}

async function run(program: string): Promise<RunEnding> {
  try {
    await new AsyncFunction('helpers', `${program}\n//# sourceURL=${NAME}`)(helpers);
    return { kind: 'ended' };
  } catch (thrown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const code = error instanceof SessionError ? { code: error.code } : {};
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
