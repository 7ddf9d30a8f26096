import { expect, it } from 'vitest';
import { describeVerdict, matches } from './verdict.ts';

it.each([
  ['one\ntwo', 'one\ntwo\n', true],
  ['one  \ntwo', 'one\ntwo\n', true],
  ['one', 'one', true],
  ['session_…', 'session_01\n', true],
  ['a (b) [c] {d} ^$ | \\ .', 'a (b) [c] {d} ^$ | \\ .\n', true],
  ['one…two', 'one\ntwo\n', false],
  ['one.two', 'one-two\n', false],
  ['one', 'one\ntwo\n', false],
  ['one\ntwo', 'one\n', false],
  ['', 'one\n', false],
])('of %j and %j says whether they are the same', (expected, printed, same) => {
  expect(matches(expected, printed)).toBe(same);
});

it.each([
  [{ kind: 'ended' } as const, true, 'It printed the same in your browser, in 13 ms, against the same API.'],
  [{ kind: 'ended' } as const, false, 'It printed something else than when the page was built.'],
  [{ kind: 'threw', name: 'TypeError', message: 'no such page', line: 3 } as const, false, 'TypeError: no such page (line 3)'],
  [{ kind: 'timed-out', limitMs: 5_000 } as const, false, 'Stopped after 5 seconds.'],
  [{ kind: 'flooded', bytesMax: 65_536 } as const, false, 'Stopped after 65,536 bytes of output.'],
])('says in one sentence how it ended: %j', (ending, same, sentence) => {
  expect(describeVerdict(ending, same, 12.6)).toBe(sentence);
});
