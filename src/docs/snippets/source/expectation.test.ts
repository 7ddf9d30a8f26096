import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareOutput, matchesLine, matchesText } from '../match-output.ts';
import { LANGUAGES, type Language } from '../../options/index.ts';
import { readExpectation, readSource, writeExpectation } from './expectation.ts';

describe('matchesLine', () => {
  it.each([
    ['one', 'one', true],
    ['one', 'one  ', true],
    ['one  ', 'one', true],
    ['one', 'One', false],
    ['one', ' one', false],
    ['', '', true],
    ['', '   ', true],
    ['…', '', true],
    ['…', 'anything at all', true],
    ['id …', 'id 7', true],
    ['id …', 'id', false],
    ['… ms', '12 ms', true],
    ['… ms', '12 s', false],
    ['a … b … c', 'a 1 b 2 c', true],
    ['a … b … c', 'a 1 c', false],
    ['a…b…b', 'ab', false],
    ['a…b…b', 'abb', true],
    ['ab…bc', 'abc', false],
    ['a.c', 'abc', false],
    ['(…)', '(x)', true],
  ])('matches %j with %j: %j', (expected, received, matches) => {
    expect(matchesLine(expected, received)).toBe(matches);
  });

  it('matches every line with itself, also with … in the middle', () => {
    const text = fc.stringMatching(/^[ab.(*\\]*$/);
    fc.assert(
      fc.property(text, text, text, (head, middle, tail) => {
        const line = head + middle + tail;
        expect(matchesLine(line, line)).toBe(true);
        expect(matchesLine(`${head}…${tail}`, line)).toBe(true);
        expect(matchesLine(`${head}…${middle}…${tail}`, line)).toBe(true);
      }),
    );
  });
});

describe('compareOutput', () => {
  it.each([
    [['a', 'b'], ['a', 'b'], undefined],
    [[], [], undefined],
    [['a', 'b'], ['a', 'c'], { index: 1, expected: 'b', received: 'c', count: 1 }],
    [['a', 'b', 'c'], ['x', 'b', 'y'], { index: 0, expected: 'a', received: 'x', count: 2 }],
    [['a'], [], { index: 0, expected: 'a', received: undefined, count: 1 }],
    [[], [''], { index: 0, expected: undefined, received: '', count: 1 }],
  ])('compares %j with %j', (expected, received, difference) => {
    expect(compareOutput(expected, received)).toEqual(difference);
  });
});

describe('writeExpectation', () => {
  const rows = fc.constantFrom(...LANGUAGES.filter(({ commentMark }) => commentMark !== ''));
  const [typescript] = LANGUAGES as [Language];
  /** Printed lines: without line breaks and trailing spaces. */
  const output = fc.array(
    fc.oneof(
      fc.string().map((text) => text.replaceAll(/[\r\n…]/g, '').trimEnd()),
      fc.constantFrom('Output:', '@no-run x', '#region setup', '#endregion', '@throws', '// Output:', '# Output:'),
    ),
  );

  it('writes a block that reads back as the same output, in every language', () => {
    fc.assert(
      fc.property(output, rows, (lines, row) => {
        const source = writeExpectation('run()\n', lines, row);
        const expectation = readExpectation(readSource(source, 'x', row));
        expect(expectation).toMatchObject({ lines, line: 3, sound: true, findings: [] });
      }),
    );
  });

  it('changes nothing if the output is already there', () => {
    fc.assert(
      fc.property(output, rows, (lines, row) => {
        const once = writeExpectation('run()\n', lines, row);
        expect(writeExpectation(once, lines, row)).toBe(once);
      }),
    );
  });

  it('keeps lines with … that still match, even if they have moved', () => {
    const source = 'run();\n\n// Output:\n// id …\n// old\n';
    expect(writeExpectation(source, ['new', 'id 7'], typescript)).toBe('run();\n\n// Output:\n// new\n// id …\n');
  });

  it('keeps a line of only … where it is, and nowhere else', () => {
    const source = 'run();\n\n// Output:\n// …\n// old\n';
    expect(writeExpectation(source, ['any', 'new'], typescript)).toBe('run();\n\n// Output:\n// …\n// new\n');
  });

  it('does not change the code above the block', () => {
    const source = '\nrun( );\n// a comment\n\n\n// Output:\n// one\n';
    expect(writeExpectation(source, ['two'], typescript)).toBe('\nrun( );\n// a comment\n\n// Output:\n// two\n');
  });

  it('keeps the line ends of the file', () => {
    expect(writeExpectation('run();\r\nend();\r\n', ['two'], typescript)).toBe(
      'run();\r\nend();\r\n\r\n// Output:\r\n// two\r\n',
    );
  });
});

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
  ['', '', true],
  ['', 'one\n', false],
])('compares the texts %j and %j', (expected, received, same) => {
  expect(matchesText(expected, received)).toBe(same);
});
