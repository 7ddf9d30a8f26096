/** A difference between an entry and the code → a finding with both sides. */
import type { Finding } from '../../findings/index.ts';
import type { FilePlace } from '../resolved-entry.ts';

/** A difference between reference and code; `message` contains both sides. */
export interface DifferenceFinding extends Finding {
  expected: string;
  found: string;
}

type Difference = Pick<DifferenceFinding, 'code' | 'found' | 'expected' | 'fix'> & { nearest?: string | undefined };

/** Collects the differences of one entry. */
export class Report {
  readonly findings: DifferenceFinding[] = [];
  readonly #title: string;

  constructor(title: string) {
    this.#title = title;
  }

  add(place: FilePlace, what: string, { code, found, expected, nearest, fix }: Difference): void {
    const message = `${what} of ${this.#title} does not match the code: found ${found}, expected ${expected}`;
    this.findings.push({ code, ...place, message, found, expected, ...(nearest ? { nearest } : {}), fix });
  }
}
