/** A long output → its size in words; the page then shows it at a limited height. */

/** Outputs of up to this size are shown whole. */
const LINES_MAX = 30;
const CHARACTERS_MAX = 3_000;

/** `3,000 lines, 26 KB`; undefined if the output is short. */
export function outputSize(lines: readonly string[]): string | undefined {
  const bytes = new TextEncoder().encode(lines.join('\n')).length;
  if (lines.length <= LINES_MAX && bytes <= CHARACTERS_MAX) return undefined;
  const count = `${lines.length.toLocaleString('en')} ${lines.length === 1 ? 'line' : 'lines'}`;
  return `${count}, ${Math.max(1, Math.round(bytes / 1000)).toLocaleString('en')} KB`;
}
