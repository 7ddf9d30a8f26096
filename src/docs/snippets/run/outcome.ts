/** What happened when a program ran, as plain data; and the contract of whatever runs programs. */
import type { Project } from '../../options/index.ts';
import type { Snippet } from '../source/snippet.ts';

/** A piece of standard output. */
export interface Written {
  text: string;
  /** Line of the program that wrote it, counted from 1; undefined where it cannot be told. */
  line: number | undefined;
}

/** How a run came to its end. */
export type Ending =
  /** Nothing was left to do. */
  | { kind: 'ended'; exitCode: number }
  /** An error that nobody caught. */
  | { kind: 'threw'; name: string; message: string; line: number | undefined }
  /** The program awaits what nothing can settle any more. */
  | { kind: 'stuck'; line: number | undefined }
  /** Stopped at the time limit while its own lines were under way. It waited for what is `open`, or was busy. */
  | { kind: 'timed-out'; open: string[] | 'busy' | 'unknown' }
  /** Stopped at the time limit after its last line, because of what is still open. */
  | { kind: 'left-open'; open: string[] }
  /** Stopped at the output limit. */
  | { kind: 'flooded' };

export interface Outcome {
  written: Written[];
  ending: Ending;
  /** What the run changed for programs after it, such as `globalThis.fetch` or `process.env.TZ`. */
  traces: string[];
  durationMs: number;
  /** What ran it, such as `Node 24.21.0`. */
  ranOn: string;
}

/** Limits of each run. */
export interface Limits {
  /** Milliseconds after which a program is stopped. */
  runTimeoutMs: number;
  /** Bytes of standard output and standard error, together, after which it is stopped. */
  outputBytesMax: number;
}

export interface RunContext extends Limits {
  project: Project;
  /** `shared`: programs follow one another in one thread unless they ask otherwise; `process`: each gets a process. */
  isolation: 'shared' | 'process';
  /** The environment variables for one program; every call gives new ones. */
  issueEnvironment: () => Promise<Record<string, string>>;
  /** Told about every run as soon as it is over. */
  onOutcome: (snippet: Snippet, outcome: Outcome, environment: Record<string, string>) => void;
}

/** Runs programs of one language, one after the other. Whatever a program does is told, never thrown. */
export type Runner = (snippets: readonly Snippet[], context: RunContext) => Promise<void>;
