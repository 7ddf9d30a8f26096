import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { findNamedFile } from './index.ts';

const ROOT = resolve('/project');
const KNOWN = ['content/guides/deploy.mdx', 'snippets/a.ts'];

it.each([
  ['content/guides/deploy.mdx', 'content/guides/deploy.mdx'],
  ['./content/guides/deploy.mdx', 'content/guides/deploy.mdx'],
  ['content/../content/guides/deploy.mdx', 'content/guides/deploy.mdx'],
  [join(ROOT, 'snippets/a.ts'), 'snippets/a.ts'],
  ['deploy.mdx', 'content/guides/deploy.mdx'],
  ['../../snippets/a.ts', 'snippets/a.ts'],
  ['content/guides', undefined],
  ['b.ts', undefined],
  ['', undefined],
])('takes %j for %j', (given, expected) => {
  expect(findNamedFile(given, ROOT, KNOWN, join(ROOT, 'content/guides'))).toBe(expected);
});
