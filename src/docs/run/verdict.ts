/** How a run ended → whether the result is as expected, and a sentence for the reader. */
import { matchesText } from '../snippets/match-output.ts';
import type { Expected, RunEnding, Verdict } from './messages.ts';

/** Compares the run with the expected result. */
export function judge(expected: Expected | undefined, ending: RunEnding, printed: string): Verdict {
  if (!expected) return 'edited';
  const threw = ending.kind === 'threw' ? `${ending.name}: ${ending.message}` : '';
  const finished = ending.kind === 'ended' || ending.kind === 'threw';
  return finished && matchesText(expected.threw ?? '', threw) && matchesText(expected.output, printed)
    ? 'same'
    : 'differs';
}

/** One sentence, or two. */
export function describeVerdict(ending: RunEnding, outcome: Verdict, durationMs: number): string {
  const took = `in ${Math.round(durationMs)} ms`;
  switch (ending.kind) {
    case 'ended':
      if (outcome === 'edited') return `Your version ran in your browser, ${took}.`;
      if (outcome === 'differs') return 'The output differs from when the page was built.';
      return `The output is the same in your browser, ${took}.`;
    case 'threw': {
      const thrown = `${ending.name}: ${ending.message}${ending.line === undefined ? '' : ` (line ${ending.line})`}`;
      return outcome === 'same' ? `${thrown}. It threw the same error when the page was built.` : thrown;
    }
    case 'timed-out':
      return `Stopped after ${ending.limitMs / 1000} seconds.`;
    case 'flooded':
      return `Stopped after ${ending.max.toLocaleString('en')} ${ending.unit}.`;
  }
}
