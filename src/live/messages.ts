/** What is said between a page, the sandbox in it, and the worker in that. */

/** What a page asks of the sandbox, once per run. */
export interface RunRequest {
  /** The program as JavaScript, line by line where it stands on the page. */
  program: string;
  /** What it printed when the page was built; `…` stands for anything within a line. */
  expected: string;
}

/** What the worker tells, piece by piece; `over` is the last. */
export type WorkerReport =
  | { kind: 'printed'; text: string; line: number | undefined }
  /** One request that the helpers made, and how the API answered it. */
  | { kind: 'exchanged'; method: string; path: string; status: number }
  | { kind: 'over'; ending: RunEnding; durationMs: number };

/** What the sandbox tells the page: the worker's pieces, the last one with a verdict. */
export type RunReport =
  | Exclude<WorkerReport, { kind: 'over' }>
  | {
      kind: 'over';
      ending: RunEnding;
      /** Whether it ended well and printed what was expected. */
      same: boolean;
      /** One sentence for the reader. */
      verdict: string;
    };

export type RunEnding =
  | { kind: 'ended' }
  | { kind: 'threw'; name: string; message: string; code?: string; line: number | undefined }
  | { kind: 'timed-out'; limitMs: number }
  | { kind: 'flooded'; bytesMax: number };
