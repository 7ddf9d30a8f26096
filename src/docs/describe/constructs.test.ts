/** The table of README.md: what a page can contain, and what happens. Each row is a test. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainProject } from '../options/testdata/plain-project.ts';
import { type Content, readContent } from './content.ts';

const README = await readFile(join(import.meta.dirname, '../README.md'), 'utf8');

const rows = [...README.matchAll(/^\| `(.*?)`\s+\| (.*?)\s*\|$/gm)].map(([, written = '', happens = '']) => ({
  written: written.replaceAll('⏎', '\n'),
  happens,
  expected: /^`([\w-]+)`/.exec(happens)?.[1],
}));

let root: string;
let content: Content;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'constructs-'));
  const files: Record<string, string> = {
    'package.json': '{ "name": "constructs", "type": "module" }',
    'index.ts': 'export const one = 1;\n',
    'Known.astro': '',
    'content/index.mdx': '# Home\n',
    'content/other.mdx': '# Other\n\n## Row\n',
    'content/beside.png': '',
    'content/navigation.yaml': 'sections: [{ title: All, pages: [/other] }]\n',
    'snippets/one.ts': "console.log('one');\n\n// Output:\n// one\n",
  };
  rows.forEach(({ written }, index) => {
    const title = /^\s*(?:#|---|\+\+\+)/.test(written) ? '' : '# Page\n\n';
    files[`content/row-${index}.mdx`] = `${title}${written}\n`;
  });
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  content = await readContent(plainProject(root, { components: { Known: 'Known.astro' } }));
}, 60_000);
afterAll(() => rm(root, { recursive: true }));

it('has rows that are shown, and rows that are not', () => {
  expect(rows.length).toBeGreaterThan(40);
  expect(rows.filter(({ expected }) => expected === undefined).length).toBeGreaterThan(12);
});

it.each(rows.map((row, index) => ({ ...row, index })))('$written: $happens', ({ happens, expected, index }) => {
  const own = content.findings.filter(({ file }) => file === `content/row-${index}.mdx`).map(({ code }) => code);
  const found = own.filter((code) => code !== 'page-unlisted');
  if (expected !== undefined) expect(found).toContain(expected);
  else expect(found).toEqual([]);
  const isShown = content.pages.some(({ path }) => path === `/row-${index}`);
  expect(isShown).toBe(!happens.includes('development only'));
});

it('counts the drafts that are left out', () => {
  expect(content.draftCount).toBe(rows.filter(({ happens }) => happens.includes('development only')).length);
});
