import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Finding, acceptFindings, readKnownFindings, separateKnown } from './index.ts';

const finding = (message: string, file = 'content/a.mdx', line = 1): Finding => ({
  code: 'link-dead',
  file,
  line,
  message,
  fix: 'Correct it.',
});

let root: string;
beforeEach(async () => (root = await mkdtemp(join(tmpdir(), 'known-'))));
afterEach(() => rm(root, { recursive: true }));

const listed = () => ({ root, knownFindings: 'known-findings.json' });
const separate = async (findings: Finding[], complete = true) =>
  separateKnown(findings, await readKnownFindings(listed()), { check: 'pages', complete });

it('accepts all findings of a check, and tells new ones apart, also in the same file', async () => {
  const old = [
    finding('Cannot follow /x.'),
    finding('Cannot follow /x.', 'content/a.mdx', 9),
    finding('Cannot follow /y.'),
  ];
  await acceptFindings(listed(), old, 'pages');
  expect(await separate(old)).toMatchObject({ findings: [], known: { length: 3 } });
  const news = [finding('Cannot follow /z.'), finding('Cannot follow /x.', 'content/b.mdx')];
  expect((await separate([...old, ...news])).findings).toEqual(news);
  const thrice = [...old, finding('Cannot follow /x.', 'content/a.mdx', 30)];
  expect((await separate(thrice)).findings.map(({ line }) => line)).toEqual([30]);
});

it('does not depend on line numbers', async () => {
  await acceptFindings(listed(), [finding('Cannot declare it twice: line 5 has the same id.')], 'pages');
  const moved = finding('Cannot declare it twice: line 17 has the same id.', 'content/a.mdx', 40);
  expect(await separate([moved])).toMatchObject({ findings: [], known: [moved] });
});

it('reports an accepted finding that is fixed, but only where all findings are there', async () => {
  await acceptFindings(
    listed(),
    [finding('Cannot follow /x.'), finding('Cannot follow /x.', 'content/a.mdx', 2)],
    'pages',
  );
  expect((await separate([finding('Cannot follow /x.')])).findings).toMatchObject([
    { code: 'known-finding-fixed', file: 'content/a.mdx', message: expect.stringContaining('Cannot follow /x.') },
  ]);
  expect((await separate([], false)).findings).toEqual([]);
});

it('keeps reasons and the findings of other checks', async () => {
  await acceptFindings(listed(), [finding('Cannot follow /x.')], 'pages');
  const file = join(root, 'known-findings.json');
  await writeFile(file, (await readFile(file, 'utf8')).replace('"message"', '"reason": "To be written.", "message"'));
  await acceptFindings(listed(), [finding('Types differ.')], 'reference');
  await acceptFindings(listed(), [finding('Cannot follow /x.'), finding('Cannot follow /y.')], 'pages');
  expect(await readKnownFindings(listed())).toMatchObject([
    { message: 'Cannot follow /x.', reason: 'To be written.' },
    { message: 'Cannot follow /y.' },
    { message: 'Types differ.', check: 'reference' },
  ]);
  expect((await separate([finding('Cannot follow /x.')])).findings).toHaveLength(1);
});

it('accepts nothing without a file, and refuses one of another shape', async () => {
  expect(await readKnownFindings(listed())).toEqual([]);
  expect(await readKnownFindings({ root, knownFindings: undefined })).toEqual([]);
  await expect(acceptFindings({ root, knownFindings: undefined }, [], 'pages')).rejects.toThrow(
    "Add knownFindings: 'known-findings.json'",
  );
  for (const text of ['{', '[]', '{ "findings": [{ "code": "x" }] }']) {
    await writeFile(join(root, 'known-findings.json'), text);
    await expect(readKnownFindings(listed())).rejects.toThrow('Cannot read known-findings.json: ');
  }
});
