/** A site that is built with its address, in GitHub Actions: what is added to it, and what it does not change. */
import { execFile } from 'node:child_process';
import { appendFile, cp, glob, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createDocsServer } from './mcp/index.ts';
import { readProject } from './options/index.ts';
import { textOfBuild } from './testdata/built-text.ts';
import { BUILDS_MS_MAX, build, makeProject } from './testdata/elsewhere.ts';

const run = promisify(execFile);
const SITE_URL = 'https://docs.example.com';
/** Environment variables of GitHub Actions. */
const ACTIONS = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'owner/name',
  GITHUB_REF_NAME: 'next',
  GITHUB_REF_TYPE: 'branch',
};
/** What the address may add to a page, compressed. The budget of a whole page leaves room for it. */
const ADDRESS_BYTES_MAX = 500;

let root: string;
let paths: string[];
/** A page of the same site without its address. */
let plain: string;

const dist = (path: string) => readFile(join(root, 'dist', path), 'utf8');
const publish = () => build(root, { ...ACTIONS, SITE_URL });

async function pathsOf(folder: string): Promise<string[]> {
  const files = await Array.fromAsync(glob('**/index.html', { cwd: folder }));
  return files.map((file) => `/${file.replaceAll('\\', '/').replace(/\/?index\.html$/, '')}`).sort();
}

async function addSection(name: string): Promise<void> {
  const pages = ['one', 'two'].map((page) => `/reference/${name}/${page}`);
  await mkdir(join(root, 'docs/reference', name), { recursive: true });
  for (const path of pages) await writeFile(join(root, `docs${path}.mdx`), `# Page ${path.slice(11)}\n\nText.\n`);
  const section = { title: `Section ${name}`, within: 'Reference', pages };
  await appendFile(join(root, 'docs/navigation.yaml'), `  - ${JSON.stringify(section)}\n`);
}

async function commitAll(day: string): Promise<void> {
  const env = { ...process.env, GIT_COMMITTER_DATE: `${day}T12:00:00Z` };
  await run('git', ['add', 'docs', 'CHANGELOG.md'], { cwd: root });
  await run('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-qm', day], {
    cwd: root,
    env,
  });
}

beforeAll(async () => {
  root = await makeProject('weather');
  await cp(join(import.meta.dirname, 'testdata/everything'), root, { recursive: true });
  await addSection('first');
  await writeFile(
    join(root, 'CHANGELOG.md'),
    '# Changelog\n\n## Unreleased\n\n- Wind.\n\n## 1.0.0 (2026-01-01)\n\n- Rain.\n',
  );
  await run('git', ['init', '-q'], { cwd: root });
  await commitAll('2026-03-03');
  await appendFile(join(root, 'docs/cities.mdx'), '\nChanged a month later.\n');
  await commitAll('2026-04-04');
  const first = await build(root);
  if (first.code !== 0) throw new Error(first.printed);
  plain = await dist('first-forecast/index.html');
  // The next build replaces this file.
  await writeFile(join(root, 'dist/of-the-last-build.html'), '');
  await publish();
  paths = await pathsOf(join(root, 'dist'));
}, BUILDS_MS_MAX);
afterAll(() => rm(root, { recursive: true, force: true }));

it('leaves out everything that needs an address while there is none', () => {
  expect(plain).not.toMatch(/rel="?canonical|property="?og:|rss\+xml|Edit this page/);
  expect(plain).toContain('Source: <code>docs/first-forecast.mdx</code>');
});

it('says all that its pages, its Markdown, its search, its feed and its sitemap have to say', async () => {
  await expect(await textOfBuild(join(root, 'dist'))).toMatchFileSnapshot('testdata/everything.golden.txt');
});

/** A call of each tool, also with what it cannot find. */
const CALLS: [tool: string, input: Record<string, string | number>][] = [
  ['search', { query: 'storm' }],
  ['search', { query: 'alarm', language: 'go' }],
  ['search', { query: 'zzzz' }],
  ['page', { page: '/' }],
  ['page', { page: 'https://elsewhere.example.com/errors.md?a#calm' }],
  ['page', { page: '/eror' }],
  ['reference', { name: 'alarm' }],
  ['reference', { name: 'weather.forecast()', language: 'js' }],
  ['reference', { name: 'alarm', language: 'ruby' }],
  ['example', { name: 'alarm.ts' }],
  ['example', { name: 'gale', language: 'go' }],
  ['example', { name: 'silent' }],
  ['error', { code: ' CALM ' }],
  ['error', { code: 'no_such_code' }],
  ['check', { program: 'console.log(process.argv.length);\n\n// Output:\n// 3\n' }],
  ['check', { program: 'const a: string = 1;\n' }],
];

it('tells agents the same', async () => {
  const server = await createDocsServer(await readProject(root));
  const client = new Client({ name: 'test', version: '1.0.0' });
  const [ours, theirs] = InMemoryTransport.createLinkedPair();
  await Promise.all([server.connect(theirs), client.connect(ours)]);
  const { tools } = await client.listTools();
  const answers = [`${client.getInstructions()}\n`, `${JSON.stringify(tools, undefined, 1)}\n`];
  for (const [name, input] of CALLS) {
    const { content, structuredContent, isError } = await client.callTool({ name, arguments: input });
    const data = JSON.stringify(structuredContent, undefined, 1);
    const [{ text }] = content as [{ text: string }];
    answers.push(`======== ${name} ${JSON.stringify(input)}${isError ? ' fails' : ''}\n${text}\n${data}\n`);
  }
  await client.close();
  const told = answers.join('\n').replaceAll(/\b[\da-f]{40}\b/g, '…');
  const steady = told.replaceAll(/(\bNode |for |"durationMs": )[\d.]*\d/g, '$1n');
  await expect(steady).toMatchFileSnapshot('testdata/everything.agents.golden.txt');
});

it('has a canonical address and a link preview image of the right size on each page', async () => {
  for (const path of paths) {
    const html = await dist(join(path, 'index.html'));
    const [, canonical] = /<link rel="canonical" href="([^"]+)"/.exec(html) ?? [];
    expect(canonical).toBe(SITE_URL + path);
    const [, picture = ''] = /<meta property="og:image" content="([^"]+)"/.exec(html) ?? [];
    expect(picture.startsWith(`${SITE_URL}/og/`), path).toBe(true);
    const png = await readFile(join(root, 'dist', picture.slice(SITE_URL.length)));
    const read = [png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)];
    expect(read, path).toEqual(['PNG', 1200, 630]);
  }
  expect(await dist('404.html')).not.toContain('canonical');
});

it('caches one image per page for the next build', async () => {
  expect(await readdir(join(root, 'node_modules/.astro/pictures'))).toHaveLength(paths.length);
});

it('lists every page in its sitemap, which robots.txt names', async () => {
  expect(await dist('robots.txt')).toContain(`\nSitemap: ${SITE_URL}/sitemap-index.xml\n`);
  const [, part = ''] = /<loc>([^<]+)<\/loc>/.exec(await dist('sitemap-index.xml')) ?? [];
  const listed = [...(await dist(part.slice(SITE_URL.length))).matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, url]) => url);
  expect(listed.sort()).toEqual(paths.map((path) => SITE_URL + path).sort());
});

it('dates each page in its sitemap as on the page', async () => {
  const entries = [
    ...(await dist('sitemap-0.xml')).matchAll(/<url><loc>([^<]+)<\/loc><lastmod>([^<]+)<\/lastmod><\/url>/g),
  ];
  const dated = Object.fromEntries(
    entries.map(([, url = '', day = '']) => [url.slice(SITE_URL.length), day.slice(0, 10)]),
  );
  expect(Object.keys(dated)).toHaveLength(paths.length);
  expect([dated['/first-forecast'], dated['/cities']]).toEqual(['2026-03-03', '2026-04-04']);
  expect(await dist('cities/index.html')).toContain('<time>2026-04-04</time>');
});

it('has a feed entry for each release, linked to its heading', async () => {
  const feed = await dist('changelog.xml');
  const links = [...feed.matchAll(/<item><title>([^<]+)<\/title><link>([^<]+)<\/link>/g)].map(([, title, link]) => [
    title,
    link,
  ]);
  expect(links[0]).toEqual(['Unreleased', `${SITE_URL}/changelog#unreleased`]);
  expect(feed).toContain('<pubDate>Tue, 03 Mar 2026');
  expect(await dist('changelog/index.html')).toContain('href="/changelog.xml"');
  expect(await dist('changelog/index.html')).toContain('id="unreleased"');
});

it('shows when a page was last changed, and links to its file and to a new issue', async () => {
  const html = await dist('first-forecast/index.html');
  expect(html).toContain('<time>2026-03-03</time>');
  expect(html).toContain('href="https://github.com/owner/name/edit/next/docs/first-forecast.mdx"');
  expect(html).toContain('href="https://github.com/owner/name/issues/new?title=');
});

it('adds little to a page', async () => {
  const published = await dist('first-forecast/index.html');
  expect(brotliCompressSync(published).length - brotliCompressSync(plain).length).toBeLessThan(ADDRESS_BYTES_MAX);
});

it('replaces the whole previous build', async () => {
  expect(await readdir(join(root, 'dist'))).not.toContain('of-the-last-build.html');
});

it('does not change other pages when a section is added', { timeout: BUILDS_MS_MAX }, async () => {
  const before = new Map<string, string>();
  for (const path of paths) before.set(path, await dist(join(path, 'index.html')));
  await addSection('second');
  await publish();
  expect(await pathsOf(join(root, 'dist'))).toHaveLength(paths.length + 2);
  const changed: string[] = [];
  for (const [path, html] of before) if ((await dist(join(path, 'index.html'))) !== html) changed.push(path);
  // The first page of the outer section, which lists it, and the former last page, which now links to it.
  expect(changed).toEqual(['/reference/first/two', '/reference/forecast']);
});
