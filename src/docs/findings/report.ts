/** Findings → text. */
import { type Finding, isWarning, sortFindings } from './finding.ts';

/** How many pages a finding names. */
const PLACES_MAX = 5;

/**
 * `file:line:column message (nearest "…")` and the pages that show it; then the fix and the repeat command on separate
 * lines.
 */
export function formatFinding(finding: Finding): string {
  const place = [finding.file, finding.line, finding.column].filter((part) => part !== undefined).join(':');
  const nearest = finding.nearest === undefined ? '' : ` (nearest "${finding.nearest}")`;
  const [places, more] = [finding.shownAt?.slice(0, PLACES_MAX) ?? [], (finding.shownAt?.length ?? 0) - PLACES_MAX];
  const shown = places.length === 0 ? '' : `, shown at ${places.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const repeat = finding.repeat === undefined ? '' : `\n  repeat: ${finding.repeat}`;
  const severity = isWarning(finding) ? 'warning: ' : '';
  return `${place} ${severity}${finding.message}${nearest}${shown}\n  fix: ${finding.fix}${repeat}`;
}

/** A finding as a workflow command, which GitHub Actions turns into an annotation of the file. */
export function formatAnnotation(finding: Finding): string {
  const { file, line, column, code, message, fix, repeat } = finding;
  const escape = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => escape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const place = [`file=${property(file)}`, `line=${line}`, ...(column === undefined ? [] : [`col=${column}`])];
  return `::${isWarning(finding) ? 'warning' : 'error'} ${[...place, `title=${property(code)}`].join(',')}::${escape([message, fix, ...(repeat === undefined ? [] : [repeat])].join('\n'))}`;
}

/**
 * All findings, sorted, and a last line with their count and that of accepted ones; in GitHub Actions with an annotation
 * for each.
 */
export function formatFindings(
  findings: readonly Finding[],
  { environment = process.env, known = 0 }: { environment?: NodeJS.ProcessEnv; known?: number } = {},
): string {
  const sorted = sortFindings(findings);
  const annotations = environment['GITHUB_ACTIONS'] === 'true' ? sorted.map(formatAnnotation) : [];
  return [...sorted.map(formatFinding), ...annotations, countFindings(sorted, known)].join('\n');
}

/** All findings, sorted, and their counts, as JSON. */
export function formatFindingsJson(findings: readonly Finding[], known = 0): string {
  return JSON.stringify(describeFindings(findings, known), null, 2);
}

/** Findings and counts as plain data; `accepted` is the number of accepted findings, which are left out. */
export function describeFindings(findings: readonly Finding[], known = 0): object {
  const sorted = sortFindings(findings).map((finding) => ({ ...finding, severity: finding.severity ?? 'error' }));
  const warnings = sorted.filter(isWarning).length;
  return { findings: sorted, errors: sorted.length - warnings, warnings, accepted: known };
}

/** `3 findings (1 warning), 2 accepted`. */
export function countFindings(findings: readonly Finding[], known = 0): string {
  const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;
  const warnings = findings.filter(isWarning).length;
  const some = warnings === 0 ? '' : ` (${counted(warnings, 'warning')})`;
  return `${counted(findings.length, 'finding')}${some}${known === 0 ? '' : `, ${known} accepted`}`;
}
