import { expect, it } from 'vitest';
import { LANGUAGES, languageLabel, languageOf, languageOrder } from './index.ts';
import { describeLanguages } from './languages.ts';

it('sorts known languages by the table and others by name', () => {
  expect(languageOrder(['zig', 'python', 'js', 'awk', 'js'])).toEqual(['js', 'python', 'awk', 'zig']);
});

it('has these languages, each with its label, file extension, comment mark and grammar', () => {
  const rows = LANGUAGES.map(({ language, label, ending, commentMark, grammar }) =>
    [language, label, ending, commentMark, grammar].join(' | '),
  );
  expect(rows).toEqual([
    'js | Node.js | .ts | // | ts',
    'ruby | Ruby | .rb | # | ruby',
    'python | Python | .py | # | python',
    'go | Go | .go | // | go',
    'java | Java | .java | // | java',
    'php | PHP | .php | // | php',
    'dotnet | .NET | .cs | // | csharp',
    'kotlin | Kotlin | .kt | // | kotlin',
    'rust | Rust | .rs | // | rust',
    'elixir | Elixir | .ex | # | elixir',
    'swift | Swift | .swift | // | swift',
    'curl | cURL | .sh | # | shell',
    'json | JSON | .json |  | json',
    'xml | XML | .xml |  | xml',
  ]);
});

it('gives a language outside the table its key as label, extension and grammar, and slashes as comments', () => {
  expect(describeLanguages({ zig: 'Not yet.' }).at(-1)).toEqual({
    language: 'zig',
    label: 'zig',
    ending: '.zig',
    commentMark: '//',
    grammar: 'zig',
    notRunBecause: 'Not yet.',
  });
});

it('knows a language by its extension, and labels it', () => {
  expect(languageOf('a/b.cs')?.language).toBe('dotnet');
  expect(languageOf('a/b.zig')).toBeUndefined();
  expect(['dotnet', 'zig'].map((key) => languageLabel(key))).toEqual(['.NET', 'zig']);
});

it('adds what the options say about languages that are not run', () => {
  const languages = describeLanguages({
    go: 'No toolchain.',
    zig: { because: 'Not yet.', label: 'Zig', ending: '.zig' },
  });
  expect(languages.filter(({ notRunBecause }) => notRunBecause !== undefined)).toMatchObject([
    { language: 'go', label: 'Go', ending: '.go', notRunBecause: 'No toolchain.' },
    { language: 'zig', label: 'Zig', ending: '.zig', notRunBecause: 'Not yet.' },
  ]);
  expect(languages).toHaveLength(LANGUAGES.length + 1);
});
