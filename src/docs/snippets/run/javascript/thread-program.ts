/** In the thread: runs snippets one after the other, each with its own modules, and reports the results. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { parentPort } from 'node:worker_threads';
import { captureOutput, lineInStack } from './capture.ts';
import { loadModulesAnew, moduleUrl } from './fresh-modules.ts';
import type { Ending } from '../outcome.ts';
import { refusedPath } from '../own-folder.ts';
import type { WorkerCommand, WorkerEvent } from '../thread-messages.ts';
import { watchTraces } from './traces.ts';

interface Program {
  run: number;
  url: string;
  environment: Record<string, string>;
  bytesLeft: number;
  evaluated: boolean;
  startedAt: number;
}

const port = parentPort;
if (!port) throw new Error('Cannot run snippets: this file must be started as a thread, see run-javascript.ts');

const runs = new AsyncLocalStorage<number>();
let present: Program | undefined;
const tell = (event: WorkerEvent) => port.postMessage(event);

loadModulesAnew(() => present?.run);

captureOutput({
  wrote(stream, text, bytes, where) {
    const run = runs.getStore() ?? present?.run;
    if (run === undefined) return;
    if (present?.run === run) {
      if (present.bytesLeft < 0) return;
      present.bytesLeft -= bytes;
      if (present.bytesLeft < 0) return tell({ kind: 'flooded', run });
    }
    if (stream === 'stdout') tell({ kind: 'wrote', run, text, line: where(present?.url ?? '') });
  },
});

process.on('uncaughtException', (error) => end(describeThrown(error), 'spent'));
process.on('exit', (exitCode) => end({ kind: 'ended', exitCode }, 'spent'));
process.on('beforeExit', (exitCode) => {
  if (!present) return;
  end(present.evaluated ? { kind: 'ended', exitCode } : { kind: 'stuck', line: undefined }, 'reusable');
});

const watch = watchTraces();

port.on('message', (command: WorkerCommand) => {
  if (command.kind === 'run') begin(command);
  else if (present) {
    const { run, evaluated } = present;
    tell({ kind: 'waiting', run, evaluated, open: process.getActiveResourcesInfo() });
  }
});

function begin({ run, url, environment, outputBytesMax }: WorkerCommand & { kind: 'run' }): void {
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  const program: Program = {
    run,
    url: moduleUrl(url, run),
    environment,
    bytesLeft: outputBytesMax,
    evaluated: false,
    startedAt: performance.now(),
  };
  present = program;
  // From here on, the thread exits when the snippet has no pending work, unless another request arrives.
  port?.unref();
  runs
    .run(run, () => import(program.url))
    .then(
      () => {
        program.evaluated = true;
      },
      (error) => {
        if (present === program)
          end(describeThrown(error), process.getActiveResourcesInfo().length > 0 ? 'spent' : 'reusable');
      },
    );
}

function end(ending: Ending, state: 'spent' | 'reusable'): void {
  if (!present) return;
  const { run, startedAt, environment } = present;
  const durationMs = performance.now() - startedAt;
  const traces = ending.kind === 'ended' ? watch.describeTraces(environment) : [];
  const spent = state === 'spent' || traces.length > 0 || ending.kind === 'stuck' || process.exitCode !== undefined;
  present = undefined;
  port?.ref();
  tell({ kind: 'over', run, ending, traces, durationMs, spent });
}

function describeThrown(error: unknown): Ending {
  const url = present?.url ?? '';
  const path = refusedPath(error);
  if (path !== undefined) return { kind: 'wrote-outside', path, line: lineInStack((error as Error).stack, url) };
  if (!(error instanceof Error)) return { kind: 'threw', name: typeof error, message: String(error), line: undefined };
  return { kind: 'threw', name: error.name, message: error.message, line: lineInStack(error.stack, url) };
}

tell({ kind: 'ready', ranOn: `Node ${process.versions.node}` });
