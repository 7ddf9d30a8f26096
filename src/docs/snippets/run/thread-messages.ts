/** What is said between a thread that runs programs and whoever started it. */
import type { Ending } from './outcome.ts';

/** What the thread is asked. */
export type Request =
  | { kind: 'run'; run: number; url: string; environment: Record<string, string>; outputBytesMax: number }
  /** What keeps the present program from ending? Only a program that gives way lets the thread answer. */
  | { kind: 'describe' };

/** What the thread answers; `run` says which program it is about. */
export type Answer =
  /** The thread has loaded what it needs; said once. The time of a program is counted from here. */
  | { kind: 'ready'; ranOn: string }
  | { kind: 'wrote'; run: number; text: string; line: number | undefined }
  | { kind: 'flooded'; run: number }
  | { kind: 'waiting'; run: number; evaluated: boolean; open: string[] }
  /** `spent`: the thread cannot be used for another program. */
  | { kind: 'over'; run: number; ending: Ending; traces: string[]; durationMs: number; spent: boolean };
