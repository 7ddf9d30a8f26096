/** A thread that runs snippets one after the other, and is replaced if it cannot be used again. */
import { Worker } from 'node:worker_threads';
import type { Ending, Limits, Outcome, Written } from './outcome.ts';
import type { WorkerCommand, WorkerEvent } from './thread-messages.ts';

/** Time limit for the answer to `describe`, in milliseconds. */
const ANSWER_MS_MAX = 1_000;

export interface Thread {
  /** Runs the snippet at `url`. Only one run at a time. */
  run(url: string, environment: Record<string, string>): Promise<Outcome>;
  /** Stops the thread. */
  close(): Promise<void>;
}

/** Creates a thread with the module `file`, `data` and these limits. It starts with the first run. */
export function createThread(file: string, limits: Limits, data?: unknown): Thread {
  let worker: Worker | undefined;
  let ready: Promise<string> | undefined;
  let runs = 0;
  const discard = async () => {
    const spent = worker;
    worker = undefined;
    await spent?.terminate();
  };
  return {
    run: async (url, environment) => {
      if (!worker) {
        worker = startWorker(file, data);
        ready = untilReady(worker);
      }
      const ranOn = await ready!;
      const { outcome, spent } = await runIn(worker, { run: ++runs, url, environment, ranOn, ...limits });
      if (spent) await discard();
      return outcome;
    },
    close: discard,
  };
}

function startWorker(file: string, workerData: unknown): Worker {
  // Each run brings its own environment and streams.
  const worker = new Worker(file, { workerData, env: {}, execArgv: [], stdin: true, stdout: true, stderr: true });
  worker.stdout.resume();
  worker.stderr.resume();
  return worker;
}

/** Resolves to the interpreter's name when the thread is ready. Rejects if it cannot start. */
function untilReady(worker: Worker): Promise<string> {
  return new Promise((resolve, reject) => {
    worker.once('error', reject).once('message', (answer: WorkerEvent & { kind: 'ready' }) => {
      worker.off('error', reject);
      resolve(answer.ranOn);
    });
  });
}

interface RunResult {
  outcome: Outcome;
  /** Whether the worker cannot be used again. */
  spent: boolean;
}

interface RunRequest extends Limits {
  run: number;
  url: string;
  environment: Record<string, string>;
  ranOn: string;
}

function runIn(
  worker: Worker,
  { run, url, environment, ranOn, runTimeoutMs, outputBytesMax }: RunRequest,
): Promise<RunResult> {
  const startedAt = performance.now();
  const written: Written[] = [];
  let resolve: (result: RunResult) => void;
  const promise = new Promise<RunResult>((settle) => {
    resolve = settle;
  });
  const ask = (command: WorkerCommand) => worker.postMessage(command);
  const stop = (ending: Ending) => {
    resolve({
      outcome: { written, ending, traces: [], durationMs: performance.now() - startedAt, ranOn },
      spent: true,
    });
  };

  const onMessage = (answer: WorkerEvent) => {
    if (answer.kind === 'ready' || answer.run !== run) return;
    if (answer.kind === 'wrote') written.push({ text: answer.text, line: answer.line });
    else if (answer.kind === 'flooded') stop({ kind: 'flooded' });
    else if (answer.kind === 'waiting') stop({ kind: answer.evaluated ? 'left-open' : 'timed-out', open: answer.open });
    else
      resolve({
        outcome: { written, ending: answer.ending, traces: answer.traces, durationMs: answer.durationMs, ranOn },
        spent: answer.spent,
      });
  };
  const onError = (error: Error) => stop({ kind: 'threw', name: error.name, message: error.message, line: undefined });
  const onExit = (exitCode: number) => stop({ kind: 'ended', exitCode });
  worker.on('message', onMessage).on('error', onError).on('exit', onExit);

  let giveUp: NodeJS.Timeout | undefined;
  const timeout = setTimeout(() => {
    ask({ kind: 'describe' });
    giveUp = setTimeout(() => stop({ kind: 'timed-out', open: 'busy' }), ANSWER_MS_MAX);
  }, runTimeoutMs);
  ask({ kind: 'run', run, url, environment, outputBytesMax });

  return promise.finally(() => {
    clearTimeout(timeout);
    clearTimeout(giveUp);
    worker.off('message', onMessage).off('error', onError).off('exit', onExit);
  });
}
