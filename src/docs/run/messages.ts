/** What is said between a page, the sandbox in it, and the worker in that. */
/** What a page asks of the sandbox, once per run. */
export interface RunRequest {
  /** The program as JavaScript, line by line where it stands on the page. */
  program: string;
  /** The scenario in which it runs, by its name in the emulator. */
  scenario: string;
  /** How it went when the page was built; undefined for a program that was edited. */
  expected: Expected | undefined;
}

/** How a program went. */
export interface Expected {
  /** What it printed; `…` stands for anything within a line. */
  output: string;
  /** What it threw, as name and message; `…` stands for anything. Absent where it ended. */
  threw?: string;
}

/** One request that the package made, and the answer; without secrets. */
export interface Exchange {
  method: string;
  path: string;
  /** The status of the answer. */
  status: number;
  /** Body of the request and of the answer; empty where there is none. */
  sent: string;
  answered: string;
}

/** What the worker tells, piece by piece; `over` is the last. */
export type WorkerReport =
  | { kind: 'printed'; text: string; line: number | undefined }
  | ({ kind: 'exchanged' } & Exchange)
  | { kind: 'over'; ending: RunEnding; durationMs: number };

/** What the sandbox tells the page: the worker's pieces, the last one with a verdict. */
export type RunReport =
  | Exclude<WorkerReport, { kind: 'over' }>
  | {
      kind: 'over';
      ending: RunEnding;
      outcome: Verdict;
      /** One sentence for the reader. */
      verdict: string;
    };

/** Whether it went as expected, where anything was expected. */
export type Verdict = 'same' | 'differs' | 'edited';

export type RunEnding =
  | { kind: 'ended' }
  /** `code` is one of the error catalogue. */
  | { kind: 'threw'; name: string; message: string; code?: string; line: number | undefined }
  | { kind: 'timed-out'; limitMs: number }
  /** It sent more than `max` of the unit, such as `bytes of output`. */
  | { kind: 'flooded'; max: number; unit: string };
