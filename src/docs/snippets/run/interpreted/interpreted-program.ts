/** Inside a thread with an interpreter: runs one program after the other and tells what it did. */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import type { FaceOptions } from '../../../options/index.ts';
import type { Ending } from '../outcome.ts';
import type { Answer, Request } from '../thread-messages.ts';

/** The package behind calls that carry JSON, which is how the stand-ins in other languages reach it. */
export interface Bridge {
  /** Makes a client from its options as JSON; answers its handle. */
  create(given: string): string;
  /** Calls a method of the object with that handle. Answers `{"value": …}` or `{"error": …}`. */
  call(handle: number, method: string, given: string): string | Promise<string>;
}

/** The stand-ins of the project; undefined where it has none. */
export const faces = workerData as FaceOptions | undefined;

/** Without stand-ins, a program imports nothing that could ask. */
const { createBridge } = faces
  ? ((await import(pathToFileURL(faces.bridge).href)) as { createBridge: () => Bridge })
  : { createBridge: (): Bridge => ({ create: () => '{}', call: () => '{}' }) };

/** One program, as an interpreter needs it. */
export interface InterpretedProgram {
  /** Name of the file, which the interpreter's own errors mention. */
  path: string;
  source: string;
  environment: Record<string, string>;
  bridge: Bridge;
  /** Told about standard output; `line` is 0 where it cannot be told. */
  wrote: (text: string, line: number) => void;
  /** Told about standard error. */
  wroteError: (text: string) => void;
}

/** Runs a program to its end, however it ends. */
export type Interpreter = (program: InterpretedProgram) => Promise<Ending>;

/** Serves the thread with an interpreter that has started; `ranOn` is its name and version. */
export function serveThread(ranOn: string, interpret: Interpreter): void {
  const port = parentPort;
  if (!port) throw new Error('Cannot run programs: this file is started as a thread, see thread.ts');
  const tell = (answer: Answer) => port.postMessage(answer);
  port.on('message', (request: Request) => {
    // A program that waits for an answer lets the thread hear this; it has no other way to wait.
    if (request.kind === 'run') void runOne(request, interpret, tell);
  });
  tell({ kind: 'ready', ranOn });
}

async function runOne(
  { run, url, environment, outputBytesMax }: Request & { kind: 'run' },
  interpret: Interpreter,
  tell: (answer: Answer) => void,
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
