import fc from 'fast-check';
import { expect, it } from 'vitest';
import { describeOutput } from './output.ts';

it.each([
  ['nothing', [], [], []],
  ['an empty piece', [['', 1]], [], []],
  ['a line', [['one\n', 1]], ['one'], [1]],
  ['a line without a break', [['one', 1]], ['one'], [1]],
  ['an empty line', [['\n', 1]], [''], [1]],
  ['an empty line at the end', [['one\n\n', 1]], ['one', ''], [1, 1]],
  ['a Windows line break', [['one\r\ntwo\r\n', 1]], ['one', 'two'], [1, 1]],
  [
    'a line from two places, which counts for the first',
    [
      ['one ', 1],
      ['line\n', 2],
      ['two\n', 3],
    ],
    ['one line', 'two'],
    [1, 3],
  ],
] as const)('describes %s', (_name, written, lines, printedAt) => {
  expect(describeOutput(written.map(([text, line]) => ({ text, line })))).toEqual({ lines, printedAt });
});

it('returns the same lines however the output is split', () => {
  const pieces = fc.array(fc.stringMatching(/^[ab\n]*$/));
  fc.assert(
    fc.property(pieces, (texts) => {
      const text = texts.join('');
      const { lines, printedAt } = describeOutput(texts.map((piece) => ({ text: piece, line: 1 })));
      expect(lines).toEqual(text === '' ? [] : text.replace(/\n$/, '').split('\n'));
      expect(printedAt).toHaveLength(lines.length);
    }),
  );
});
