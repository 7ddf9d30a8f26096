import { expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { separateKnown } from './known.ts';

const finding = (code: string, file: string): Finding => ({ code, file, line: 1, message: 'Cannot.', fix: 'Do.' });
const known = [{ code: 'link-dead', file: 'content/a.mdx', reason: 'The page is being written.' }];

it('keeps known findings apart, by code and file, and counts them', () => {
  const others = [finding('link-dead', 'content/b.mdx'), finding('anchor-dead', 'content/a.mdx')];
  const twice = [finding('link-dead', 'content/a.mdx'), finding('link-dead', 'content/a.mdx')];
  expect(separateKnown([...twice, ...others], known, { complete: true })).toEqual({ findings: others, known: 2 });
});

it('reports a known finding that is fixed, but only where all findings are there', () => {
  expect(separateKnown([], known, { complete: false })).toEqual({ findings: [], known: 0 });
  expect(separateKnown([], known, { complete: true }).findings).toMatchObject([
    { code: 'known-finding-fixed', file: 'content/a.mdx', message: expect.stringContaining('"link-dead"') },
  ]);
});
