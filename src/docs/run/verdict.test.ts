import { expect, it } from 'vitest';
import { describeVerdict, judge } from './verdict.ts';

const ENDED = { kind: 'ended' } as const;
const THREW = { kind: 'threw', name: 'TypeError', message: 'no such page', line: 3 } as const;

it.each([
  ['the output that was expected', { output: 'one' }, ENDED, 'same'],
  ['another output', { output: 'two' }, ENDED, 'differs'],
  ['the error that was expected', { output: 'one', threw: 'TypeError: no …page' }, THREW, 'same'],
  ['another error', { output: 'one', threw: 'TypeError: no such line' }, THREW, 'differs'],
  ['an error that nobody expected', { output: 'one' }, THREW, 'differs'],
  ['no error where one was expected', { output: 'one', threw: 'TypeError: no such page' }, ENDED, 'differs'],
  ['the output, but no end', { output: 'one' }, { kind: 'timed-out', limitMs: 5_000 }, 'differs'],
  ['an edited program, of which nothing is expected', undefined, ENDED, 'edited'],
] as const)('judges %s', (_what, expected, ending, outcome) => {
  expect(judge(expected, ending, 'one\n')).toBe(outcome);
});

it.each([
  [ENDED, 'same', 'It printed the same in your browser, in 13 ms, against the same API.'],
  [ENDED, 'differs', 'It printed something else than when the page was built.'],
  [ENDED, 'edited', 'The edited program ran in your browser, in 13 ms, against the same API.'],
  [THREW, 'differs', 'TypeError: no such page (line 3)'],
  [THREW, 'same', 'TypeError: no such page (line 3). It did the same when the page was built.'],
  [{ kind: 'timed-out', limitMs: 5_000 }, 'differs', 'Stopped after 5 seconds.'],
  [{ kind: 'flooded', max: 65_536, unit: 'bytes of output' }, 'edited', 'Stopped after 65,536 bytes of output.'],
] as const)('says in a sentence how it ended: %j, %s', (ending, outcome, sentence) => {
  expect(describeVerdict(ending, outcome, 12.6)).toBe(sentence);
});
