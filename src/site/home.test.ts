/** Compares what the home page claims with the pages that prove it. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const CONTENT = join(import.meta.dirname, '../../content');
const read = (path: string) => readFile(join(CONTENT, path), 'utf8');

it('claims no more about the CPU time than the performance page measured', async () => {
  const claimed = /\*\*1\/(\d+)\*\* of the CPU time/.exec(await read('index.mdx'))?.[1];
  const measured = await read('reference/authkit/session-helpers/performance.mdx');
  const microsOf = (name: string) =>
    Number(new RegExp(`^\\| ${name} \\| +([\\d,]+) \\|`, 'm').exec(measured)?.[1]?.replace(',', ''));
  const vendor = microsOf('@workos-inc/node');
  expect(vendor).toBeGreaterThan(0);
  for (const ours of ['ours', 'ours, token seen before'])
    expect(microsOf(ours), ours).toBeLessThanOrEqual(vendor / Number(claimed));
});

it('links the package, its source and WorkOS before the first example', async () => {
  const [beforeExample = ''] = (await read('index.mdx')).split('<CodeBlock');
  expect(beforeExample).toMatch(/<ProjectLinks>\s+\[WorkOS AuthKit\]\(https:\/\/workos\.com/);
});

it('says that the project is independent of WorkOS, as the README and the footer do', async () => {
  const texts = [await read('index.mdx'), await read('../README.md'), await read('../src/site/docs-options.ts')];
  for (const text of texts) expect(text).toMatch(/\bindependent\b/i);
});
