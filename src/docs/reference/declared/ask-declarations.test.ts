import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { askDeclarations } from './index.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'declarations-'));
});
afterEach(() => rm(root, { recursive: true }));

const NAMES = [{ key: 'greet', title: 'greet', patternBefore: undefined }];
const ask = async (source: string) => {
  const declared = await askDeclarations({ root, source, client: undefined }, NAMES);
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
  const first = askDeclarations(from, NAMES);
  expect(askDeclarations(from, NAMES)).toBe(first);
  await first;
});

it.each([
  ['no module', 'index.ts', 'declare const greet: string;\n'],
  ['no TypeScript', 'index.js', 'export const greet = () => "hello";\n'],
])('knows nothing of a package that is %s', async (_what, source, text) => {
  await write(source, text);
  expect(await ask(source)).toEqual([]);
});
