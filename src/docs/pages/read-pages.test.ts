import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countParses, readPages } from './read-pages.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'pages-'));
  await mkdir(join(root, 'content/b'), { recursive: true });
  await writeFile(join(root, 'content/b/index.mdx'), '# B\n');
  await writeFile(join(root, 'content/a.mdx'), '# A\n');
});
afterAll(() => rm(root, { recursive: true }));

it('reads the pages of all folders, sorted by path, and none if the folder does not exist', async () => {
  const pages = await readPages(root);
  expect(pages.map(({ file, path }) => [file, path])).toEqual([
    ['content/a.mdx', '/a'],
    ['content/b/index.mdx', '/b'],
  ]);
  expect(await readPages(join(root, 'nowhere'))).toEqual([]);
});

it('parses a page again only if its text has changed', async () => {
  await readPages(root);
  await writeFile(join(root, 'content/a.mdx'), '# Changed\n');
  const [changed] = await readPages(root);
  expect(changed?.headings.map(({ text }) => text)).toEqual(['Changed']);
  expect([...countParses(root)]).toEqual([
    ['content/a.mdx', 2],
    ['content/b/index.mdx', 1],
  ]);
});
