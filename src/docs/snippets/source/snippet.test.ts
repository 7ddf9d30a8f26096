import { describe, expect, it } from 'vitest';
import { readSnippet } from './snippet.ts';

function read(lines: string[], path = 'snippets/program.ts') {
  const result = readSnippet(`${lines.join('\n')}\n`, path);
  if (!result) throw new Error(`Cannot read ${path}: no language has that extension`);
  return result;
}

const PROGRAM = [
  '// @standalone',
  '',
  '// #region setup',
  "const name = 'Ada';",
  '// #endregion',
  '',
  'console.log(name);',
  '  // #region rest',
  '  console.log(name);',
  '  // #endregion',
  '',
  '// Output:',
  '// Ada',
  '//   Ada',
];

describe('a snippet', () => {
  const { snippet, findings } = read(PROGRAM);

  it('is shown without markers, output, and blank lines at the start and end', () => {
    expect(snippet.code).toBe("const name = 'Ada';\n\nconsole.log(name);\n  console.log(name);");
    expect(findings).toEqual([]);
  });

  it('is copied with its output, beginning with the shown code', () => {
    expect(snippet.copyText).toBe(`${snippet.code}\n\n// Output:\n// Ada\n//   Ada\n`);
    expect(snippet.copyText.startsWith(snippet.code)).toBe(true);
  });

  it('maps each shown line to its line in the file', () => {
    const lines = snippet.source.split('\n');
    expect(snippet.codeLines).toEqual([4, 6, 7, 9]);
    expect(snippet.codeLines.map((line) => lines[line - 1]).join('\n')).toBe(snippet.code);
  });

  it('counts regions in shown lines', () => {
    expect(snippet.regions).toEqual([
      { name: 'setup', firstLine: 1, lastLine: 1 },
      { name: 'rest', firstLine: 4, lastLine: 4 },
    ]);
  });

  it('expects the lines of its block, without one space after the comment mark', () => {
    expect(snippet).toMatchObject({ expectation: ['Ada', '  Ada'], expectationLine: 12 });
  });

  it('has its file name as id, and shares the name without extension with its twins', () => {
    expect(snippet).toMatchObject({ id: 'program.ts', name: 'program', language: 'js', path: 'snippets/program.ts' });
  });
});

it('ignores Windows line endings and a byte order mark', () => {
  const windows = readSnippet(`\uFEFF${PROGRAM.join('\r\n')}\r\n`, 'snippets/program.ts');
  const { source: _, ...expected } = read(PROGRAM).snippet;
  expect(windows?.snippet).toMatchObject(expected);
});

it.each([
  ['rb', 'ruby', 'puts name'],
  ['py', 'python', 'print(name)'],
])('reads the markers of a .%s file after its own comment mark', (ending, language, print) => {
  const lines = [
    '# #region setup',
    "name = 'Ada'",
    '# #endregion',
    print,
    '# @throws KeyError',
    '',
    '# Output:',
    '# Ada',
  ];
  const { snippet, findings } = read(lines, `snippets/program.${ending}`);
  expect(findings).toEqual([]);
  expect(snippet).toMatchObject({
    language,
    code: `name = 'Ada'\n${print}`,
    regions: [{ name: 'setup', firstLine: 1, lastLine: 1 }],
    expectation: ['Ada'],
    directives: { throws: { name: 'KeyError', line: 5 }, standalone: false },
  });
});

it('reads the packages that readers must also install, and does not show that line', () => {
  const { snippet, findings } = read(['// @needs hono @hono/node-server', "import 'hono';", '', '// Output:']);
  expect(findings).toEqual([]);
  expect(snippet.directives.needs).toEqual({ packages: ['hono', '@hono/node-server'], line: 1 });
  expect(snippet.copyText).not.toContain('@needs');
});

it('rejects a file of an unknown language', () => {
  expect(readSnippet('', 'snippets/program.zig')).toBeUndefined();
});

it('keeps compiler directives in the code', () => {
  const lines = ['// @ts-expect-error a number is not a string', 'const text: string = 1;', '', '// Output:'];
  const { snippet, findings } = read(lines);
  expect(findings).toEqual([]);
  expect(snippet.code).toContain('@ts-expect-error');
});

it('only reads directives at the start of a comment line', () => {
  const lines = ['// write to ada@example.com', 'run(); // @no-run', '', '// Output:'];
  const { snippet, findings } = read(lines);
  expect(findings).toEqual([]);
  expect(snippet.directives).toEqual({ standalone: false });
});

it('shows nothing for an empty file, and reports what is missing', () => {
  const { snippet, findings } = read([]);
  expect(snippet).toMatchObject({ code: '', codeLines: [], expectation: [] });
  expect(findings.map(({ code }) => code)).toEqual(['output-missing']);
});
