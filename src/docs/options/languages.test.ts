import { expect, it } from 'vitest';
import { LANGUAGES, languageLabel, languageOf, languageOrder } from './index.ts';
import { describeLanguages } from './languages.ts';

it('sorts known languages by the table and others by name', () => {
  expect(languageOrder(['zig', 'python', 'js', 'awk', 'js'])).toEqual(['js', 'python', 'awk', 'zig']);
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
