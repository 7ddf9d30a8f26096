import { expect, it } from 'vitest';
import { prefersMarkdown } from './prefers-markdown.ts';

it.each([
  ['no header', undefined, false],
  ['a browser', 'text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8', false],
  ['curl', '*/*', false],
  ['Markdown alone', 'text/markdown', true],
  ['Markdown in capitals, with a parameter', 'Text/Markdown; variant=GFM', true],
  ['both alike', 'text/html, text/markdown', true],
  ['Markdown first', 'text/markdown, text/html;q=0.9, */*;q=0.1', true],
  ['HTML first', 'text/html, text/markdown;q=0.9', false],
  ['XHTML first', 'application/xhtml+xml, text/markdown;q=0.9', false],
  ['Markdown with a weight of its own', 'text/html;q=0.1, text/markdown;q=0.2', true],
  ['no Markdown', 'text/markdown;q=0, */*', false],
  ['an invalid weight', 'text/markdown;q=.', false],
])('reads the header of %s', (_whom, accept, expected) => {
  expect(prefersMarkdown(accept)).toBe(expected);
});
