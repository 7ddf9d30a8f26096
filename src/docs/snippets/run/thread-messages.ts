/** The messages between a thread that runs snippets and its owner, which is in another process. */
import type { Ending } from './outcome.ts';

/** Sent to the worker. */
export type WorkerCommand =
  | {
      kind: 'run';
      run: number;
      url: string;
      environment: Record<string, string>;
      /** The current folder of the run. */
      folder: string;
      outputBytesMax: number;
    }
  /** Asks what keeps the current snippet running. A snippet that blocks the thread prevents the answer. */
  | { kind: 'describe' };

/** Sent by the worker; `run` identifies the run. */
export type WorkerEvent =
  /** Sent once, when the thread is ready. Time limits start here. */
  | { kind: 'ready'; ranOn: string }
  | { kind: 'wrote'; run: number; text: string; line: number | undefined }
  | { kind: 'flooded'; run: number }
  | { kind: 'waiting'; run: number; evaluated: boolean; open: string[] }
  /** `spent`: the thread cannot run another snippet. */
  | { kind: 'over'; run: number; ending: Ending; traces: string[]; durationMs: number; spent: boolean }
  /** Sent by the thread's process: the thread could not start, or an error ended it. */
  | { kind: 'failed'; name: string; message: string }
  | { kind: 'exited'; exitCode: number };
