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
  ['the line that printed one line', ran('a;\nb;', [['two', 2]]), [[2, 'two']]],
  [
    'each line that did',
    ran('a;\nb;', [
      ['one', 1],
      ['two', 2],
    ]),
    [
      [1, 'one'],
      [2, 'two'],
    ],
  ],
  ['what is expected, where it differs from run to run', ran('a;', [['id_01', 1]], ['id_…']), [[1, 'id_…']]],
  [
    'no line that printed several',
    ran('a;', [
      ['one', 1],
      ['two', 1],
    ]),
    [],
  ],
  ['no line where it cannot be told', ran('a;', [['one', undefined]]), []],
  ['no line that printed a blank', ran('a;', [['', 1]]), []],
  ['a line beside which there is just the room', ran('a'.repeat(41), [['twelve chars', 1]]), [[1, 'twelve chars']]],
  [
    'a line beside which there is none, below it and as far in as it stands',
    ran(`if (a) {\n  ${'a'.repeat(40)}`, [['twelve chars', 2]]),
    [[2, '\n  → twelve chars']],
  ],
  ['as much of a result as fits below', ran('a'.repeat(50), [['x'.repeat(60), 1]]), [[1, `\n→ ${'x'.repeat(53)}…`]]],
])('marks %s', (_what, program, results) => {
  expect([...lineResults(program)]).toEqual(results);
});

it('counts in lines of the code, not of the file', () => {
  expect([...lineResults({ ...ran('a;', [['one', 3]]), codeLines: [3] })]).toEqual([[1, 'one']]);
});
