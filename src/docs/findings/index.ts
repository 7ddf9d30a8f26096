/** Findings as data and as text, and parsing of command lines. */
export { UsageError, readCommandLine, runCommand } from './command-line.ts';
export type { Finding } from './finding.ts';
export { FindingsError, isWarning, sortFindings } from './finding.ts';
export { acceptFindings, readKnownFindings, separateKnown } from './known.ts';
export { findNamedFile } from './named-file.ts';
export { nearestName } from './nearest.ts';
export { countFindings, describeFindings, formatFinding, formatFindings, formatFindingsJson } from './report.ts';
export { updateFiles } from './update-files.ts';
export { replaceFile } from './replace-file.ts';
