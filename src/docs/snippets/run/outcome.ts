/** The outcome of a run, as plain data; and the interface of runners. */
import type { Project } from '../../options/index.ts';
import type { Snippet } from '../source/snippet.ts';

/** A piece of standard output. */
export interface Written {
  text: string;
  /** Line of the snippet that wrote it, counted from 1; undefined if unknown. */
  line: number | undefined;
}

/** How a run ended. */
export type Ending =
  /** It exited by itself. */
  | { kind: 'ended'; exitCode: number }
  /** An uncaught error. */
  | { kind: 'threw'; name: string; message: string; line: number | undefined }
  /** It was kept from writing a file outside its folder. */
  | { kind: 'wrote-outside'; path: string; line: number | undefined }
  /** It awaits a promise that never settles. */
  | { kind: 'stuck'; line: number | undefined }
  /** Stopped at the time limit before its last line. It waited for the resources in `open`, or was busy. */
  | { kind: 'timed-out'; open: string[] | 'busy' | 'unknown' }
  /** Stopped at the time limit after its last line, because of open resources. */
  | { kind: 'left-open'; open: string[] }
  /** Stopped at the output limit. */
  | { kind: 'flooded' };

export interface Outcome {
  written: Written[];
  ending: Ending;
  /** What the run changed for later snippets, such as `globalThis.fetch` or `process.env.TZ`. */
  traces: string[];
  durationMs: number;
  /** The interpreter, such as `Node 24.21.0`. */
  ranOn: string;
}

/** Limits of each run. */
export interface Limits {
  /** Milliseconds after which a snippet is stopped. */
  runTimeoutMs: number;
  /** Bytes of standard output and standard error, together, after which it is stopped. */
  outputBytesMax: number;
}

export interface RunContext extends Limits {
  project: Project;
  /** `shared`: snippets share a thread unless they ask otherwise; `process`: each one gets a process. */
  isolation: 'shared' | 'process';
  /** Creates the environment variables for one snippet. */
  issueEnvironment: () => Promise<Record<string, string>>;
  /** Called after every run. */
  onOutcome: (snippet: Snippet, outcome: Outcome, environment: Record<string, string>) => void;
}

/** Runs snippets of one language, one after the other. Errors of snippets are reported, never thrown. */
export type Runner = (snippets: readonly Snippet[], context: RunContext) => Promise<void>;
