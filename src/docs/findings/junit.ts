/** Cases with their findings → JUnit XML, which CI services show as tests. */
import type { Finding } from './finding.ts';
import { formatFinding } from './report.ts';

/** One thing that was checked. */
export interface JUnitCase {
  /** Path of the file, from the root. */
  file: string;
  durationMs: number;
  findings: readonly Finding[];
  /** Why it was not run, where it was not. */
  skippedBecause?: string | undefined;
}

/** One suite of the given name, a case for each file. */
export function formatJUnit(name: string, cases: readonly JUnitCase[]): string {
  const failures = cases.filter(({ findings }) => findings.length > 0).length;
  const skipped = cases.filter(
    ({ findings, skippedBecause }) => findings.length === 0 && skippedBecause !== undefined,
  ).length;
  const time = cases.reduce((sum, { durationMs }) => sum + durationMs, 0);
  const counts = attributes({ name, tests: cases.length, failures, errors: 0, skipped, time: seconds(time) });
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites ${counts}>`,
    `  <testsuite ${counts}>`,
    ...cases.map((each) => formatCase(name, each)),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n');
}

function formatCase(suite: string, { file, durationMs, findings, skippedBecause }: JUnitCase): string {
  const opening = `    <testcase ${attributes({ classname: suite, name: file, file, time: seconds(durationMs) })}`;
  const failures = findings.map(
    (finding) =>
      `      <failure ${attributes({ type: finding.code, message: finding.message })}>${escape(formatFinding(finding))}</failure>`,
  );
  const skip =
    failures.length === 0 && skippedBecause !== undefined
      ? [`      <skipped ${attributes({ message: skippedBecause })}/>`]
      : [];
  const inner = [...failures, ...skip];
  return inner.length === 0 ? `${opening}/>` : `${opening}>\n${inner.join('\n')}\n    </testcase>`;
}

function attributes(values: Record<string, string | number>): string {
  return Object.entries(values)
    .map(([name, value]) => `${name}="${escape(String(value))}"`)
    .join(' ');
}

function seconds(durationMs: number): string {
  return (durationMs / 1000).toFixed(3);
}

/** XML has no way to write control characters but tab and line feed; they are shown as a replacement. */
function escape(text: string): string {
  const entities: Record<string, string> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    '"': '&quot;',
    '\n': '&#10;',
    '\t': '&#9;',
  };
  return text
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"\n\t]/g, (each) => entities[each] ?? each);
}
