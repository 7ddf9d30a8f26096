import { execFile } from 'node:child_process';
import { appendFile, cp, glob, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { generateProject } from '../bench/generate-project.ts';
import { SECTION_PAGES } from '../bench/generated-page.ts';
import { launchBrowser } from './browser.ts';
import { SEED, openPage, pagePaths, pathsOf } from './pages.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SITE_URL = 'https://docs.example.com';
/** Environment variables of GitHub Actions. */
const ACTIONS = {
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_REPOSITORY: 'owner/name',
  GITHUB_REF_NAME: 'next',
  GITHUB_REF_TYPE: 'branch',
};
const SEED_BYTES_MAX = 10_000;

/** Milliseconds that builds may take on a busy machine. */
const BUILDS_MS_MAX = 300_000;

function build(project: string): Promise<unknown> {
  const env = { ...process.env, ...ACTIONS, SITE_URL, CI: '' };
  return run(process.execPath, ['node_modules/astro/bin/astro.mjs', 'build'], { cwd: project, env });
}

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe('a site that does not know its address', () => {
  it('leaves out everything that needs one', async () => {
    for (const path of await pagePaths()) {
      const html = await readFile(join(inject('siteFolder'), path, 'index.html'), 'utf8');
      expect(html, path).not.toMatch(/rel="?canonical|property="?og:|rss\+xml/);
    }
    const files = await readdir(inject('siteFolder'));
    expect(files.filter((file) => /^(og|sitemap.*|changelog\.xml)$/.test(file))).toEqual([]);
    expect(await readFile(join(inject('siteFolder'), 'robots.txt'), 'utf8')).toBe('User-agent: *\nAllow: /\n');
  });

  it('names the file of each page if no repository is known', async () => {
    const html = await readFile(join(inject('siteFolder'), SEED, 'index.html'), 'utf8');
    expect(html).toContain(`Source: <code>content${SEED}.mdx</code>`);
    expect(html).not.toContain('Edit this page');
  });

  it('copies a whole page as the Markdown at its address', async () => {
    const { page, faults } = await openPage(browser, SEED, { permissions: ['clipboard-read', 'clipboard-write'] });
    const address = await page.getByRole('link', { name: 'View as Markdown' }).getAttribute('href');
    const button = page.locator('.about .copy');
    await button.click();
    await page.waitForFunction((element) => element?.textContent === 'Copied', await button.elementHandle());
    const markdown = await (await fetch(inject('siteUrl') + address)).text();
    expect(markdown).toMatch(/^# Load sealed session\n/);
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(markdown);
    await page.waitForFunction((element) => element?.textContent === 'Copy page', await button.elementHandle());
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('opens the search on the 404 page', async () => {
    const { page } = await openPage(browser, '/no/such/page');
    await page.getByRole('button', { name: 'Search all pages' }).click();
    await page.locator('dialog[open]').waitFor();
    expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
    await page.context().close();
  });

  it('has a manifest without errors', async () => {
    const { page } = await openPage(browser, '/');
    const client = await page.context().newCDPSession(page);
    const { url, errors, data = '' } = await client.send('Page.getAppManifest');
    expect(url).toBe(`${inject('siteUrl')}/manifest.webmanifest`);
    expect(errors).toEqual([]);
    const { icons } = JSON.parse(data) as { icons: { src: string }[] };
    for (const { src } of icons)
      expect((await fetch(inject('siteUrl') + src)).headers.get('content-type')).toBe('image/svg+xml');
    await page.context().close();
  });
});

describe('a site that is built with its address in GitHub Actions', () => {
  let temporary: string;
  let project: string;
  let paths: string[];

  const dist = (path: string) => readFile(join(project, 'dist', path), 'utf8');

  beforeAll(async () => {
    temporary = await mkdtemp(join(tmpdir(), 'published-'));
    project = join(temporary, 'project');
    const own = (await Array.fromAsync(glob('content/**/*.mdx', { cwd: ROOT }))).length;
    await generateProject(project, own + SECTION_PAGES);
    // The snippets have run for the site under test, and are not run again.
    await cp(join(ROOT, 'build/snippet-runs.json'), join(project, 'build/snippet-runs.json'));
    // The build replaces this file.
    await mkdir(join(project, 'dist'));
    await writeFile(join(project, 'dist/of-the-last-build.html'), '');
    const env = { ...process.env, GIT_COMMITTER_DATE: '2026-03-03T12:00:00Z' };
    await run('git', ['init', '-q'], { cwd: project });
    await run('git', ['add', 'content', 'CHANGELOG.md'], { cwd: project });
    const commit = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com', 'commit', '-qam', 'all'];
    await run('git', commit, { cwd: project, env });
    await appendFile(join(project, 'content/quickstart.mdx'), '\nChanged a month later.\n');
    await run('git', commit, { cwd: project, env: { ...env, GIT_COMMITTER_DATE: '2026-04-04T12:00:00Z' } });
    await build(project);
    paths = await pathsOf(join(project, 'dist'));
  }, BUILDS_MS_MAX);
  afterAll(() => rm(temporary, { recursive: true, force: true }));

  it('has a canonical address and a link preview image of the right size on each page', async () => {
    for (const path of paths) {
      const html = await dist(join(path, 'index.html'));
      const [, canonical] = /<link rel="canonical" href="([^"]+)"/.exec(html) ?? [];
      expect(canonical).toBe(SITE_URL + path);
      const [, picture = ''] = /<meta property="og:image" content="([^"]+)"/.exec(html) ?? [];
      expect(picture.startsWith(`${SITE_URL}/og/`), path).toBe(true);
      const png = await readFile(join(project, 'dist', picture.slice(SITE_URL.length)));
      expect([png.toString('latin1', 1, 4), png.readUInt32BE(16), png.readUInt32BE(20)], path).toEqual([
        'PNG',
        1200,
        630,
      ]);
    }
    expect(await dist('404.html')).not.toContain('canonical');
  });

  it('caches one image per page for the next build', async () => {
    expect(await readdir(join(project, 'build/astro/pictures'))).toHaveLength(paths.length);
  });

  it('lists every page in its sitemap, which robots.txt names', async () => {
    expect(await dist('robots.txt')).toContain(`\nSitemap: ${SITE_URL}/sitemap-index.xml\n`);
    const [, part = ''] = /<loc>([^<]+)<\/loc>/.exec(await dist('sitemap-index.xml')) ?? [];
    const listed = [...(await dist(part.slice(SITE_URL.length))).matchAll(/<loc>([^<]+)<\/loc>/g)].map(
      ([, url]) => url,
    );
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
    expect(dated[SEED]).toBe('2026-03-03');
    expect(dated['/quickstart']).toBe('2026-04-04');
    expect(await dist('quickstart/index.html')).toContain('<time>2026-04-04</time>');
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
    const html = await dist(join(SEED, 'index.html'));
    expect(html).toContain('<time>2026-03-03</time>');
    expect(html).toContain(`href="https://github.com/owner/name/edit/next/content${SEED}.mdx"`);
    expect(html).toContain('href="https://github.com/owner/name/issues/new?title=');
  });

  it('keeps the seed page within its byte budget, with all of that on it', async () => {
    const html = await dist(join(SEED, 'index.html'));
    const { length } = brotliCompressSync(html, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    expect(length).toBeLessThanOrEqual(SEED_BYTES_MAX);
  });

  it('replaces the whole previous build', async () => {
    expect(await readdir(join(project, 'dist'))).not.toContain('of-the-last-build.html');
  });

  it('does not change other pages when a section is added', { timeout: BUILDS_MS_MAX }, async () => {
    const before = new Map<string, string>();
    for (const path of paths) before.set(path, await dist(join(path, 'index.html')));
    const [first = ''] = await Array.fromAsync(glob('content/reference/generated/*', { cwd: project }));
    const more = 'content/reference/generated/one-section-more';
    await cp(join(project, first), join(project, more), { recursive: true });
    const files = await Array.fromAsync(glob('*.mdx', { cwd: join(project, more) }));
    const added = files
      .map((file) => `${more.slice('content'.length)}/${file}`.replace(/(?:\/index)?\.mdx$/, ''))
      .sort();
    const section = { title: 'One section more', within: 'Reference', pages: added };
    await appendFile(join(project, 'content/navigation.yaml'), `  - ${JSON.stringify(section)}\n`);
    await build(project);
    expect(await pathsOf(join(project, 'dist'))).toHaveLength(paths.length + SECTION_PAGES);
    const changed: string[] = [];
    for (const [path, html] of before) if ((await dist(join(path, 'index.html'))) !== html) changed.push(path);
    // The first page of the outer section, which lists it, and the former last page, which now links to it.
    expect(changed).toHaveLength(2);
    expect(changed.filter((path) => !before.get(path)?.includes('rel="next"'))).toHaveLength(1);
    expect(changed.filter((path) => before.get(path)?.includes('class="below"'))).toHaveLength(1);
  });
});
