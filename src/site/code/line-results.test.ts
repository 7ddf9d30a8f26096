import { expect, it } from 'vitest';
import { lineResults } from './line-results.ts';

function ran(code: string, printed: readonly [text: string, line: number | undefined][], expectation = printed.map(([text]) => text)) {
  const codeLines = code.split('\n').map((_, index) => index + 1);
  return { code, codeLines, expectation, output: printed.map(([text]) => text), printedAt: printed.map(([, line]) => line) };
}

it.each([
  ['the line that printed one line', ran('a;\nb;', [['two', 2]]), [[2, 'two']]],
  ['each line that did', ran('a;\nb;', [['one', 1], ['two', 2]]), [[1, 'one'], [2, 'two']]],
  ['what is expected, where it differs from run to run', ran('a;', [['id_01', 1]], ['id_…']), [[1, 'id_…']]],
  ['no line that printed several', ran('a;', [['one', 1], ['two', 1]]), []],
  ['no line where it cannot be told', ran('a;', [['one', undefined]]), []],
  ['no line that printed a blank', ran('a;', [['', 1]]), []],
  ['a line with as much of the result as fits beside it', ran('a'.repeat(50), [['twelve chars', 1]]), [[1, 'twelve cha…']]],
  ['no line beside which there is no room', ran('a'.repeat(60), [['twelve chars', 1]]), []],
])('marks %s', (_what, program, results) => {
  expect([...lineResults(program)]).toEqual(results);
});

it('counts in lines of the code, not of the file', () => {
  expect([...lineResults({ ...ran('a;', [['one', 3]]), codeLines: [3] })]).toEqual([[1, 'one']]);
});
