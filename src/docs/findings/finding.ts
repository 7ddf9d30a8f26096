/** A finding: one thing that is wrong, where it is wrong, and what to do about it. */

export interface Finding {
  /** Permanent kebab-case code, such as `snippet-output-differs`. */
  code: string;
  /** Path from the project's root, with forward slashes. */
  file: string;
  /** Line, counted from 1. */
  line: number;
  /** Column, counted from 1; left out where the whole line is meant. */
  column?: number;
  /** `Cannot <action>: <current state>, <wanted state>`, without the place. */
  message: string;
  /** The closest existing name, where the finding is about a name that does not exist. */
  nearest?: string;
  /** What to do, as one imperative sentence. */
  fix: string;
  /** The command that repeats just what found this, such as `npm run snippets -- home.ts`. */
  repeat?: string;
  /** Places (`file:line`) of the pages that show what is wrong. */
  shownAt?: string[];
}

/** Orders findings by file, line, column and code, and drops exact repeats. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  const byPlace = (a: Finding, b: Finding) =>
    compare(a.file, b.file) || a.line - b.line || (a.column ?? 0) - (b.column ?? 0) || compare(a.code, b.code);
  const seen = new Set<string>();
  return findings.toSorted(byPlace).filter((finding) => {
    const identity = JSON.stringify(finding);
    return !seen.has(identity) && seen.add(identity);
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Thrown where findings must stop what is under way; its message lists every one of them. */
export class FindingsError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[], text: string) {
    super(text);
    this.name = 'FindingsError';
    this.findings = findings;
  }
}
