import { expect, it } from 'vitest';
import { lineResults } from './line-results.ts';

function ran(
  code: string,
  printed: readonly [text: string, line: number | undefined][],
  expectation = printed.map(([text]) => text),
) {
  const codeLines = code.split('\n').map((_, index) => index + 1);
  return {
    code,
    codeLines,
    expectation,
    output: printed.map(([text]) => text),
    printedAt: printed.map(([, line]) => line),
  };
}

it.each([
  ['a line that printed one line', ran('a;\nb;', [['two', 2]]), [[2, 'two']]],
  [
    'each of several lines',
    ran('a;\nb;', [
      ['one', 1],
      ['two', 2],
    ]),
    [
      [1, 'one'],
      [2, 'two'],
    ],
  ],
  ['the expected text, if the output differs from run to run', ran('a;', [['id_01', 1]], ['id_…']), [[1, 'id_…']]],
  [
    'no line that printed several lines',
    ran('a;', [
      ['one', 1],
      ['two', 1],
    ]),
    [],
  ],
  ['no line if the line is unknown', ran('a;', [['one', undefined]]), []],
  ['no line that printed an empty line', ran('a;', [['', 1]]), []],
  ['a line with just enough room beside it', ran('a'.repeat(41), [['twelve chars', 1]]), [[1, 'twelve chars']]],
  [
    'a line without room beside it, below it and with its indentation',
    ran(`if (a) {\n  ${'a'.repeat(40)}`, [['twelve chars', 2]]),
    [[2, '\n  → twelve chars']],
  ],
  [
    'a long result, cut off below the line',
    ran('a'.repeat(50), [['x'.repeat(60), 1]]),
    [[1, `\n→ ${'x'.repeat(53)}…`]],
  ],
])('marks %s', (_what, program, results) => {
  expect([...lineResults(program)]).toEqual(results);
});

it('uses line numbers of the code, not of the file', () => {
  expect([...lineResults({ ...ran('a;', [['one', 3]]), codeLines: [3] })]).toEqual([[1, 'one']]);
});
