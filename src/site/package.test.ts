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

it('gives the engine the versions that it is tested with, and the Node that Astro needs', async () => {
  const engine = await jsonOf('src/docs/package.json');
  const astro = await jsonOf('node_modules/astro/package.json');
  const { devDependencies } = manifest as { devDependencies: Record<string, string> };
  const versions = Object.entries({ ...engine['dependencies'], ...engine['peerDependencies'] });
  expect(versions.length).toBeGreaterThan(10);
  for (const [name, version] of versions) expect([name, version]).toEqual([name, devDependencies[name]]);
  expect(Object.keys(engine['peerDependencies'] as object)).toEqual(['astro']);
  expect(`${engine['engines'].node}.0`).toBe(astro['engines'].node);
  expect(engine).toMatchObject({
    name: 'verified-docs',
    license: manifest['license'],
    type: 'module',
    exports: { '.': './integration/index.ts', './package.json': './package.json' },
    bin: { 'verified-docs': './cli.ts' },
  });
});

it('describes the package as the README and the site do', async () => {
  const verbs = ['authenticate', 'refresh', 'end'];
  expect(manifest['name']).toBe(OPTIONS.package.name);
  expect(manifest['description']).toContain(
    'AuthKit session helpers for Node.js: authenticate, refresh and end sealed',
  );
  expect(await textOf('README.md')).toContain('authenticates, refreshes and ends');
  for (const verb of verbs) expect(OPTIONS.tagline.toLowerCase()).toContain(verb);
  expect(manifest).not.toHaveProperty('keywords');
});

it('has scripts that start the program of their name', async () => {
  const scripts = manifest['scripts'] as Record<string, string>;
  for (const command of ['start', 'snippets', 'pages', 'reference', 'mcp'])
    expect(scripts[command]).toMatch(new RegExp(`^node (?:--env-file=astro\\.env )?src/docs/cli\\.ts ${command}$`));
  for (const command of ['dev', 'build'])
    expect(scripts[command]).toBe(`node --env-file=astro.env node_modules/astro/bin/astro.mjs ${command}`);
  const own = Object.entries(scripts).flatMap(([name, script]) => {
    const [, file] = /\bnode (src\/(?!docs\/cli\.ts)[\w/.-]+\.ts)/.exec(script) ?? [];
    return file === undefined || /^(?:prepare|runtimes)$/.test(name) ? [] : [{ name, file }];
  });
  expect(own.length).toBeGreaterThan(10);
  for (const { name, file } of own) expect(await textOf(file), name).toMatch(new RegExp(`npm run ${name}\\b`));
  expect(scripts['prepare']).toBe('node src/site/build-package.ts');
  expect(scripts['runtimes']).toBe(
    'node src/sdk/runtimes/install.ts && vitest run src/sdk/runtimes/ src/site/e2e/installing',
  );
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
  expect(check).toBe('tsc && oxlint && prettier --check --log-level warn --cache --cache-location build/prettier .');
  expect(Array.from(ok?.matchAll(/--exclude "([^"]+)"/g) ?? [], ([, files]) => files)).toEqual([
    'src/docs/snippets/**',
    'src/docs/{dev,elsewhere,published,small-package}.test.ts',
    'src/docs/mcp/**',
    'src/site/own-sdk.test.ts',
    'src/site/e2e/*.test.ts',
  ]);
  expect(manifest['scripts']['supply-chain']).toBe('node src/supply-chain/cli.ts && knip');
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

it('compiles with every strict option, all programs, and what the oldest Node has', async () => {
  const { compilerOptions, include, exclude } = await jsonOf('tsconfig.json');
  const strict = [
    'strict',
    'exactOptionalPropertyTypes',
    'noUncheckedIndexedAccess',
    'noImplicitOverride',
    'noImplicitReturns',
    'noFallthroughCasesInSwitch',
    'noUnusedLocals',
    'noUnusedParameters',
    'erasableSyntaxOnly',
    'verbatimModuleSyntax',
  ];
  expect(Object.keys(compilerOptions as object).filter((name) => strict.includes(name))).toEqual(strict);
  for (const name of strict) expect([name, compilerOptions[name]]).toEqual([name, true]);
  expect(compilerOptions).toMatchObject({ target: 'es2023', module: 'nodenext', noEmit: true });
  expect([include, exclude]).toEqual([['src', 'snippets', '*.config.*'], ['**/testdata']]);
  const { compilerOptions: own } = await jsonOf('src/sdk/tsconfig.json');
  expect(own).toMatchObject({ declaration: true, lib: ['es2023', 'dom', 'dom.iterable'], types: ['node'] });
  expect(Object.keys(own as object).filter((name) => strict.includes(name))).toEqual([]);
});

it('lints for what is wrong and suspicious, and shows the schema of pages to editors', async () => {
  const { categories, ignorePatterns } = await jsonOf('.oxlintrc.json');
  expect(categories).toEqual({ correctness: 'error', suspicious: 'error' });
  expect(ignorePatterns).toEqual(['**/testdata/**', 'build/**', 'dist/**']);
  const { include, ignore } = await jsonOf('knip.json');
  expect({ include, ignore }).toEqual({ include: ['files', 'dependencies', 'unlisted'], ignore: ['**/testdata/**'] });
  expect((await jsonOf('.vscode/settings.json'))['yaml.schemas']).toEqual({
    './content/frontmatter.schema.json': 'content/**/*.mdx',
  });
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
  [
    /([\d,]+) mutations of cookies and tokens, ([\d,]+) malformed requests/g,
    async (_, [, mutations = '', requests = '']) => {
      expect(await textOf('src/sdk/differential.test.ts')).toContain(`, ${mutations.replace(',', '_')})`);
      expect(await textOf('src/sdk/seal.test.ts')).toContain(`, ${mutations.replace(',', '_')})`);
      expect(await textOf('src/emulator/odd-requests.test.ts')).toContain(requests.replace(',', '_'));
    },
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
