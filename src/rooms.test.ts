/** Import rules between the folders ("rooms") of src/, as a table; a violation is reported as a sentence. */
import { glob, readFile } from 'node:fs/promises';
import { dirname, posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SRC = dirname(fileURLToPath(import.meta.url));

/** Rooms, and the rooms that each may import from. No room imports from site. */
const MAY_ENTER: Record<string, string[]> = {
  sdk: [],
  faces: [],
  emulator: [],
  commands: ['emulator', 'sdk'],
  docs: ['docs/findings', 'docs/describe', 'docs/mcp', 'docs/reference', 'docs/run', 'docs/serve', 'docs/snippets'],
  'docs/findings': [],
  'docs/options': ['docs/findings'],
  'docs/diagrams': ['docs/findings'],
  'docs/pages': ['docs/diagrams', 'docs/findings'],
  'docs/typescript': ['docs/findings'],
  'docs/snippets': ['docs/findings', 'docs/options', 'docs/pages', 'docs/typescript'],
  'docs/reference': ['docs/findings', 'docs/options', 'docs/pages', 'docs/typescript'],
  'docs/facts': ['docs/diagrams', 'docs/findings', 'docs/options', 'docs/pages'],
  'docs/describe': [
    'docs/facts',
    'docs/findings',
    'docs/options',
    'docs/pages',
    'docs/typescript',
    'docs/snippets',
    'docs/reference',
    'docs/run',
  ],
  'docs/search': [],
  'docs/artifacts': [
    'docs/diagrams',
    'docs/options',
    'docs/pages',
    'docs/snippets',
    'docs/reference',
    'docs/describe',
    'docs/search',
  ],
  'docs/run': ['docs/snippets'],
  'docs/serve': ['docs/findings', 'docs/mcp', 'docs/options'],
  'docs/mcp': [
    'docs/artifacts',
    'docs/describe',
    'docs/findings',
    'docs/options',
    'docs/pages',
    'docs/run',
    'docs/search',
    'docs/snippets',
  ],
  'docs/theme': [
    'docs/diagrams',
    'docs/pages',
    'docs/snippets',
    'docs/reference',
    'docs/describe',
    'docs/search',
    'docs/artifacts',
    'docs/run',
  ],
  'docs/integration': [
    'docs/findings',
    'docs/options',
    'docs/pages',
    'docs/snippets',
    'docs/describe',
    'docs/artifacts',
    'docs/run',
    'docs/serve',
  ],
  'supply-chain': ['docs/findings'],
  prose: ['docs/pages'],
  site: [
    'docs/integration',
    'docs/serve',
    'docs/options',
    'docs/findings',
    'docs/facts',
    'docs/pages',
    'docs/snippets',
    'docs/reference',
    'docs/describe',
    'docs/artifacts',
    'docs/typescript',
    'docs/run',
    // The page of the inspector runs it, on cookies of the emulator.
    'sdk',
    'emulator',
  ],
};

/** Files besides index.ts that other rooms may import: browser code, which must not import Node's modules. */
const BROWSER_DOORS = ['docs/snippets/match-output.ts', 'docs/run/strip-types.ts'];

/** Programs that start commands: what a command prints is asked of its room. */
const STARTS_COMMANDS = ['docs/cli.ts', 'commands/bin.ts'];

/** Third-party packages that only these files may import (apart from tests and benchmarks). */
const STOPS_AT: Record<string, string[]> = {
  '#iron': ['sdk/seal.ts'],
  satteri: ['docs/pages/tree/page-tree.ts', 'docs/pages/markdown.ts'],
  yaml: ['docs/findings/update-files.ts', 'docs/pages/frontmatter.ts', 'docs/pages/navigation.ts'],
  'js-yaml': ['docs/pages/frontmatter.ts'],
  'typescript/unstable': [
    'docs/typescript/calls.ts',
    'docs/typescript/callables.ts',
    'docs/typescript/comments.ts',
    'docs/typescript/compiler.ts',
    'docs/typescript/declarations.ts',
    'docs/typescript/describe-types.ts',
    'docs/typescript/format-type.ts',
    'docs/typescript/sdk-types.ts',
    'docs/typescript/type-errors.ts',
  ],
  sucrase: ['docs/run/strip-types.ts'],
  'node-inspect-extracted': ['docs/run/worker.ts'],
  pyodide: ['docs/snippets/run/interpreted/python/python-program.ts'],
  '@ruby': ['docs/snippets/run/interpreted/ruby/ruby-program.ts'],
  shiki: ['docs/theme/code/highlight.ts'],
  send: ['docs/serve/serve.ts'],
  '@modelcontextprotocol': ['docs/mcp/server.ts', 'docs/mcp/stdio.ts', 'docs/mcp/http.ts'],
  '@resvg/resvg-js': ['docs/artifacts/draw-picture.ts'],
  'puppeteer-core': ['site/e2e/browser.ts'],
};

/** File names that say nothing about the content. */
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

/** `docs/pages/links.ts` → `docs/pages`, `site/serve.ts` → `site`. */
const roomOf = (path: string) => /^(?:docs\/[^/]+(?=\/)|[^/]+)/.exec(path)?.[0] ?? '';
const between = imports.filter(
  ({ from, to }) =>
    roomOf(to) in MAY_ENTER && roomOf(from) in MAY_ENTER && roomOf(from) !== roomOf(to) && /\.(ts|astro)$/.test(to),
);

it('reads the imports of every room, so that no rule passes on an empty list', () => {
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

it('lets each room import only from the rooms it may', () => {
  const broken = between
    .filter(({ from, to }) => !MAY_ENTER[roomOf(from)]?.includes(roomOf(to)))
    .map(({ from, to }) => `${roomOf(from)} must not import from ${roomOf(to)}: ${from} imports ${to}`);
  expect(broken).toEqual([]);
});

it('imports from other rooms through their index.ts', () => {
  const broken = between
    .filter(
      ({ from, to }) =>
        posix.basename(to) !== 'index.ts' && !BROWSER_DOORS.includes(to) && !STARTS_COMMANDS.includes(from),
    )
    .map(({ from, to }) => `${roomOf(to)} must be imported through its index.ts: ${from} imports ${to}`);
  expect(broken).toEqual([]);
});

it('has no circular imports, types included', () => {
  const towards = Map.groupBy(imports, ({ from }) => from);
  const done = new Set<string>();
  const circleFrom = (file: string, path: readonly string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file];
    if (done.has(file)) return undefined;
    for (const { to } of towards.get(file) ?? []) {
      const circle = circleFrom(to, [...path, file]);
      if (circle) return circle;
    }
    done.add(file);
    return undefined;
  };
  const circles = inner.flatMap((file) => circleFrom(file, [])?.join(' → ') ?? []);
  expect([...new Set(circles)]).toEqual([]);
});

it('imports certain third-party packages only in the listed files', () => {
  const broken = imports.flatMap(({ from, to }) =>
    Object.entries(STOPS_AT)
      .filter(([name, allowed]) => (to === name || to.startsWith(`${name}/`)) && !allowed.includes(from))
      .map(([name, allowed]) => `${name} may only be imported in ${allowed.join(' and ')}: ${from} imports it`),
  );
  expect(broken).toEqual([]);
});

it('imports Astro only in the integration, the theme, the server and the site', () => {
  const broken = imports
    .filter(
      ({ from, to }) =>
        /^astro(:|\/|$)/.test(to) && !['docs/integration', 'docs/theme', 'docs/serve', 'site'].includes(roomOf(from)),
    )
    .map(({ from }) => from);
  expect(broken).toEqual([]);
});

it('says nothing of its first subject in the engine', async () => {
  const named: string[] = [];
  for (const file of files.filter((each) => each.startsWith('docs/') && !/\.test\.ts$|testdata\/|bench\//.test(each)))
    if (/authkit|workos|sealed_?session|session-helpers/i.test(await readFile(`${SRC}/${file}`, 'utf8')))
      named.push(file);
  expect(named).toEqual([]);
});

it('names files after what is in them', () => {
  const homeless = files.filter((file) => file.split(/[/.]/).some((part) => HOMELESS.includes(part)));
  expect(homeless).toEqual([]);
});
