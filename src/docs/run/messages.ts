/** The messages between a page, its sandbox frame and the worker in that frame. */
/** Sent by the page to the sandbox, once per run. */
export interface RunRequest {
  /** The program as JavaScript, with the line numbers of the page. */
  program: string;
  /** Name of the emulator scenario to run it in. */
  scenario: string;
  /** The result from when the page was built; undefined for an edited program. */
  expected: Expected | undefined;
}

/** The expected result of a program. */
export interface Expected {
  /** What it printed; `…` matches anything within a line. */
  output: string;
  /** Name and message of the error it threw, where `…` matches anything. Absent if it did not throw. */
  threw?: string;
}

/** One request of the package and its response, without secrets. */
export interface Exchange {
  method: string;
  path: string;
  /** Status of the response. */
  status: number;
  /** Bodies of the request and the response; empty if there is none. */
  sent: string;
  answered: string;
}

/** Sent by the worker during a run; `over` comes last. */
export type WorkerReport =
  | { kind: 'printed'; text: string; line: number | undefined }
  | ({ kind: 'exchanged' } & Exchange)
  | { kind: 'over'; ending: RunEnding; durationMs: number };

/** Sent by the sandbox to the page: the worker's reports, the last one with a verdict. */
export type RunReport =
  | Exclude<WorkerReport, { kind: 'over' }>
  | {
      kind: 'over';
      ending: RunEnding;
      outcome: Verdict;
      /** One or two sentences for the reader. */
      verdict: string;
      /** 0 if it was stopped. */
      durationMs: number;
    };

/** How the result compares with the expected one; `edited` if nothing was expected. */
export type Verdict = 'same' | 'differs' | 'edited';

export type RunEnding =
  | { kind: 'ended' }
  /** `code` is a code of the error catalogue. */
  | { kind: 'threw'; name: string; message: string; code?: string; line: number | undefined }
  | { kind: 'timed-out'; limitMs: number }
  /** It sent more than `max` of the unit, such as `bytes of output`. */
  | { kind: 'flooded'; max: number; unit: string };
