/** Pages, messages, comments and test names are plain English. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type Node, readPageTree } from '../docs/pages/index.ts';
import { checkProse, findOddPhrases } from './check-prose.ts';

const ROOT = join(import.meta.dirname, '../..');
const PAGES = ['content/**/*.mdx', '{README,CONTRIBUTING,CHANGELOG,SECURITY}.md'];
const OTHERS = ['content/**/*.{yaml,json}', 'snippets/*', 'src/**/*.{ts,astro,css,py,rb,md}'];

/** The list itself. */
const LEFT_OUT = /^src\/prose\//;
/** Expected outputs repeat messages from other files. */
const OUTPUT = /^(?:\/\/|#) Output:\n[^]*/m;

async function filesOf(patterns: readonly string[]): Promise<string[]> {
  const all = await Array.fromAsync(glob(patterns, { cwd: ROOT }));
  return all.map((file) => file.replaceAll('\\', '/')).sort();
}

const read = (file: string) => readFile(join(ROOT, file), 'utf8');

const PARAGRAPHS = new Set(['paragraph', 'heading', 'tableCell']);

/** The paragraphs and descriptions of a page, with their lines. */
function paragraphsOf(text: string, file: string): { line: number; prose: string }[] {
  const { root } = readPageTree(text, file);
  expect(root.children, `${file} does not parse`).toBeDefined();
  const visit = (node: Node): { line: number; prose: string }[] =>
    PARAGRAPHS.has(node.type)
      ? [{ line: node.position?.start.line ?? 0, prose: proseOf(node).replaceAll(/\s+/g, ' ') }]
      : (node.children ?? []).flatMap(visit);
  const descriptions = text.matchAll(/^ *[a-z_]*: (?=[A-Z])([^\n]{20,})$/gm);
  return [
    ...visit(root),
    ...Array.from(descriptions, ({ 1: prose = '', index }) => ({
      line: text.slice(0, index).split('\n').length,
      prose: prose.replaceAll(/`([^`]*)`/g, (_whole, code: string) => shortened(code)),
    })),
  ];
}

function proseOf(node: Node): string {
  if (node.type === 'inlineCode') return shortened(node.value);
  return node.value ?? node.children?.map(proseOf).join('') ?? '';
}

/** The first letters of code: it sounds the same after an article, and does not count as a long word. */
function shortened(code = ''): string {
  return /[a-z]{1,4}/i.exec(code)?.[0] ?? 'code';
}

it.each([
  ['Code stands in the file.', 'Unexpected "stands in", write "is in …", "appears in …"'],
  ['Send the the headers.', 'Unexpected repeated `the`'],
  ['This is a error.', 'Unexpected article `a` before `error`, expected `an`'],
  ['In order to sign in, call it.', 'Unexpected `in order to`, use `to` instead'],
  [
    'Notwithstanding considerable architectural heterogeneity, organizational representatives subsequently ' +
      'necessitated comprehensive authentication infrastructure modernization initiatives throughout administrative subdivisions.',
    'Unexpected hard to read sentence',
  ],
])('finds what is wrong with "%s"', (text, expected) => {
  expect(checkProse(text).join('\n').toLowerCase()).toContain(expected.toLowerCase());
});

it('finds a phrase in any case and across lines, but not inside a word', () => {
  const text = '// Anew\n/**\n * What is\n * wanted.\n */\nconst renewed = "planew, anew-ish";';
  expect(findOddPhrases(text).map(({ phrase }) => phrase)).toEqual(['Anew', 'is wanted']);
});

it('finds nothing wrong with the pages, their descriptions, the README and the changelog', async () => {
  const files = await filesOf(PAGES);
  expect(files.length).toBeGreaterThan(30);
  const found: string[] = [];
  for (const file of files)
    for (const { line, prose } of paragraphsOf(await read(file), file))
      found.push(...checkProse(prose).map((fault) => `${file}:${line} ${fault}`));
  expect(found).toEqual([]);
}, 60_000);

it('finds no odd phrase in messages, comments and test names', async () => {
  const files = (await filesOf(OTHERS)).filter((file) => !LEFT_OUT.test(file));
  expect(files.length).toBeGreaterThan(100);
  const found = await Promise.all(
    files.map(async (file) => {
      const text = (await read(file)).replace(OUTPUT, '');
      return findOddPhrases(text).map(({ phrase, better, index }) => {
        const line = text.slice(0, index).split('\n').length;
        return `${file}:${line} "${phrase}": write ${better}`;
      });
    }),
  );
  expect(found.flat()).toEqual([]);
});
