/**
 * The engine as a package, in a project of its own: the documentation of another SDK, with its own API. `astro build`
 * and the commands work there as here.
 */
import { glob, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { nightly } from '../sdk/testdata/effort.ts';
import { BUILDS_MS_MAX, type Ending, build, changed, command, makeProject, startAstro } from './testdata/elsewhere.ts';

// Each starts processes.
vi.setConfig({ testTimeout: BUILDS_MS_MAX });

let root: string;
/** Without a home folder and without git. */
let poor: Ending;
/** At the same time, as on a usual machine: in the nightly run only. */
let usual: Ending | undefined;

beforeAll(async () => {
  root = await makeProject('weather');
  [poor, usual] = await Promise.all([
    build(root, { HOME: '/dev/null', PATH: join(root, 'nowhere') }),
    nightly ? build(root) : undefined,
  ]);
}, BUILDS_MS_MAX);
afterAll(() => rm(root, { recursive: true, force: true }));

const dist = (path: string) => readFile(join(root, 'dist', path), 'utf8');

it('is built by "astro build", without a home folder and without git', async () => {
  expect(poor.printed).not.toMatch(/\b(error|warn)/i);
  expect(poor.code).toBe(0);
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

it.runIf(nightly)('is built twice at once', () => {
  expect(usual?.printed).not.toMatch(/\b(error|warn)/i);
  expect(usual?.code).toBe(0);
});

it('has its headers, and leaves no folder of the build behind', async () => {
  expect(await dist('_headers')).toContain('Content-Security-Policy');
  expect(await readdir(join(root, 'build'))).not.toContainEqual(expect.stringMatching(/^site-/));
});

it('is shown by "astro preview"', async () => {
  const { url, stop } = await startAstro('preview', root);
  try {
    const response = await fetch(`${url}/cities`);
    expect([response.status, await response.text()]).toEqual([200, await dist('cities/index.html')]);
  } finally {
    stop();
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

it.each([
  [['pgaes'], 'there is no such command (nearest "pages")'],
  [
    ['reference', 'docs/reference/forcast.mdx'],
    'Cannot compare docs/reference/forcast.mdx: no such page (nearest "docs/reference/forecast.mdx")\n',
  ],
])('names what is nearest to %j', async (words, sentence) => {
  expect(await command(root, ...words)).toEqual({ code: 2, printed: expect.stringContaining(sentence) });
});

/** Changes of files, and what is said of them. */
const FALSEHOODS: [file: string, from: string, to: string, finding: string | RegExp][] = [
  [
    'emulator.ts',
    '[31, 30, 31]',
    '[31, 29, 31]',
    'examples/forecast.ts:8 expected "Accra: 31, 30", got "Accra: 31, 29"',
  ],
  [
    'docs/first-forecast.mdx',
    'file="forecast"',
    'file="forcast"',
    /first-forecast\.mdx:7:\d+ .*\(nearest "forecast"\)/,
  ],
  [
    'docs/first-forecast.mdx',
    '(/reference/forecast)',
    '(/reference/forcast)',
    /first-forecast\.mdx:9:\d+ .*\/reference\/forecast"/,
  ],
  [
    'docs/reference/forecast.mdx',
    'referenceId="forecast"',
    'referenceId="forcast"',
    /forecast\.mdx:\d+:\d+ .*\(nearest "forecast"\)/,
  ],
  ['docs/navigation.yaml', '- /cities', '- /citys', /navigation\.yaml:\d+.*\/cities"/],
  ['docs/cities.mdx', '# Cities', '# Cities <b', 'docs/cities.mdx:3:'],
];

it('is not built where it is not true: all findings are listed at once, and dist/ is unchanged', async () => {
  const plant = (falsehoods: typeof FALSEHOODS): Promise<Ending> => {
    const [first, ...others] = falsehoods;
    if (!first) return build(root);
    const [file, from, to] = first;
    return changed(
      root,
      file,
      (text) => text.replace(from, to),
      () => plant(others),
    );
  };
  const { code, printed } = await plant(FALSEHOODS);
  expect(code).toBe(1);
  for (const [, , , finding] of FALSEHOODS) expect(printed).toMatch(finding);
  expect(printed).toContain('dist/ is unchanged.');
  expect(printed).not.toMatch(/\n\s+at |MDXError/);
  expect(await dist('index.html')).toContain('Accra: 31, 30');
});

it('has every method of its SDK called, and its reference compared with it', async () => {
  const method = 'export class Weather {\n  warnings(): string[] {\n    return [];\n  }\n';
  const adding = (text: string) => text.replace('export class Weather {', method);
  await changed(root, 'sdk/index.ts', adding, async () => {
    const ran = await command(root, 'snippets');
    expect(ran.printed).toContain('sdk/index.ts:12 warning: Cannot show that Weather.warnings does what its page says');
    expect(ran.printed).toMatch(/\n1 snippet: .*1 finding \(1 warning\), /);
    const { code, printed } = await command(root, 'reference');
    expect(printed).toContain('sdk/index.ts:12 Cannot find the reference');
    expect(printed).toMatch(/^1 finding$/m);
    expect(code).toBe(1);
  });
});

const nothing = () => undefined;

it('says which files are missing', async () => {
  const look = () =>
    changed(root, 'docs/index.mdx', nothing, () =>
      changed(root, 'examples/forecast.ts', nothing, () => command(root, 'pages')),
    );
  const { code, printed } = await changed(root, 'docs/navigation.yaml', nothing, look);
  for (const finding of [
    'docs/navigation.yaml:1 warning: Cannot read the navigation: there is no docs/navigation.yaml',
    'docs/index.mdx:1 Cannot draw the home page: there is no docs/index.mdx',
    'docs/first-forecast.mdx:7:1 warning: Cannot show snippet "forecast": there is no such snippet',
  ])
    expect(printed).toContain(finding);
  expect(printed).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
});

it('says what its emulator does not export, and as data where data is asked for', async () => {
  const empty = () => 'export {};\n';
  const { code, printed } = await changed(root, 'emulator.ts', empty, () => command(root, 'pages', '--json'));
  expect(JSON.parse(printed)).toMatchObject({
    findings: [{ message: expect.stringContaining('must export a function startEmulator()') }],
  });
  expect(code).toBe(2);
});

it('has wrong options refused, all at once', async () => {
  const change = (text: string) =>
    text
      .replace("title: 'Weather SDK'", "title: 'Weather SDK', tilte: ''")
      .replace("content: 'docs'", "content: '../docs'");
  const { code, printed } = await changed(root, 'astro.config.mjs', change, () => build(root));
  expect(printed).toContain('there is no option "tilte" (nearest "title")');
  expect(printed).toContain('"content" is invalid: expected a folder of the root');
  expect(printed).not.toMatch(/\n\s+at |Stack trace/);
  expect(code).toBe(1);
  expect(await dist('index.html')).toContain('Weather SDK');
});

it('accepts its findings in a file, and then reports only new ones and fixed ones', async () => {
  const naming = (text: string) =>
    text.replace("title: 'Weather SDK',", "title: 'Weather SDK', knownFindings: 'known.json',");
  const linking = (path: string) => (text: string) => `${text}\n[There](${path})\n`;
  await changed(root, 'astro.config.mjs', naming, async () => {
    await changed(root, 'docs/cities.mdx', linking('/rain'), async () =>
      expect(await command(root, 'pages', '--accept')).toEqual({ code: 0, printed: '1 accepted in known.json\n' }),
    );
    const later = await changed(root, 'docs/cities.mdx', linking('/snow'), () => command(root, 'pages'));
    expect(later.printed).toMatch(/^docs\/cities\.mdx:\d+:1 Cannot follow the link \/snow/m);
    expect(later.printed).toMatch(/^docs\/cities\.mdx:1 Cannot find the accepted "link-dead" any more/m);
    expect(later.code).toBe(1);
    await rm(join(root, 'known.json'));
  });
});

const NEW = "const text = `\n// Output:\n// @no-run\n`;\nconsole.log(text.length, '@throws');\n";
/** Right from the start. Python runs in `small-package.test.ts`. */
const RUBY = "puts '23 @throws'\n\n# Output:\n# 23 @throws\n";

it('writes the output of a new program before any page shows it, then checks the page that does', async () => {
  await writeFile(join(root, 'examples/walk.ts'), NEW);
  await writeFile(join(root, 'examples/stroll.rb'), RUBY);
  const { printed } = await command(root, 'snippets', 'walk', 'stroll', '--update');
  expect(printed).toContain('updated examples/walk.ts\n');
  expect(printed).toMatch(/2 snippets: 1 ran, 1 unchanged, 2 findings \(2 warnings\)/);
  expect(await readFile(join(root, 'examples/walk.ts'), 'utf8')).toBe(`${NEW}\n// Output:\n// 23 @throws\n`);
  const block = '<CodeBlock title="Walk" file="walk" />\n\n<CodeBlock title="Stroll" file="stroll" />';
  const fences = '```sh run="echo"\necho walk\n```\n\n```text output\nwalk\n```';
  await writeFile(join(root, 'docs/walk.mdx'), `# Walk\n\nA page.\n\n${block}\n\n${fences}\n`);
  const listing = (text: string) => text.replace('      - /cities\n', '      - /cities\n      - /walk\n');
  const named = ['./docs/walk.mdx', join(root, 'docs/index.mdx')];
  await changed(root, 'docs/navigation.yaml', listing, async () =>
    expect((await command(root, 'pages', ...named)).printed).toMatch(/^0 findings in 2 pages/),
  );
  for (const file of ['docs/walk.mdx', 'examples/walk.ts', 'examples/stroll.rb']) await rm(join(root, file));
});

it('is not built in a folder with # in its path, which Vite cannot load', async () => {
  const moved = `${root}#moved`;
  await rename(root, moved);
  try {
    expect((await build(moved)).printed).toContain('its path contains "#"');
  } finally {
    await rename(moved, root);
  }
});
