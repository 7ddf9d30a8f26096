/** What is wrong with pages and snippets, as data; and the one place that turns it into text. */
export type { Finding } from './finding.ts';
export { FindingsError, sortFindings } from './finding.ts';
export { formatFinding, formatFindings, formatFindingsJson } from './report.ts';
export { type JUnitCase, formatJUnit } from './junit.ts';
export { nearestName } from './nearest.ts';
