/** No page, message, comment or test name contains a phrase of `odd-phrases.ts`. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ODD_PHRASES } from './odd-phrases.ts';

const ROOT = join(import.meta.dirname, '..');
const FILES = [
  'content/**/*.{mdx,yaml,json}',
  '{README,CONTRIBUTING,CHANGELOG,SECURITY}.md',
  'snippets/*',
  'src/**/*.{ts,astro,css,py,rb}',
];

/** The list itself. */
const LEFT_OUT = /odd-phrases/;
/** Expected outputs repeat messages from other files. */
const OUTPUT = /^(?:\/\/|#) Output:\n[^]*/m;

const patterns = ODD_PHRASES.map(({ odd, better }) => ({
  // A phrase may continue on the next line of a comment.
  pattern: new RegExp(`(?<![\\w-])(?:${odd.replaceAll(' ', '[\\s*/#]+')})(?![\\w-])`, 'gi'),
  better,
}));

function findOddPhrases(text: string, file: string): string[] {
  return patterns.flatMap(({ pattern, better }) =>
    [...text.replace(OUTPUT, '').matchAll(pattern)].map(({ 0: phrase, index }) => {
      const line = text.slice(0, index).split('\n').length;
      return `${file}:${line} "${phrase.replaceAll(/[\s*/#]+/g, ' ')}": write ${better}`;
    }),
  );
}

it('finds a phrase in any case and across lines, but not inside a word', () => {
  const text = '// Anew\n/**\n * What is\n * wanted.\n */\nconst renewed = "planew, anew-ish";';
  expect(findOddPhrases(text, 'a.ts')).toEqual([
    'a.ts:1 "Anew": write "again"',
    'a.ts:3 "is wanted": write "must be …", "expected …"',
  ]);
});

it('finds none in pages, messages, comments and test names', async () => {
  const all = (await Array.fromAsync(glob(FILES, { cwd: ROOT }))).map((file) => file.replaceAll('\\', '/'));
  const files = all.filter((file) => !LEFT_OUT.test(file));
  expect(files.length).toBeGreaterThan(100);
  const found = await Promise.all(
    files.map(async (file) => findOddPhrases(await readFile(join(ROOT, file), 'utf8'), file)),
  );
  expect(found.flat().toSorted()).toEqual([]);
});
