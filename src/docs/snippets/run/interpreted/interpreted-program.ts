/** In a thread with an interpreter: runs snippets one after the other and reports the results. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { FaceOptions } from '../../../options/index.ts';
import type { Ending } from '../outcome.ts';
import type { WorkerCommand, WorkerEvent } from '../thread-messages.ts';

/** Exposes the package as calls with JSON arguments, for the stand-ins in other languages. */
export interface Bridge {
  /** Creates a client from its options as JSON; returns its handle. */
  create(given: string): string;
  /** Calls a method of the object with that handle. Returns `{"value": …}` or `{"error": …}`. */
  call(handle: number, method: string, given: string): string | Promise<string>;
}

/** The stand-ins of the project, if any. */
export const faces = workerData as FaceOptions | undefined;

/** Without stand-ins, nothing calls the bridge. */
const { createBridge } = faces
  ? ((await import(/* @vite-ignore */ pathToFileURL(faces.bridge).href)) as { createBridge: () => Bridge })
  : { createBridge: (): Bridge => ({ create: () => '{}', call: () => '{}' }) };

/** The input of an interpreter. */
export interface InterpretedProgram {
  /** File name, which the interpreter's errors mention. */
  path: string;
  source: string;
  environment: Record<string, string>;
  bridge: Bridge;
  /** Called for standard output; `line` is 0 if unknown. */
  wrote: (text: string, line: number) => void;
  /** Called for standard error. */
  wroteError: (text: string) => void;
}

/** Runs a snippet until it ends. Never throws. */
export type Interpreter = (program: InterpretedProgram) => Promise<Ending>;

/** Handles the messages to this thread with a started interpreter; `ranOn` is its name and version. */
export function serveThread(ranOn: string, interpret: Interpreter): void {
  const port = parentPort;
  if (!port) throw new Error('Cannot run snippets: this file must be started as a thread, see thread.ts');
  const tell = (event: WorkerEvent) => port.postMessage(event);
  port.on('message', (command: WorkerCommand) => {
    // A snippet can only wait inside this call, so other messages need no answer.
    if (command.kind === 'run') void runOne(command, interpret, tell);
  });
  tell({ kind: 'ready', ranOn });
}

async function runOne(
  { run, url, environment, outputBytesMax }: WorkerCommand & { kind: 'run' },
  interpret: Interpreter,
  tell: (event: WorkerEvent) => void,
): Promise<void> {
  const path = fileURLToPath(url);
  let bytesLeft = outputBytesMax;
  const count = (text: string): boolean => {
    if (bytesLeft < 0) return false;
    bytesLeft -= Buffer.byteLength(text);
    if (bytesLeft < 0) tell({ kind: 'flooded', run });
    return bytesLeft >= 0;
  };
  for (const name of Object.keys(process.env)) delete process.env[name];
  Object.assign(process.env, environment);
  const startedAt = performance.now();
  const ending = await interpret({
    path: basename(path),
    source: readFileSync(path, 'utf8'),
    environment,
    bridge: createBridge(),
    wrote: (text, line) => {
      if (count(text)) tell({ kind: 'wrote', run, text, line: line || undefined });
    },
    wroteError: (text) => void count(text),
  });
  tell({ kind: 'over', run, ending, traces: [], durationMs: performance.now() - startedAt, spent: false });
}
