/** Whatever a program prints is written into its file as it was printed, or refused before anything is written. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LANGUAGES, languageOf } from '../options/index.ts';
import { judgeOutcome } from './run/judge.ts';
import { describeOutput } from './run/output.ts';
import { readSnippet } from './source/snippet.ts';
import { writeOutput } from './update.ts';

const PROGRAMS: Record<string, string> = {
  'a.ts': 'run(`\n// @no-run a\n// Output:\n`);\n',
  'a.rb': '# @standalone\nrun <<~TEXT\n  # @no-run a\n# Output:\nTEXT\n',
  'a.py': '# #region setup\nrun("""\n# @no-run a\n# Output:\n""")\n# #endregion\n',
  'a.sh': "cat <<'TEXT'\n# @no-run a\n# Output:\nTEXT\n",
};

const snippetOf = (id: string, source = PROGRAMS[id] ?? '') => {
  const read = readSnippet(source, `snippets/${id}`);
  if (!read) throw new Error(`Cannot read ${id}`);
  return read;
};

/** What a run of the program that printed `text` says about it. */
function judge(id: string, text: string): { codes: string[]; lines: string[]; written: string | undefined } {
  const { snippet } = snippetOf(id);
  const written = [{ text, line: 1 }];
  const outcome = { written, ending: { kind: 'ended', exitCode: 0 } as const, traces: [], durationMs: 1, ranOn: '' };
  const limits = { runTimeoutMs: 1, outputBytesMax: 1 };
  const codes = judgeOutcome(snippet, outcome, {}, limits).map(({ code }) => code);
  const { lines } = describeOutput(written);
  return { codes, lines, written: codes.includes('output-unprintable') ? undefined : writeOutput(snippet, lines) };
}

const piece = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('@no-run x', '@x', '#region x', '#endregion', 'Output:', '\u2028', '\r', '\r\n', '\n', ' ', '\t'),
  fc.constantFrom('=end', '__END__', 'TEXT', '"""', '`', '*/', '\\', '…', '\u001B[31m', '\uFEFF', '\u0000', '\uD800'),
);
const printed = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

it.each(LANGUAGES.map(({ ending }) => `a${ending}`).filter((id) => id in PROGRAMS))(
  'writes any output of %s so that it reads back as printed, or refuses it',
  (id) => {
    const before = snippetOf(id).snippet;
    fc.assert(
      fc.property(printed, (text) => {
        const { lines, written, codes } = judge(id, text);
        if (written === undefined) {
          expect(codes).toEqual(['output-unprintable']);
          return;
        }
        const { snippet, findings } = snippetOf(id, written);
        expect(findings).toEqual([]);
        expect(snippet.expectation).toEqual(lines.map((line) => line.trimEnd()));
        expect(snippet).toMatchObject({ code: before.code, directives: before.directives, regions: before.regions });
      }),
      { numRuns: 300 },
    );
  },
);

it('has a program of every language that runs', () => {
  expect(Object.keys(PROGRAMS).map((id) => languageOf(id)?.language)).toEqual(['js', 'ruby', 'python', 'curl']);
});

it.each([
  ['\u001B[31mred\u001B[0m\n', 'contains an ANSI escape sequence (U+001B)'],
  ['a\u2028b\n', 'contains the character U+2028'],
  ['one\na\rb\n', 'its line 2 contains the character U+000D'],
])('names the character that it refuses in %j', (text, sentence) => {
  const { snippet } = snippetOf('a.ts');
  const outcome = {
    written: [{ text, line: 3 }],
    ending: { kind: 'ended', exitCode: 0 } as const,
    traces: [],
    durationMs: 1,
    ranOn: '',
  };
  const [finding] = judgeOutcome(snippet, outcome, {}, { runTimeoutMs: 1, outputBytesMax: 1 });
  expect(finding).toMatchObject({ code: 'output-unprintable', line: 3 });
  expect(finding?.message).toContain(sentence);
});

it('refuses to write where the end of the file is not code', () => {
  expect(writeOutput(snippetOf('a.rb', 'puts DATA.read\n__END__\ntext\n').snippet, ['text'])).toBeUndefined();
  expect(writeOutput(snippetOf('a.sh', 'cat <<TEXT\ntext\n').snippet, ['text'])).toBeUndefined();
  expect(writeOutput(snippetOf('a.ts', 'run();\n/* open\n').snippet, ['text'])).toBeUndefined();
});

it('refuses to write a directive that the compiler would obey', () => {
  expect(writeOutput(snippetOf('a.ts').snippet, ['@ts-expect-error'])).toBeUndefined();
  expect(writeOutput(snippetOf('a.py').snippet, ['@ts-expect-error'])).toContain('# @ts-expect-error\n');
});
