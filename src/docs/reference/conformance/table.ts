/** Comparisons → a text table. */
import type { Comparison } from './compare.ts';

const HEADINGS = ['entry', 'compared with', 'parameters', 'returns', 'findings'];

/** One line per entry, with aligned columns; without a trailing line break. */
export function formatComparisons(comparisons: readonly Comparison[]): string {
  const lines = comparisons.map(({ title, subject = 'nothing', parameters, returns, findings }) => [
    title,
    subject,
    ...[parameters, returns, findings.length].map(String),
  ]);
  const cells = [HEADINGS, ...lines];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, column: number) =>
    column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0);
  return cells.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
