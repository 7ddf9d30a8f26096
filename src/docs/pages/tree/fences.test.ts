import { expect, it } from 'vitest';
import { readPageTree } from '../index.ts';

/** The first fence of a page with this info string, and what is wrong with it. */
function read(info: string) {
  const { fences, findings } = readPageTree(`# T\n\n\`\`\`${info}\nline 1\n  line 2\n\`\`\`\n`, 'content/x.mdx');
  return { fence: fences[0], messages: findings.map(({ severity, line, message }) => ({ severity, line, message })) };
}

it.each([
  ['', { language: '' }],
  ['sh', { language: 'sh' }],
  ['JSON', { language: 'json' }],
  ['sh run', { language: 'sh', run: [] }],
  ['sh run="curl tr"', { language: 'sh', run: ['curl', 'tr'] }],
  ['ts title=\'a b.ts\' needs="express @types/express"', { title: 'a b.ts', needs: ['express', '@types/express'] }],
  ['text output title="Output of = it"', { language: 'text', isOutput: true, title: 'Output of = it' }],
  ['ts unchecked="it runs in a browser"', { unchecked: 'it runs in a browser' }],
])('reads the info string %j', (info, expected) => {
  const { fence, messages } = read(info);
  expect(fence).toMatchObject({
    line: 3,
    column: 1,
    textLine: 4,
    text: 'line 1\n  line 2',
    isOutput: false,
    ...expected,
  });
  expect(messages).toEqual([]);
});

it.each([
  ['ts titel="a"', 'Cannot use "titel="a"" of a code fence: expected one of title, run, needs, unchecked, output'],
  ['ts title', 'Cannot use "title" of a code fence: expected title="…"'],
  ['ts unchecked=""', 'Cannot use "unchecked=""" of a code fence: expected unchecked="…"'],
  ['ts output="a"', 'Cannot use "output="a"" of a code fence: expected output without a value'],
  ['ts {1,3}', 'Cannot use "{1,3}" of a code fence: expected one of title, run, needs, unchecked, output'],
])('warns of %j', (info, message) => {
  expect(read(info).messages).toEqual([{ severity: 'warning', line: 3, message }]);
});

it('finds fences in lists, quotes and components, in the order of the page', () => {
  const text = '- a\n\n  ```sh\n  b\n    c\n  ```\n\n> ```rb\n> d\n> ```\n\n<Callout>\n\n~~~py\ne\n~~~\n\n</Callout>\n';
  const { fences } = readPageTree(text, 'content/x.mdx');
  expect(fences.map(({ language, text: code, line, column }) => [language, code, line, column])).toEqual([
    ['sh', 'b\n  c', 3, 3],
    ['rb', 'd', 8, 3],
    ['py', 'e', 14, 1],
  ]);
});
