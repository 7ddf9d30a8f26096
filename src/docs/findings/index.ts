/** Findings as data and as text, and parsing of command lines. */
export { UsageError, readCommandLine, runCommand } from './command-line.ts';
export type { Finding } from './finding.ts';
export { FindingsError, sortFindings } from './finding.ts';
export { type KnownFinding, separateKnown } from './known.ts';
export { nearestName } from './nearest.ts';
export { formatFinding, formatFindings, formatFindingsJson } from './report.ts';
export { replaceFile } from './replace-file.ts';
