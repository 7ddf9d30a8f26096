import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bundleScript } from '../live/index.ts';
import { transform } from './code/strip-types.ts';
import { NEVER_CALLED } from './lazy-scripts.ts';

const SNIPPETS = new URL('../../snippets/', import.meta.url);
const EVERY_SYNTAX = new URL('code/testdata/typescript-syntax.ts', import.meta.url);
const BUNDLING_MS_MAX = 60_000;

let folder: string;
let trimmed: typeof transform;
/** Bytes that the trimming is there for. */
let bytes: { trimmed: number; whole: number };

beforeAll(async () => {
  const file = new URL('code/strip-types.ts', import.meta.url);
  const [script, whole] = await Promise.all([bundleScript(file, NEVER_CALLED), bundleScript(file)]);
  bytes = { trimmed: script.length, whole: whole.length };
  folder = await mkdtemp(join(tmpdir(), 'lazy-scripts-'));
  const path = join(folder, 'strip-types.js');
  await writeFile(path, script);
  ({ transform: trimmed } = (await import(pathToFileURL(path).href)) as { transform: typeof transform });
}, BUNDLING_MS_MAX);
afterAll(() => rm(folder, { recursive: true }));

/** What a text becomes, or what is said against it and where. */
function outcome(by: typeof transform, source: string): unknown {
  try {
    return by(source);
  } catch (error) {
    const { message, loc } = error as SyntaxError & { loc?: unknown };
    return { message, loc };
  }
}

it('leaves out a good part of what takes the types away', () => {
  expect(bytes.trimmed).toBeLessThan(bytes.whole * 0.75);
});

it('makes of every program what the whole of it makes, byte for byte', async () => {
  const files = (await readdir(SNIPPETS)).filter((file) => file.endsWith('.ts'));
  expect(files.length).toBeGreaterThan(20);
  for (const file of files) {
    const source = await readFile(new URL(file, SNIPPETS), 'utf8');
    expect(trimmed(source), file).toBe(transform(source));
  }
});

it('does so for all that TypeScript adds, together and line by line, cut anywhere', async () => {
  const source = await readFile(EVERY_SYNTAX, 'utf8');
  expect(trimmed(source)).toBe(transform(source));
  const lines = source.split('\n');
  for (const [index, line] of lines.entries()) {
    expect(outcome(trimmed, line), line).toEqual(outcome(transform, line));
    const cut = [...lines.slice(0, index), line.slice(0, line.length / 2)].join('\n');
    expect(outcome(trimmed, cut), cut.slice(-200)).toEqual(outcome(transform, cut));
  }
});

it('leaves JavaScript, each line where it was', async () => {
  const source = await readFile(EVERY_SYNTAX, 'utf8');
  const script = trimmed(source);
  expect(script.split('\n')).toHaveLength(source.split('\n').length);
  const program = script
    .replaceAll(/^import .*$/gm, 'const WorkOS = class {};')
    .replaceAll(/^export (default )?/gm, '');
  expect(() => new Function(program)).not.toThrow();
});

it.each([
  [
    'namespace',
    'const a = 1;\nnamespace Shapes { export const size = 1; }',
    'Cannot run namespace "Shapes": nothing would be left of it, an object is wanted',
  ],
  [
    'decorator',
    'const a = 1;\n@sealed class A {}',
    'Cannot run decorator "@sealed": no browser knows it yet, a call is wanted',
  ],
  [
    'decorator of a method',
    '\nclass A { @bound go() {} }',
    'Cannot run decorator "@bound": no browser knows it yet, a call is wanted',
  ],
  [
    'module of the old kind',
    '\nexport module Old.Shapes { export const size = 1; }',
    'Cannot run namespace "Old.Shapes": nothing would be left of it, an object is wanted',
  ],
])('refuses a %s, with its line', (_what, source, message) => {
  expect(outcome(trimmed, source)).toEqual({ message, loc: { line: 2 } });
});

it.each([
  ['a link in a comment', '/** See {@link A}. */\nclass A {}'],
  ['an address in a text', "class A {}\nconsole.log('; @a.example');"],
])('takes %s for no decorator', (_what, source) => {
  expect(outcome(trimmed, source)).toBe(source);
});
