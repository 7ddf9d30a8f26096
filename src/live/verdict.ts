/** How a run ended → whether it printed what was expected, and what to tell the reader. */
import type { RunEnding } from './messages.ts';

/** Whether the output is the expected one; `…` matches anything within a line, trailing blanks do not count. */
export function matches(expected: string, printed: string): boolean {
  const pattern = expected
    .replaceAll(/[ \t]+$/gm, '')
    .trimEnd()
    .replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
    .replaceAll('…', '.*')
    .replaceAll('\n', ' *\n');
  return new RegExp(`^${pattern}\\s*$`).test(printed);
}

/** One sentence. */
export function describeVerdict(ending: RunEnding, same: boolean, durationMs: number): string {
  switch (ending.kind) {
    case 'ended':
      if (!same) return 'It printed something else than when the page was built.';
      return `It printed the same in your browser, in ${Math.round(durationMs)} ms, against the same API.`;
    case 'threw':
      return `${ending.name}: ${ending.message}${ending.line === undefined ? '' : ` (line ${ending.line})`}`;
    case 'timed-out':
      return `Stopped after ${ending.limitMs / 1000} seconds.`;
    case 'flooded':
      return `Stopped after ${ending.bytesMax.toLocaleString('en')} bytes of output.`;
  }
}
