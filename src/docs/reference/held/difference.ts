/** A difference between an entry and the code → a finding that says both sides. */
import type { Finding } from '../../findings/index.ts';
import type { FilePlace } from '../resolved-entry.ts';

/** A difference between reference and code; `message` says both sides in words. */
export interface HeldFinding extends Finding {
  expected: string;
  found: string;
}

type Difference = Pick<HeldFinding, 'code' | 'found' | 'expected' | 'fix'> & { nearest?: string | undefined };

/** Collects the differences of one entry. */
export class Report {
  readonly findings: HeldFinding[] = [];
  readonly #title: string;

  constructor(title: string) {
    this.#title = title;
  }

  add(place: FilePlace, what: string, { code, found, expected, nearest, fix }: Difference): void {
    const action = `Cannot hold ${what} of ${this.#title} against the code`;
    const message = `${action}: found ${found}, expected ${expected}`;
    this.findings.push({ code, ...place, message, found, expected, ...(nearest ? { nearest } : {}), fix });
  }
}
