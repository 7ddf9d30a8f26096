/** Findings → text. */
import { type Finding, sortFindings } from './finding.ts';

/**
 * `file:line:column message (nearest "…")` and the pages that show it; then the fix and the repeat command on separate
 * lines.
 */
export function formatFinding(finding: Finding): string {
  const place = [finding.file, finding.line, finding.column].filter((part) => part !== undefined).join(':');
  const nearest = finding.nearest === undefined ? '' : ` (nearest "${finding.nearest}")`;
  const shown = finding.shownAt?.length ? `, shown at ${finding.shownAt.join(', ')}` : '';
  const repeat = finding.repeat === undefined ? '' : `\n  repeat: ${finding.repeat}`;
  return `${place} ${finding.message}${nearest}${shown}\n  fix: ${finding.fix}${repeat}`;
}

/** A finding as a workflow command, which GitHub Actions turns into an annotation of the file. */
export function formatAnnotation({ file, line, column, code, message, fix, repeat }: Finding): string {
  const escape = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const property = (text: string) => escape(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  const place = [`file=${property(file)}`, `line=${line}`, ...(column === undefined ? [] : [`col=${column}`])];
  return `::error ${[...place, `title=${property(code)}`].join(',')}::${escape([message, fix, ...(repeat === undefined ? [] : [repeat])].join('\n'))}`;
}

/** All findings, sorted, and a last line with their count; in GitHub Actions with an annotation for each. */
export function formatFindings(findings: readonly Finding[], environment = process.env): string {
  const sorted = sortFindings(findings);
  const count = sorted.length === 1 ? '1 finding' : `${sorted.length} findings`;
  const annotations = environment['GITHUB_ACTIONS'] === 'true' ? sorted.map(formatAnnotation) : [];
  return [...sorted.map(formatFinding), ...annotations, count].join('\n');
}

/** All findings, sorted, as JSON. */
export function formatFindingsJson(findings: readonly Finding[]): string {
  return JSON.stringify({ findings: sortFindings(findings) }, null, 2);
}
