/** package.json, the workflows and the tests, compared with what they are about. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { OPTIONS } from './docs-options.ts';

const ROOT = join(import.meta.dirname, '../..');
const textOf = (file: string) => readFile(join(ROOT, file), 'utf8');
const jsonOf = async (file: string) => JSON.parse(await textOf(file)) as Record<string, any>;
const manifest = await jsonOf('package.json');
const runtimes = await jsonOf('src/sdk/runtimes/package.json');
const filesOf = async (pattern: string) =>
  (await Array.fromAsync(glob(pattern, { cwd: ROOT }))).map((file) => file.replaceAll('\\', '/')).sort();

it('requires the oldest Node that the packed package is tested in', () => {
  const oldest = String(runtimes['devDependencies'].node20).replace('npm:node@', '');
  expect(oldest.startsWith(`${String(manifest['engines'].node).replace('>=', '')}.`)).toBe(true);
});

it('runs the workflows with the Node of the scripts', async () => {
  const [major] = String(manifest['devDependencies'].node).split('.');
  const files = await filesOf('.github/workflows/*.yml');
  const versions = await Promise.all(
    files.map(async (file) => [...(await textOf(file)).matchAll(/node-version: (\S+)/g)].map(([, version]) => version)),
  );
  expect(versions.flat().length).toBeGreaterThan(2);
  expect(new Set(versions.flat())).toEqual(new Set([major]));
});

it('runs every shard of the tests', async () => {
  const workflow = await textOf('.github/workflows/ok.yml');
  const [, list = ''] = /shard: \[([\d, ]+)\]/.exec(workflow) ?? [];
  const shards = list.split(', ').map(Number);
  expect(shards).toEqual(shards.map((_, index) => index + 1));
  expect(/--shard \$\{\{ matrix\.shard \}\}\/(\d+)/.exec(workflow)?.[1]).toBe(String(shards.length));
  expect(/matrix\.shard \}\} of (\d+)/.exec(workflow)?.[1]).toBe(String(shards.length));
});

it('bears the licence that the file LICENSE has', async () => {
  expect(await textOf('LICENSE')).toMatch(new RegExp(`^${manifest['license']} License`));
  expect(await textOf('README.md')).toContain(`The licence is [${manifest['license']}](LICENSE)`);
});

it('checks in "ok" all that CI checks: types, style, dependencies and tests', () => {
  const { ok, check, test } = manifest['scripts'] as Record<string, string>;
  expect(ok?.split(' && ').map((each) => each.replace(/ -- .*/, ''))).toEqual([
    'npm run check',
    'npm run supply-chain',
    'npm test',
  ]);
  expect(check?.split(' && ').map((each) => each.split(' ')[0])).toEqual(['tsc', 'oxlint', 'prettier']);
  expect(test).toBe('vitest run');
});

/** Tests that do not run everywhere, and where; each says why when it is skipped. */
const CONDITIONAL = /\.(?:skipIf|runIf|skip|todo|only|fails)\b/;

it('runs every test file, and skips no test without a condition', async () => {
  const { projects } = (await import('../../vitest.config.ts')).default.test as {
    projects: { test: { include: string[] } }[];
  };
  const included = projects.flatMap(({ test }) => test.include);
  expect(included).toEqual(['src/**/*.test.ts', '!src/site/e2e/**', 'src/site/e2e/**/*.test.ts']);
  const files = await filesOf('{src,snippets,content}/**/*.{test,spec}.{ts,js,mts}');
  expect(files.filter((file) => !file.startsWith('src/') || !file.endsWith('.test.ts'))).toEqual([]);
  const texts = await Promise.all(files.map(async (file) => [file, await textOf(file)] as const));
  const skipped = texts.flatMap(([file, text]) =>
    [...text.matchAll(/^\s*(?:it|test|describe)\.(?:skip|todo|only|fails)\b.*/gm)].map(([line]) => `${file}: ${line}`),
  );
  expect(skipped).toEqual([]);
  expect(texts.some(([, text]) => CONDITIONAL.test(text))).toBe(true);
});

it('runs in CI the scripts that exist, and all that check something', async () => {
  const workflow = await textOf('.github/workflows/ok.yml');
  const scripts = [...workflow.matchAll(/run: npm (?:run )?(test|[\w:-]+)/g)].map(([, name = '']) => name);
  const known = Object.keys(manifest['scripts'] as object);
  expect(scripts.filter((name) => !known.includes(name) && !['ci', 'audit'].includes(name))).toEqual([]);
  expect(scripts).toEqual(expect.arrayContaining(['check', 'supply-chain', 'test', 'snippets', 'runtimes', 'prove']));
});

it('maps imports to dependencies, and tests the oldest version of each that it accepts', () => {
  const { dependencies, imports } = manifest as Record<string, Record<string, string>>;
  for (const target of Object.values(imports ?? {})) expect(Object.keys(dependencies ?? {})).toContain(target);
  for (const [name, range] of Object.entries(dependencies ?? {}))
    expect([name, runtimes['dependencies'][name]]).toEqual([name, range.replace('^', '')]);
});

it('exports files that the build writes, with the declarations of the same kind of module', async () => {
  const targets = Object.values(manifest['exports'] as object).filter((each) => typeof each === 'object') as Record<
    'import' | 'require',
    { types: string; default: string }
  >[];
  expect(targets.length).toBeGreaterThan(1);
  for (const { import: esm, require: cjs } of targets) {
    expect([esm.types, cjs.types]).toEqual([
      esm.default.replace(/\.js$/, '.d.ts'),
      cjs.default.replace(/\.cjs$/, '.d.cts'),
    ]);
    for (const file of [esm.types, esm.default, cjs.types, cjs.default]) expect(await textOf(file)).not.toBe('');
  }
});

it('installs the version of each library that its name says', () => {
  for (const { name, install } of Object.values(OPTIONS.libraries ?? {}))
    expect([name, /(\d+)/.exec(install)?.[1]]).toEqual([name, name.split(' ').at(-1)]);
});

it('has commands that the build writes', async () => {
  for (const file of Object.values(manifest['bin'] as Record<string, string>))
    expect(await textOf(file)).toMatch(/^#!/);
});

it('names files of the installed package that it has', async () => {
  const files = [...(await filesOf('content/**/*.mdx')), 'README.md', 'CONTRIBUTING.md'];
  let named = 0;
  for (const file of files)
    for (const [, path = ''] of (await textOf(file)).matchAll(/node_modules\/authkit-session-helpers\/([\w./-]+)/g)) {
      named++;
      expect(await filesOf(`build/sdk/${path}`), `${file}: ${path}`).toHaveLength(1);
    }
  expect(named).toBeGreaterThan(0);
});

it('names in the README the languages of the examples', async () => {
  const [, row = ''] = /^\| `snippets\/` +\|(.*)\|$/m.exec(await textOf('README.md')) ?? [];
  const endings = { TypeScript: 'ts', Ruby: 'rb', Python: 'py' };
  for (const [language, ending] of Object.entries(endings)) {
    expect((await filesOf(`snippets/*.${ending}`)).length).toBeGreaterThan(0);
    expect(row).toContain(language);
  }
  expect(row.match(/\b[A-Z]\w+\b/g)).toHaveLength(Object.keys(endings).length);
});

/** Words in the workflows, and what has to follow them. */
const PROMISES: [words: RegExp, kept: (rest: string, words: RegExpMatchArray) => unknown][] = [
  [/in random order\n/g, (rest) => expect(rest).toMatch(/^ +run: .*--shuffle/)],
  [/in a separate process/g, (rest) => expect(rest).toMatch(/^.*\n +run: .*--isolate/)],
  [
    /([A-Z]\w+) runs in random order/g,
    async (_, [, times]) =>
      expect(await textOf('src/steady.ts')).toContain(
        `TIMES = ${['', 'One', 'Two', 'Three', 'Four', 'Five', 'Six', 'Seven', 'Eight', 'Nine', 'Ten'].indexOf(times!)};`,
      ),
  ],
  [/Windows and macOS are only tested/g, (rest) => expect(rest).toMatch(/^.*\n +os: \[.*windows-latest, macos-latest/)],
];

it('does in the workflows what their words say', async () => {
  const workflows = (await Promise.all((await filesOf('.github/workflows/*.yml')).map(textOf))).join('\n');
  for (const [words, kept] of PROMISES) {
    const places = [...workflows.matchAll(words)];
    expect(places.length, String(words)).toBeGreaterThan(0);
    for (const place of places) await kept(workflows.slice(place.index + place[0].length), place);
  }
});
