import { glob, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { highlight } from './highlight.ts';
import { TOKEN_INTENTS, type TokenIntent, tokenizeProgram } from './program-tokens.ts';

const SNIPPETS = new URL('../../../../snippets/', import.meta.url);
/**
 * Pages are highlighted with a full grammar, the editor with a small tokenizer: where they differ, only the kind of a
 * name may differ.
 */
const SAME_SHARE_MIN = 0.98;

const drawn = (code: string) =>
  tokenizeProgram(code).map(({ start, end, intent }) => [code.slice(start, end), intent.slice(2)]);

/** The intent of each character on the page. */
async function intentsOnPage(code: string): Promise<(string | undefined)[]> {
  const intents: (string | undefined)[] = [];
  const open: (string | undefined)[] = [];
  for (const [, name, close, text = ''] of (await highlight(code, 'js')).matchAll(
    /<\w+ class="([\w-]+)"[^>]*>|(<\/\w+>)|((?:[^<&]|&\w+;)+)/g,
  )) {
    if (name !== undefined) open.push(name);
    else if (close !== undefined) open.pop();
    else for (const _ of text.replaceAll(/&\w+;/g, '&')) intents.push(open.at(-1));
  }
  return intents;
}

it('gives snippets the same colours as the pages, except for some names', async () => {
  let [all, same] = [0, 0];
  const mixed: string[] = [];
  for await (const file of glob('*.ts', { cwd: SNIPPETS })) {
    const code = (await readFile(new URL(file, SNIPPETS), 'utf8')).replaceAll(/[\u{10000}-\u{10ffff}]/gu, '?');
    const wanted = await intentsOnPage(code);
    expect(wanted, file).toHaveLength(code.length);
    const found: (string | undefined)[] = Array.from({ length: code.length });
    for (const { start, end, intent } of tokenizeProgram(code)) found.fill(intent, start, end);
    const certain = ['z-comment', 'z-string', 'z-number'];
    for (const [index, intent] of found.entries()) {
      if (/\s/.test(code.charAt(index))) continue;
      all += 1;
      if (intent === wanted[index]) same += 1;
      // The pages colour the parts of regular expressions apart.
      else if (
        !(intent === 'z-string' && /[*+?^|()[\]{},\d]/.test(code.charAt(index))) &&
        certain.includes(intent ?? '') !== certain.includes(wanted[index] ?? '')
      )
        mixed.push(
          `${file}:${code.slice(0, index).split('\n').length} ${code.charAt(index)} ${intent} ${wanted[index]}`,
        );
    }
  }
  expect(mixed).toEqual([]);
  expect(same / all).toBeGreaterThan(SAME_SHARE_MIN);
});

it.each<[string, string, [string, TokenIntent extends `z-${infer Name}` ? Name : never][]]>([
  [
    'a template within a template',
    '`a${f(`b${1}`)}c`',
    [
      ['`a', 'string'],
      ['f', 'function'],
      ['`b', 'string'],
      ['1', 'number'],
      ['`', 'string'],
      ['c`', 'string'],
    ],
  ],
  [
    'an object within a template',
    '`${{ a: 1 }}` + b',
    [
      ['`', 'string'],
      ['a', 'property'],
      ['1', 'number'],
      ['`', 'string'],
    ],
  ],
  [
    'a regular expression with a quote',
    'x = /[/"]/g; y = "z"',
    [
      ['/[/"]/g', 'string'],
      ['"z"', 'string'],
    ],
  ],
  ['divisions', 'a / b / c', []],
  [
    'an unclosed string, up to the end of its line',
    "a = 'b\nconst",
    [
      ["'b", 'string'],
      ['const', 'keyword'],
    ],
  ],
  [
    'an unclosed comment',
    '1 /* 2',
    [
      ['1', 'number'],
      ['/* 2', 'comment'],
    ],
  ],
  ['names that are keywords elsewhere', 'of = from; get(type)', [['get', 'function']]],
  [
    'a keyword as the name of a property',
    'a.class = { default: 1 }',
    [
      ['class', 'property'],
      ['default', 'property'],
      ['1', 'number'],
    ],
  ],
])('recognizes %s', (_what, code, tokens) => {
  expect(drawn(code)).toEqual(tokens);
});

it('splits any text into ordered tokens within its bounds', () => {
  const letters = fc.constantFrom(...'`${}/\\\'"*ab1.:=>(\n ', 'const ', '=>', '😀');
  fc.assert(
    fc.property(fc.array(letters, { maxLength: 60 }), (all) => {
      const text = all.join('');
      let done = 0;
      for (const { start, end, intent } of tokenizeProgram(text)) {
        expect(start).toBeGreaterThanOrEqual(done);
        expect(end).toBeGreaterThan(start);
        expect(TOKEN_INTENTS).toContain(intent);
        done = end;
      }
      expect(done).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 500 },
  );
});
