/** Findings → the text a person reads. */
import { type Finding, sortFindings } from './finding.ts';

/** `file:line:column message (nearest "…")`, the pages that show it, and the fix on a line of its own. */
export function formatFinding(finding: Finding): string {
  const place = [finding.file, finding.line, finding.column].filter((part) => part !== undefined).join(':');
  const nearest = finding.nearest === undefined ? '' : ` (nearest "${finding.nearest}")`;
  const shown = finding.shownAt?.length ? `, shown at ${finding.shownAt.join(', ')}` : '';
  return `${place} ${finding.message}${nearest}${shown}\n  fix: ${finding.fix}`;
}

/** All findings in order, closed by a line that counts them. */
export function formatFindings(findings: readonly Finding[]): string {
  const sorted = sortFindings(findings);
  const count = sorted.length === 1 ? '1 finding' : `${sorted.length} findings`;
  return [...sorted.map(formatFinding), count].join('\n');
}
