/**
 * The engine as a package, in a folder of its own, with the SDK of someone else: `astro build` and the commands work
 * there as here. With ENGINE_INSTALL=npm, npm installs it with all it needs; otherwise what is installed here is linked.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { cp, glob, mkdir, mkdtemp, readFile, readdir, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packEngine } from './pack.ts';
import { serveSite } from './serve/index.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUILDS_MS_MAX = 240_000;

interface Ending {
  code: number;
  printed: string;
}

/** A project in a folder of its own, with the engine among its packages. */
async function makeProject(files: string, packages: readonly string[] = []): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  await cp(join(import.meta.dirname, 'testdata', files), root, { recursive: true });
  const engine = join(root, 'build', 'engine');
  packEngine(engine);
  if (process.env['ENGINE_INSTALL'] === 'npm') {
    await run('npm', ['pack', '--silent', '--pack-destination', root], { cwd: engine, shell: WINDOWS });
    const [tarball = ''] = await Array.fromAsync(glob('*.tgz', { cwd: root }));
    const { peerDependencies } = JSON.parse(await readFile(join(engine, 'package.json'), 'utf8')) as {
      peerDependencies: { astro: string };
    };
    const installed = [`./${tarball}`, `astro@${peerDependencies.astro}`, ...packages];
    await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', ...installed], {
      cwd: root,
      shell: WINDOWS,
    });
  } else {
    await linkPackages(join(root, 'node_modules'));
    await cp(engine, join(root, 'node_modules/verified-docs'), { recursive: true });
    const manifest = join(root, 'package.json');
    const written = JSON.parse(await readFile(manifest, 'utf8')) as object;
    await writeFile(manifest, JSON.stringify({ ...written, dependencies: { 'verified-docs': '*' } }));
  }
  await rm(engine, { recursive: true });
  return root;
}

const WINDOWS = process.platform === 'win32';

/** Everything that is installed for this project, as links. */
async function linkPackages(folder: string): Promise<void> {
  const installed = join(ROOT, 'node_modules');
  await mkdir(folder);
  for (const name of await readdir(installed)) {
    if (name.startsWith('.')) continue;
    if (!name.startsWith('@')) {
      await symlink(join(installed, name), join(folder, name), 'junction');
      continue;
    }
    await mkdir(join(folder, name));
    for (const scoped of await readdir(join(installed, name)))
      await symlink(join(installed, name, scoped), join(folder, name, scoped), 'junction');
  }
}

/** What a program of Astro is started with; below a test, it would take itself for a part of it. */
function environmentOf(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { VITEST: _vitest, NODE_ENV: _mode, ...rest } = process.env;
  return {
    ...rest,
    ASTRO_TELEMETRY_DISABLED: '1',
    SITE_URL: '',
    CI: '',
    NO_COLOR: '1',
    ...environment,
  } as NodeJS.ProcessEnv;
}

const printed = new WeakMap<ChildProcess, string>();

/** Waits until the server has said where it is. */
async function addressOf(server: ChildProcess): Promise<string> {
  if (!printed.has(server)) {
    printed.set(server, '');
    server.stdout?.on('data', (chunk: Buffer) => printed.set(server, `${printed.get(server)}${chunk}`));
  }
  const find = () => /http:\/\/[\w.[\]:]+:\d+/.exec(printed.get(server) ?? '')?.[0];
  await expect.poll(find, { timeout: 60_000 }).toBeDefined();
  return find() ?? '';
}

async function nodeIn(root: string, environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Ending> {
  const env = environmentOf(environment);
  try {
    const { stdout, stderr } = await run(process.execPath, args, { cwd: root, env });
    return { code: 0, printed: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, printed: stdout + stderr };
  }
}

const build = (root: string, environment: NodeJS.ProcessEnv = {}) =>
  nodeIn(root, environment, 'node_modules/astro/bin/astro.mjs', 'build');
const command = (root: string, ...words: string[]) => nodeIn(root, {}, 'node_modules/verified-docs/cli.js', ...words);

describe('the documentation of another SDK, with its own API', () => {
  let root: string;
  let first: Ending;
  let second: Ending;

  beforeAll(async () => {
    root = await makeProject('weather');
    // At once, the second without a home folder and without git.
    const poor = { HOME: '/dev/null', PATH: join(root, 'nowhere') };
    [first, second] = await Promise.all([build(root), build(root, poor)]);
  }, BUILDS_MS_MAX);
  afterAll(() => rm(root, { recursive: true, force: true }));

  const dist = (path: string) => readFile(join(root, 'dist', path), 'utf8');

  async function edited<Result>(file: string, from: string, to: string, look: () => Promise<Result>): Promise<Result> {
    const before = await readFile(join(root, file), 'utf8');
    expect(before).toContain(from);
    await writeFile(join(root, file), before.replace(from, to));
    try {
      return await look();
    } finally {
      await writeFile(join(root, file), before);
    }
  }

  it('is built by "astro build"', async () => {
    expect(first.printed).not.toMatch(/\b(error|warn)/i);
    expect(first.code).toBe(0);
    expect((await Array.fromAsync(glob('**/*.html', { cwd: join(root, 'dist') }))).sort()).toEqual(
      [
        '404.html',
        'cities/index.html',
        'first-forecast/index.html',
        'index.html',
        'live/sandbox.html',
        'reference/forecast/index.html',
      ].map((path) => join(path)),
    );
  });

  it('is built twice at once, without a home folder and without git', async () => {
    expect(second.code).toBe(0);
    expect(await dist('_headers')).toContain('Content-Security-Policy');
    expect(await readdir(join(root, 'build'))).not.toContainEqual(expect.stringMatching(/^site-/));
  });

  it('is shown by "astro preview"', async () => {
    const server = spawn(process.execPath, ['node_modules/astro/bin/astro.mjs', 'preview', '--port', '0'], {
      cwd: root,
      env: environmentOf({}),
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    try {
      const response = await fetch(`${await addressOf(server)}/cities`);
      expect([response.status, await response.text()]).toEqual([200, await dist('cities/index.html')]);
    } finally {
      server.kill();
    }
  });

  it('has the title, mark, colours and footer that it asks for, and nothing of the first user of the engine', async () => {
    const page = await dist('first-forecast/index.html');
    expect(page).toContain('<title>First forecast · Weather SDK</title>');
    expect(page).toContain('--accent:light-dark(#005a9c, #7cc4ff)');
    expect(page).toMatch(/Every example ran when this site was built\.\s*<a href="\/cities">Cities<\/a>/);
    for (const file of await Array.fromAsync(
      glob('**/*.{html,md,json,txt,js,svg,webmanifest}', { cwd: join(root, 'dist') }),
    ))
      expect(await dist(file), file).not.toMatch(/authkit|workos/i);
    expect(await dist('favicon.svg')).toContain('M6 12h12M12 6v12');
    expect(JSON.parse(await dist('manifest.webmanifest'))).toMatchObject({ short_name: 'Weather' });
  });

  it('has headings, search, Markdown and llms.txt', async () => {
    expect(await dist('first-forecast/index.html')).toContain('id="two-days--in-accra"');
    const search = await Array.fromAsync(glob('search/**/*.json', { cwd: join(root, 'dist') }));
    expect((await Promise.all(search.map(dist))).join()).toContain('"/reference/forecast"');
    expect(await dist('first-forecast.md')).toContain("console.log(`${city}: ${celsius.join(', ')}`);");
    expect(await dist('llms.txt')).toMatch(/^# Weather SDK\n/);
  });

  it('shows what its example printed, and lets a reader run it on its own API', async () => {
    expect(await dist('index.html')).toContain('Accra: 31, 30');
    expect(await dist('index.html')).toContain('data-run="forecast.ts"');
    expect(await dist('live/sandbox.html')).toContain('Uppsala');
    expect(JSON.parse(await dist('live/forecast.ts.json'))).toMatchObject({
      program: expect.stringContaining('Accra'),
    });
  });

  it('draws its own components, and the styles of one that a page imports on that page alone', async () => {
    expect(await dist('cities/index.html')).toContain('The forecast for Uppsala comes every hour.');
    expect(await dist('cities/index.html')).toContain('5px dotted gold');
    expect(await dist('cities.md')).toContain('The forecast for Uppsala comes every hour.\n\nAccra is sunny.');
    for (const path of ['index.html', 'first-forecast/index.html', '404.html'])
      expect(await dist(path), path).not.toContain('dotted gold');
  });

  it('has its examples run, its reference compared and its pages checked by the commands of the engine', async () => {
    expect(await command(root, 'snippets')).toEqual({
      code: 0,
      printed: expect.stringMatching(/^1 snippet: .*0 findings, /),
    });
    expect((await command(root, 'reference')).printed).toMatch(/0 findings\n$/);
    expect((await command(root, 'pages')).printed).toMatch(/^0 findings in 4 pages/);
    expect(await command(root, 'pgaes')).toEqual({
      code: 2,
      printed: expect.stringContaining('there is no such command (nearest "pages")'),
    });
  });

  it('is not built where it is not true', async () => {
    const { code, printed } = await edited('emulator.ts', '[31, 30, 31]', '[31, 29, 31]', () => build(root));
    expect(code).toBe(1);
    expect(printed).toContain('examples/forecast.ts:8 expected "Accra: 31, 30", got "Accra: 31, 29"');
    expect(printed).toContain('dist/ is unchanged.');
    expect(printed).not.toMatch(/\n\s+at /);
    expect(await dist('index.html')).toContain('Accra: 31, 30');
  });

  it('has every method of its SDK called, and its reference compared with it', async () => {
    const method = 'export class Weather {\n  warnings(): string[] {\n    return [];\n  }\n';
    await edited('sdk/index.ts', 'export class Weather {', method, async () => {
      expect((await command(root, 'snippets')).printed).toContain(
        'sdk/index.ts:12 warning: Cannot show that Weather.warnings does what its page says',
      );
      expect((await command(root, 'reference')).printed).toContain('sdk/index.ts:12 Cannot find the reference');
    });
    await edited('sdk/index.ts', 'celsius: number[];', 'celsius: string[];', async () =>
      expect((await command(root, 'reference')).printed).toMatch(/docs\/reference\/forecast\.mdx:25:\d+ /),
    );
  });

  /** What `look` gives while `file` is as `change` makes it; undefined is a file that is not there. */
  async function without<Result>(
    file: string,
    change: (text: string) => string | undefined,
    look: () => Promise<Result>,
  ): Promise<Result> {
    const former = await readFile(join(root, file), 'utf8');
    const changed = change(former);
    await (changed === undefined ? rm(join(root, file)) : writeFile(join(root, file), changed));
    try {
      return await look();
    } finally {
      await writeFile(join(root, file), former);
    }
  }
  const nothing = () => undefined;

  it.each([
    [
      'docs/navigation.yaml',
      'docs/navigation.yaml:1 warning: Cannot read the navigation: there is no docs/navigation.yaml',
    ],
    ['docs/index.mdx', 'docs/index.mdx:1 Cannot draw the home page: there is no docs/index.mdx'],
    ['examples/forecast.ts', 'docs/index.mdx:10:1 warning: Cannot show snippet "forecast": there is no such snippet'],
  ])('says that there is no %s', async (file, finding) => {
    const { code, printed } = await without(file, nothing, () => command(root, 'pages'));
    expect(printed).toContain(finding);
    expect(printed).not.toMatch(/\n\s+at /);
    expect(code).toBe(1);
  });

  it('says what its emulator does not export, and as data where data is asked for', async () => {
    const { code, printed } = await without(
      'emulator.ts',
      () => 'export {};\n',
      () => command(root, 'pages', '--json'),
    );
    expect(JSON.parse(printed)).toMatchObject({
      findings: [{ message: expect.stringContaining('must export a function startEmulator()') }],
    });
    expect(code).toBe(2);
  });

  it.each([
    ["title: 'Weather SDK'", "tilte: 'Weather SDK'", 'there is no option "tilte" (nearest "title")'],
    ["emulator: 'emulator.ts'", "emulator: 'emulatr.ts'", '"emulator" names emulatr.ts, which does not exist'],
    ["content: 'docs'", "content: '../docs'", '"content" is invalid: expected a folder of the root'],
  ])('has %s as %s refused in a sentence', async (from, to, sentence) => {
    const change = (text: string) => text.replace(from, to);
    const { code, printed } = await without('astro.config.mjs', change, () => build(root));
    expect(printed).toContain(sentence);
    expect(printed).not.toMatch(/\n\s+at |Stack trace/);
    expect(code).toBe(1);
    expect(await dist('index.html')).toContain('Weather SDK');
  });

  it('accepts its findings in a file, and then reports only new ones and fixed ones', async () => {
    const naming = (text: string) =>
      text.replace("title: 'Weather SDK',", "title: 'Weather SDK', knownFindings: 'known.json',");
    const broken = (text: string) => `${text}\n[Rain](/rain)\n`;
    await without('astro.config.mjs', naming, async () => {
      await without('docs/cities.mdx', broken, async () => {
        expect(await command(root, 'pages', '--accept')).toEqual({ code: 0, printed: '1 accepted in known.json\n' });
        expect(await command(root, 'pages')).toEqual({
          code: 0,
          printed: expect.stringMatching(/^0 findings, 1 accepted in 4 pages/),
        });
        const more = await without(
          'docs/cities.mdx',
          (text) => `${text}\n[Snow](/snow)\n`,
          () => command(root, 'pages'),
        );
        expect(more.printed).toMatch(
          /^docs\/cities\.mdx:\d+:1 Cannot follow the link \/snow[^]*1 finding, 1 accepted in/,
        );
      });
      const { code, printed } = await command(root, 'pages');
      expect(printed).toMatch(/^docs\/cities\.mdx:1 Cannot find the accepted "link-dead" any more/);
      expect(code).toBe(1);
      await rm(join(root, 'known.json'));
    });
  });

  it('tells of a page that does not parse, and not how the bundler met it', async () => {
    const { printed } = await without(
      'docs/cities.mdx',
      () => '# Cities <b\n',
      () => build(root),
    );
    expect(printed).toContain('docs/cities.mdx:1:');
    expect(printed).not.toMatch(/\n\s+at |MDXError/);
  });

  it(
    'shows its findings in "astro dev" until they are fixed, and then its pages',
    { timeout: BUILDS_MS_MAX },
    async () => {
      const server = spawn(process.execPath, ['node_modules/astro/bin/astro.mjs', 'dev', '--port', '0'], {
        cwd: root,
        env: environmentOf({}),
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      try {
        await without(
          'docs/cities.mdx',
          () => '# Cities <b\n',
          async () => {
            const url = await addressOf(server);
            const response = await fetch(`${url}/cities`, { headers: { Accept: 'text/html' } });
            expect(response.status).toBe(500);
            expect(await response.text()).toMatch(/<pre>docs\/cities\.mdx:1:\d+ Cannot read the page: /);
          },
        );
        const url = await addressOf(server);
        const titleAt = async (path: string) => {
          const page = await (await fetch(url + path, { headers: { Accept: 'text/html' } })).text();
          return /<title>([^<]*)/.exec(page)?.[1];
        };
        await expect.poll(() => titleAt('/cities'), { timeout: 60_000 }).toBe('Cities · Weather SDK');
        // As it is served.
        expect(await titleAt('/cities/')).toBe('Cities · Weather SDK');
      } finally {
        server.kill();
      }
    },
  );

  it.each(['#', '?', '%'])('is not built in a folder with %s in its path, which Vite cannot load', async (sign) => {
    const moved = `${root}${sign}moved`;
    await rename(root, moved);
    try {
      expect((await build(moved)).printed).toContain(`its path contains "${sign}"`);
    } finally {
      await rename(moved, root);
    }
  });
});

describe('the documentation of a small package from npm, which talks to no API', () => {
  let root: string;
  let built: Ending;
  beforeAll(async () => {
    root = await makeProject('levenshtein', ['fastest-levenshtein@1.0.16']);
    built = await build(root);
  }, BUILDS_MS_MAX);
  afterAll(() => rm(root, { recursive: true, force: true }));

  const dist = (path: string) => readFile(join(root, 'dist', path), 'utf8');

  it('is built, compared with the types of the package, and has its examples run in the page', async () => {
    const { code, printed } = built;
    expect(printed).toContain('0 findings, 1 accepted');
    expect(printed).not.toMatch(/\berror\b/i);
    expect(code).toBe(0);
    const page = await dist('distance/index.html');
    expect(page).toContain('<samp>faster</samp>');
    expect(page).toContain('data-run="closest.ts"');
    expect(await dist('live/sandbox.html')).toContain('fastest-levenshtein');
    expect((await command(root, 'reference')).printed).toMatch(/0 findings, 2 accepted\n$/);
  });

  it('has every language of a block with tabs, and marks what was not run', async () => {
    const page = await dist('shapes/tabs/index.html');
    const block = page.slice(page.indexOf('aria-label="t"'), page.indexOf('id="package-managers"'));
    expect([...block.matchAll(/type="radio"[^>]*name="t"[^>]*id="([^"]+)"/g)].map(([, id]) => id)).toEqual([
      't.js',
      't.python',
      't.go',
    ]);
    for (const id of ['js.t', 'python.t', 'go.t']) expect(block.split(` id="${id}"`)).toHaveLength(2);
    expect(block).toContain('The Python example printed this on Python');
    expect(block).toContain('<p class="not-run">Not run when this page was built: CI has no Go toolchain.</p>');
    expect(block.match(/<samp>/g)).toHaveLength(2);
    expect(block).toContain('Deprecated: Use Distance.');
    const twin = await dist('shapes/tabs.md');
    expect(twin).toContain('```go\npackage main');
    expect(twin).toContain('Not run when this page was built: CI has no Go toolchain.');
    expect(twin).toContain('*npm*\n\n```shell\nnpm install fastest-levenshtein');
  });

  it('has Markdown as authors know it: callouts, links and images beside the page, definitions, values', async () => {
    const page = await dist('shapes/markdown/index.html');
    expect(page).toMatch(/<p class="callout-title">Warning<\/p>\s*<p>\s*Words of <strong>different<\/strong>/);
    expect(page).toContain('href="/words/shapes/tabs#package-managers"');
    expect(page).toContain('href="/words/sec"');
    expect(page.match(/<img src="\/words\/shapes\/beside.png" alt="[^"]+" width="8" height="4"/g)).toHaveLength(2);
    expect(page).toContain('<dt>Term</dt>');
    expect(page).toContain('Up to 5 words');
    expect(await readFile(join(root, 'dist/shapes/beside.png'))).toEqual(
      await readFile(join(root, 'content/shapes/beside.png')),
    );
    const twin = await dist('shapes/markdown.md');
    expect(twin).toContain('> [!WARNING]\n> Words of **different** alphabets');
    expect(twin).toContain('[tabs](/words/shapes/tabs#package-managers)');
    expect(twin).toContain('![The same dot](/words/shapes/beside.png)');
  });

  it('leaves out drafts, leads from former addresses, and tells the reader of a page that cannot be shown', async () => {
    const files = await Array.fromAsync(glob('**/index.html', { cwd: join(root, 'dist') }));
    expect(files.map((file) => file.replaceAll('\\', '/')).sort()).toEqual(
      [
        'index.html',
        'distance/index.html',
        'grün/index.html',
        'old-markdown/index.html',
        'sec/index.html',
        'shapes/broken/index.html',
        'shapes/markdown/index.html',
        'shapes/outside/index.html',
        'shapes/tabs/index.html',
      ].sort(),
    );
    expect(await dist('_redirects')).toBe('/words/old-markdown /words/shapes/markdown 301\n');
    expect(await dist('old-markdown/index.html')).toContain('content="0;url=/words/shapes/markdown"');
    expect(await dist('shapes/broken/index.html')).toContain('This page cannot be shown');
  });

  it('has no id twice on any page', async () => {
    for (const file of await Array.fromAsync(glob('**/*.html', { cwd: join(root, 'dist') }))) {
      const ids = [...(await dist(file)).matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id);
      expect(
        ids.filter((id, index) => ids.indexOf(id) !== index),
        file,
      ).toEqual([]);
    }
  });

  it('is below its path: every address of the site, in pages, scripts, Markdown and headers', async () => {
    for (const file of await Array.fromAsync(glob('**/*.html', { cwd: join(root, 'dist') }))) {
      const tags = (await dist(file)).match(/<[a-z][^>]*>/gi) ?? [];
      const addresses = tags.flatMap((tag) => [...tag.matchAll(/\s(?:href|src|data-from)="(\/[^"]*)"/g)]);
      for (const [, address] of addresses) expect(address, file).toMatch(/^\/words(?:\/|$)/);
    }
    expect(await dist('distance/index.html')).toContain('"href_matches":"/words/*"');
    expect(await dist('scripts/run.js')).toContain('/words');
    expect(await dist('llms.txt')).toContain('](/words/distance.md)');
    expect(await dist('_headers')).toContain('\n/words/live/sandbox.html\n');
    expect(JSON.parse(await dist('manifest.webmanifest'))).toMatchObject({ start_url: '/words/' });
    const server = await serveSite({ folder: join(root, 'dist'), port: 0, base: '/words' });
    try {
      const origin = new URL(server.url).origin;
      const statusOf = async (path: string) => (await fetch(origin + path, { redirect: 'manual' })).status;
      const paths = ['/words', '/words/distance', '/words/live/sandbox.html', '/words/old-markdown', '/distance', '/'];
      expect(await Promise.all(paths.map(statusOf))).toEqual([200, 200, 200, 301, 404, 404]);
    } finally {
      await server.close();
    }
  });

  it('has its reference compared with the types of the package', async () => {
    const pages = await readFile(join(root, 'content/distance.mdx'), 'utf8');
    await writeFile(join(root, 'content/distance.mdx'), pages.replace('type: string', 'type: number'));
    expect((await command(root, 'reference')).printed).toMatch(/content\/distance\.mdx:9:\d+ .*does not match/);
  });
});
