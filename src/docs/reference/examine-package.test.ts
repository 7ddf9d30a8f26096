import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { examinePackage } from './examine-package.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'declarations-'));
});
afterEach(() => rm(root, { recursive: true }));

const pageOf = (rows: string) => ({
  frontmatter: { file: 'a.mdx', page: '/a', yaml: `reference:\n  js:\n    - { key: greet, ${rows} }\n`, firstLine: 2 },
  names: [{ key: 'greet', title: 'greet', patternBefore: undefined }],
});
const PAGES = [pageOf('id: greet')];
const ask = async (source: string) => {
  const { declared } = await examinePackage({ root, source, client: undefined }, PAGES);
  return [...declared.values()].map(({ title, declaration }) => [title, declaration.calls[0]?.resultText]);
};
const write = (file: string, text: string) => writeFile(join(root, file), text);

it('reads the package again when one of its files has changed', async () => {
  await write('index.ts', "export * from './greet.ts';\n");
  await write('greet.ts', 'export declare function greet(): string;\n');
  expect(await ask('index.ts')).toEqual([['greet()', 'string']]);
  await write('greet.ts', 'export declare function greet(): Promise<string>;\n');
  expect(await ask('index.ts')).toEqual([['greet()', 'Promise<string>']]);
});

it('answers at once while nothing has changed', async () => {
  await write('index.ts', 'export declare function greet(): string;\n');
  const from = { root, source: 'index.ts', client: undefined };
  const first = examinePackage(from, PAGES);
  expect(examinePackage(from, PAGES)).toBe(first);
  await first;
});

it.each([
  ['no module', 'index.ts', 'declare const greet: string;\n'],
  ['no TypeScript', 'index.js', 'export const greet = () => "hello";\n'],
])('knows nothing of a package that is %s', async (_what, source, text) => {
  await write(source, text);
  expect(await ask(source)).toEqual([]);
});

it('reports what a page writes that the code does not say, and leaves entries alone that it does not declare', async () => {
  await write('index.ts', 'export declare function greet(name: string): string;\n');
  const from = { root, source: 'index.ts', client: undefined };
  const wrong = pageOf('parameters: [{ key: name, type: number }], returns: [{ key: greeting, type: string }]');
  const other = { ...wrong, names: [{ key: 'leave', title: 'leave', patternBefore: undefined }] };
  expect((await examinePackage(from, [wrong])).findings.map(({ code, line, column }) => [code, line, column])).toEqual([
    ['type-differs', 4, 53],
  ]);
  expect((await examinePackage(from, [other])).findings).toEqual([]);
});
