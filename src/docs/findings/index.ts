/** What is wrong with pages and snippets, as data; the one place that turns it into text; how commands are read. */
export { UsageError, readCommandLine, runCommand } from './command-line.ts';
export type { Finding } from './finding.ts';
export { FindingsError, sortFindings } from './finding.ts';
export { nearestName } from './nearest.ts';
export { formatFinding, formatFindings, formatFindingsJson } from './report.ts';
export { replaceFile } from './replace-file.ts';
