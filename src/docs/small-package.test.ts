/** The engine as a package, in a project of its own: the documentation of a small package from npm, which talks to no API. */
import { glob, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveSite } from './serve/index.ts';
import { textOfBuild } from './testdata/built-text.ts';
import { BUILDS_MS_MAX, type Ending, build, command, makeProject } from './testdata/elsewhere.ts';

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
});

it('says all that its pages, its Markdown and its search have to say', async () => {
  await expect(await textOfBuild(join(root, 'dist'))).toMatchFileSnapshot('testdata/levenshtein.golden.txt');
});

it('has scripts and sandboxes of its own, and each sandbox has a policy that allows its script and no network', async () => {
  expect(await dist('scripts/compare.js')).toContain('/words/live/compare.html');
  expect(await dist('live/compare.html')).toContain('postMessage');
  const rule = (path: string) => new RegExp(`\\n${path}\\n[^]*?Content-Security-Policy: (.*)`).exec(headers)?.[1];
  const headers = await dist('_headers');
  const policy = rule('/words/live/compare');
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; base-uri 'none'; .*; sandbox allow-scripts$/);
  expect(rule('/words/live/compare.html')).toBe(policy);
  expect(rule('/words/live/sandbox.html')).toContain("'unsafe-eval'; worker-src data:");
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
  const { printed, code } = await command(root, 'reference');
  expect(printed).toMatch(/content\/distance\.mdx:9:\d+ .*does not match/);
  expect(printed).toMatch(/^1 finding, 2 accepted$/m);
  expect(code).toBe(1);
});
