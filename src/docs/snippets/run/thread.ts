/** A thread that runs snippets one after the other, in a process of its own that is replaced if it cannot be used again. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { machineEnvironment } from './native/machine-environment.ts';
import type { Ending, Limits, Outcome, Written } from './outcome.ts';
import { createFolder, folderEnvironment, removeFolder, writesOnlyTo } from './own-folder.ts';
import type { WorkerCommand, WorkerEvent } from './thread-messages.ts';

/** Time limit for the answer to `describe`, in milliseconds. */
const ANSWER_MS_MAX = 1_000;

export interface Thread {
  /** Runs the snippet at `url`. Only one run at a time. */
  run(url: string, environment: Record<string, string>): Promise<Outcome>;
  /** Stops the thread. */
  close(): Promise<void>;
}

/** A started thread. */
interface Started {
  host: ChildProcess;
  /** Contains the folders of its runs; nothing else can be written. */
  folder: string;
  ranOn: string;
}

export interface ThreadOptions {
  /** The module that runs snippets, and what it is started with. */
  file: string;
  data?: unknown;
  limits: Limits;
  /**
   * Where snippets write: on the `disk`, but only in their folder, or in the `memory` of an interpreter. Node's
   * permissions, which only the first needs, refuse the start of some interpreters.
   */
  writes: 'disk' | 'memory';
}

/** Creates a thread. It starts with the first run. */
export function createThread(options: ThreadOptions): Thread {
  let starting: Promise<Started> | undefined;
  let runs = 0;
  const discard = async () => {
    const spent = await starting?.catch(() => undefined);
    starting = undefined;
    if (!spent) return;
    if (spent.host.exitCode === null && spent.host.signalCode === null) {
      const gone = new Promise((resolve) => spent.host.once('exit', resolve));
      spent.host.kill('SIGKILL');
      await gone;
    }
    await removeFolder(spent.folder);
  };
  return {
    run: async (url, environment) => {
      const { host, folder, ranOn } = await (starting ??= start(options));
      const own = join(folder, String((runs += 1)));
      const { outcome, spent } = await runIn(host, {
        run: runs,
        url,
        environment: { ...environment, ...folderEnvironment(own) },
        folder: own,
        ranOn,
        ...options.limits,
      });
      await (spent ? discard() : removeFolder(own));
      return outcome;
    },
    close: discard,
  };
}

/** Resolves when the thread is ready. Rejects if it cannot start. */
async function start({ file, data, writes }: ThreadOptions): Promise<Started> {
  const folder = await createFolder();
  const host = fork(join(import.meta.dirname, 'thread-host.ts'), [file, JSON.stringify(data ?? null)], {
    cwd: folder,
    env: machineEnvironment('node'),
    execArgv: writes === 'disk' ? writesOnlyTo(folder) : [],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  try {
    const ranOn = await new Promise<string>((resolve, reject) => {
      host.once('error', reject).once('message', (event: WorkerEvent) => {
        if (event.kind === 'ready') resolve(event.ranOn);
        else reject(new Error(`Cannot start ${file}: ${event.kind === 'failed' ? event.message : 'it ended'}`));
      });
      host.once('exit', (code) => reject(new Error(`Cannot start ${file}: its process ended with ${code}`)));
    });
    return { host, folder, ranOn };
  } catch (error) {
    host.kill('SIGKILL');
    await removeFolder(folder);
    throw error;
  }
}

interface RunResult {
  outcome: Outcome;
  /** Whether the thread cannot be used again. */
  spent: boolean;
}

interface RunRequest extends Limits {
  run: number;
  url: string;
  environment: Record<string, string>;
  folder: string;
  ranOn: string;
}

function runIn(
  host: ChildProcess,
  { run, url, environment, folder, ranOn, runTimeoutMs, outputBytesMax }: RunRequest,
): Promise<RunResult> {
  const startedAt = performance.now();
  const written: Written[] = [];
  let resolve: (result: RunResult) => void;
  const promise = new Promise<RunResult>((settle) => {
    resolve = settle;
  });
  // A process that has ended gives no answer.
  const ask = (command: WorkerCommand) => host.send(command, () => {});
  const stop = (ending: Ending) => {
    resolve({
      outcome: { written, ending, traces: [], durationMs: performance.now() - startedAt, ranOn },
      spent: true,
    });
  };

  const onMessage = (answer: WorkerEvent) => {
    if (answer.kind === 'failed')
      return stop({ kind: 'threw', name: answer.name, message: answer.message, line: undefined });
    if (answer.kind === 'exited') return stop({ kind: 'ended', exitCode: answer.exitCode });
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
  const onClose = (exitCode: number | null) => stop({ kind: 'ended', exitCode: exitCode ?? 1 });
  host.on('message', onMessage).on('close', onClose);

  let giveUp: NodeJS.Timeout | undefined;
  const timeout = setTimeout(() => {
    ask({ kind: 'describe' });
    giveUp = setTimeout(() => stop({ kind: 'timed-out', open: 'busy' }), ANSWER_MS_MAX);
  }, runTimeoutMs);
  ask({ kind: 'run', run, url, environment, folder, outputBytesMax });

  return promise.finally(() => {
    clearTimeout(timeout);
    clearTimeout(giveUp);
    host.off('message', onMessage).off('close', onClose);
  });
}
