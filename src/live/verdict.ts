/** How a run ended → whether it went as expected, and what to tell the reader. */
import type { Expected, Outcome, RunEnding } from './messages.ts';

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

/** Holds the run against what was expected of it. */
export function judge(expected: Expected | undefined, ending: RunEnding, printed: string): Outcome {
  if (!expected) return 'edited';
  const threw = ending.kind === 'threw' ? `${ending.name}: ${ending.message}` : '';
  const finished = ending.kind === 'ended' || ending.kind === 'threw';
  return finished && matches(expected.threw ?? '', threw) && matches(expected.output, printed) ? 'same' : 'differs';
}

/** One sentence, or two. */
export function describeVerdict(ending: RunEnding, outcome: Outcome, durationMs: number): string {
  const took = `in ${Math.round(durationMs)} ms`;
  switch (ending.kind) {
    case 'ended':
      if (outcome === 'edited') return `The edited program ran in your browser, ${took}, against the same API.`;
      if (outcome === 'differs') return 'It printed something else than when the page was built.';
      return `It printed the same in your browser, ${took}, against the same API.`;
    case 'threw': {
      const thrown = `${ending.name}: ${ending.message}${ending.line === undefined ? '' : ` (line ${ending.line})`}`;
      return outcome === 'same' ? `${thrown}. It did the same when the page was built.` : thrown;
    }
    case 'timed-out':
      return `Stopped after ${ending.limitMs / 1000} seconds.`;
    case 'flooded':
      return `Stopped after ${ending.max.toLocaleString('en')} ${ending.unit}.`;
  }
}
