/** A finding: one problem, its position, and its fix. */

export interface Finding {
  /** Permanent kebab-case code, such as `snippet-output-differs`. */
  code: string;
  /** `warning`: something is incomplete, but nothing is wrong; it does not stop a build. Default `error`. */
  severity?: 'error' | 'warning';
  /** Path relative to the project root, with forward slashes. */
  file: string;
  /** Line, counted from 1. */
  line: number;
  /** Column, counted from 1; left out if the finding is about the whole line. */
  column?: number;
  /** `Cannot <action>: <what is wrong>, expected <what>`, without the position. */
  message: string;
  /** The closest existing name, if the finding is about an unknown name. */
  nearest?: string;
  /** How to fix it, as one imperative sentence. */
  fix: string;
  /** What a YAML file can say instead, and what confirms it: `npm run pages -- --update` writes it. */
  update?: { was: string; becomes: string; confirmedBy: string };
  /** The command that repeats only this check, such as `npm run snippets -- home.ts`. */
  repeat?: string;
  /** Positions (`file:line`) on pages that show the file. */
  shownAt?: string[];
}

export function isWarning({ severity }: Finding): boolean {
  return severity === 'warning';
}

/** Sorts findings by file, line, column and code, and removes duplicates. */
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

/** Thrown if findings must stop the current task; its message lists all of them. */
export class FindingsError extends Error {
  readonly findings: readonly Finding[];

  constructor(findings: readonly Finding[], text: string) {
    super(text);
    this.name = 'FindingsError';
    this.findings = findings;
  }
}
