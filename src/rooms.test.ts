/** The walls between the rooms of src/, as a table; a broken one fails with the sentence that was broken. */
import { glob, readFile } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SRC = dirname(fileURLToPath(import.meta.url));

/** Rooms, and the rooms each may enter. Nobody enters site. */
const MAY_ENTER: Record<string, string[]> = {
  sdk: [],
  emulator: [],
  findings: [],
  snippets: ['emulator', 'findings'],
  reference: ['findings'],
  live: ['emulator'],
  'supply-chain': ['findings'],
  site: ['reference', 'snippets', 'live', 'findings'],
};

/** Third-party packages whose shapes stop at the files named (tests and benches aside). */
const STOPS_AT: Record<string, string[]> = {
  '#iron': ['sdk/seal.ts'],
  // Two rooms ask the compiler different things, and may not enter each other.
  'typescript/unstable': [
    'snippets/compiler/compiler.ts',
    'snippets/compiler/type-errors.ts',
    'snippets/compiler/calls.ts',
    'snippets/compiler/describe-types.ts',
    'snippets/compiler/spell-type.ts',
    'reference/held/checker.ts',
  ],
  amaro: ['site/code/runnable-program.ts'],
  sucrase: ['site/code/strip-types.ts'],
  pyodide: ['snippets/run/interpreted/python/python-program.ts'],
  '@ruby': ['snippets/run/interpreted/ruby/ruby-program.ts'],
  shiki: ['site/code/highlight.ts'],
  send: ['site/serve.ts'],
  '@resvg/resvg-js': ['site/picture/draw-picture.ts'],
  minisearch: ['site/search/finder.ts'],
  'puppeteer-core': ['site/e2e/browser.ts'],
};

/** Names of files that say nothing about what is in them. */
const HOMELESS = ['utils', 'util', 'helpers', 'common', 'lib', 'types', 'constants', 'misc', 'shared'];

interface Import {
  from: string;
  to: string;
}

const files = (await Array.fromAsync(glob('**/*.{ts,astro}', { cwd: SRC }))).map((file) => file.replaceAll('\\', '/'));
const inner = files.filter((file) => !/testdata|\.test\.ts$|\.d\.ts$|bench/.test(file));
const imports = (await Promise.all(inner.map(importsOf))).flat();

async function importsOf(file: string): Promise<Import[]> {
  const text = await readFile(`${SRC}/${file}`, 'utf8');
  const specifiers = text.matchAll(
    /^\s*(?:import|export)\b[^'";]*?\bfrom\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/gm,
  );
  return [...specifiers].map(([, a, b, c]) => {
    const specifier = a ?? b ?? c ?? '';
    return { from: file, to: specifier.startsWith('.') ? posix.join(dirname(file), specifier) : specifier };
  });
}

const roomOf = (path: string) => path.split('/')[0] ?? '';
const between = imports.filter(
  ({ from, to }) => roomOf(to) in MAY_ENTER && roomOf(from) !== roomOf(to) && /\.(ts|astro)$/.test(to),
);

it('reads the imports of every room, so that no wall is held by an empty list', () => {
  expect(new Set(inner.map(roomOf))).toContain('site');
  expect(between.length).toBeGreaterThan(5);
});

it('knows every room of src/', () => {
  const unknown = new Set(
    inner
      .filter((file) => file.includes('/'))
      .map(roomOf)
      .filter((room) => !(room in MAY_ENTER)),
  );
  expect([...unknown], 'a new folder of src/ needs a row in MAY_ENTER').toEqual([]);
});

it('lets each room enter only the rooms it may', () => {
  const broken = between
    .filter(({ from, to }) => !MAY_ENTER[roomOf(from)]?.includes(roomOf(to)))
    .map(({ from, to }) => `${roomOf(from)} must not enter ${roomOf(to)}: ${from} imports ${to}`);
  expect(broken).toEqual([]);
});

it('enters a room by its index.ts', () => {
  const broken = between
    .filter(({ to }) => posix.basename(to) !== 'index.ts')
    .map(({ from, to }) => `${roomOf(to)} is entered by its index.ts: ${from} imports ${to}`);
  expect(broken).toEqual([]);
});

it('stops the shapes of third-party packages at one file each', () => {
  const broken = imports.flatMap(({ from, to }) =>
    Object.entries(STOPS_AT)
      .filter(([name, allowed]) => (to === name || to.startsWith(`${name}/`)) && !allowed.includes(from))
      .map(([name, allowed]) => `${name} stops at ${allowed.join(' and ')}: ${from} imports it`),
  );
  expect(broken).toEqual([]);
});

it('keeps Astro inside site', () => {
  const broken = imports
    .filter(({ from, to }) => /^astro(:|\/|$)/.test(to) && roomOf(from) !== 'site')
    .map(({ from }) => from);
  expect(broken).toEqual([]);
});

it('names files after what is in them', () => {
  const homeless = files.filter((file) => file.split(/[/.]/).some((part) => HOMELESS.includes(part)));
  expect(homeless).toEqual([]);
});
