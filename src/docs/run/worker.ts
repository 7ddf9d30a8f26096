/** In the worker: runs one program with the package and the emulator, without network access. */
import { formatWithOptions } from 'node-inspect-extracted';
import { type Emulator, createEmulator, exported, issueScenario, packageName } from 'virtual:subject';
import type { RunEnding, RunRequest, WorkerReport } from './messages.ts';
import { UNPRINTED } from './browser-lacks.ts';
import { fixPlace } from './fixed-place.ts';
import { redactBody } from './redact.ts';
import { rewriteImports } from './rewrite-imports.ts';

/** The API's origin, as the package sees it. */
const ORIGIN = 'http://127.0.0.1:4010';
/** Lines that the engine adds before the body of a function created from text. */
const LINES_BEFORE = 2;
const NAME = 'program.ts';

const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (given: unknown) => Promise<unknown>;

fixPlace();

const report = (message: WorkerReport) => postMessage(message);

addEventListener('message', async ({ data }: MessageEvent<RunRequest>) => {
  const emulator = createEmulator?.();
  const environment = emulator ? await issueEnvironment(emulator, data.scenario) : {};
  Object.assign(globalThis, {
    process: { env: environment },
    fetch: async (...given: ConstructorParameters<typeof Request>) => {
      const request = new Request(...given);
      const sent = await request.clone().text();
      if (!emulator) throw new TypeError('fetch failed: examples that run in a page have no network access');
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
      report({ kind: 'printed', text: formatWithOptions({}, ...values), line: lineIn(new Error().stack) });
  }
  // Browsers would print these where no reader looks.
  for (const name of UNPRINTED)
    Object.assign(console, {
      [name]: () => {
        throw new TypeError(`Cannot call console.${name} here: it would not print what Node prints, use console.log`);
      },
    });
  const start = performance.now();
  const ending = await run(data.program);
  report({ kind: 'over', ending, durationMs: performance.now() - start });
});

function issueEnvironment(emulator: Emulator, scenario: string): Promise<Record<string, string>> {
  const issue = (options?: object) => emulator.issueEnvironment(ORIGIN, options);
  return issueScenario ? issueScenario({ ...emulator, issueEnvironment: issue }, scenario) : issue();
}

/** Called by the rewritten imports of a program. */
function imported(...names: string[]): typeof exported {
  const absent = names.find((name) => !(name in exported));
  if (absent === undefined) return exported;
  throw new SyntaxError(`The requested module '${packageName}' does not provide an export named '${absent}'`);
}

async function run(source: string): Promise<RunEnding> {
  try {
    const program = rewriteImports(source, packageName);
    await new AsyncFunction('imported', `${program}\n//# sourceURL=${NAME}`)(imported);
    return { kind: 'ended' };
  } catch (thrown) {
    const error: Error & { code?: unknown; loc?: { line: number } } =
      thrown instanceof Error ? thrown : new Error(String(thrown));
    const { name, message, code, loc, stack } = error;
    const line = loc?.line ?? lineIn(stack);
    return { kind: 'threw', name, message, ...(typeof code === 'string' && { code }), line };
  }
}

/** The innermost line of the program on the stack, counted from 1. */
function lineIn(stack = ''): number | undefined {
  const [, line] = new RegExp(`${NAME}:(\\d+)`).exec(stack) ?? [];
  return line === undefined ? undefined : Number(line) - LINES_BEFORE;
}
