import { expect, it } from 'vitest';
import { describeVerdict, judge } from './verdict.ts';

const ENDED = { kind: 'ended' } as const;
const THREW = { kind: 'threw', name: 'TypeError', message: 'no such page', line: 3 } as const;

it.each([
  ['the output that was expected', { output: 'one' }, ENDED, 'same'],
  ['another output', { output: 'two' }, ENDED, 'differs'],
  ['the error that was expected', { output: 'one', threw: 'TypeError: no …page' }, THREW, 'same'],
  [
    'the error that was expected after another output',
    { output: 'two', threw: 'TypeError: no …page' },
    THREW,
    'differs',
  ],
  ['another error after another output', { output: 'two', threw: 'RangeError: no such page' }, THREW, 'differs'],
  ['a program that printed too much', { output: 'one' }, { kind: 'flooded', max: 1, unit: 'lines' }, 'differs'],
  ['an edited program that threw', undefined, THREW, 'edited'],
  ['another error', { output: 'one', threw: 'TypeError: no such line' }, THREW, 'differs'],
  ['an unexpected error', { output: 'one' }, THREW, 'differs'],
  ['no error where one was expected', { output: 'one', threw: 'TypeError: no such page' }, ENDED, 'differs'],
  ['the output of a program that did not end', { output: 'one' }, { kind: 'timed-out', limitMs: 5_000 }, 'differs'],
  ['an edited program, without an expectation', undefined, ENDED, 'edited'],
] as const)('judges %s', (_what, expected, ending, outcome) => {
  expect(judge(expected, ending, 'one\n')).toBe(outcome);
});

it.each([
  [ENDED, 'same', 'The output is the same in your browser, in 13 ms.'],
  [ENDED, 'differs', 'The output differs from when the page was built.'],
  [ENDED, 'edited', 'Your version ran in your browser, in 13 ms.'],
  [THREW, 'differs', 'TypeError: no such page (line 3)'],
  [THREW, 'same', 'TypeError: no such page (line 3). It threw the same error when the page was built.'],
  [THREW, 'edited', 'TypeError: no such page (line 3)'],
  [{ kind: 'threw', name: 'Error', message: 'lost', line: undefined }, 'differs', 'Error: lost'],
  [{ kind: 'timed-out', limitMs: 5_000 }, 'differs', 'Stopped after 5 seconds.'],
  [{ kind: 'flooded', max: 65_536, unit: 'bytes of output' }, 'edited', 'Stopped after 65,536 bytes of output.'],
] as const)('describes the ending %j with the verdict %s', (ending, outcome, sentence) => {
  expect(describeVerdict(ending, outcome, 12.6)).toBe(sentence);
});
