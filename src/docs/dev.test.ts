/** The dev server: it shows findings, and a changed file updates the open page. */
import { get } from 'node:http';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from '../site/e2e/browser.ts';
import { type AstroServer, changed, makeProject, startAstro } from './testdata/elsewhere.ts';

const PROGRAM = 'examples/forecast.ts';
const NAVIGATION = 'docs/navigation.yaml';
const SHOWN = { timeout: 60_000 };

let root: string;
let server: AstroServer;
let browser: Browser;
let page: Page;
/** What the server said of a page that did not parse when it started. */
let refused: { status: number; text: string };

beforeAll(async () => {
  root = await makeProject('weather');
  const unreadable = () => '# Cities <b\n';
  await changed(root, 'docs/cities.mdx', unreadable, async () => {
    [server, browser] = await Promise.all([startAstro('dev', root), launchBrowser()]);
    const response = await fetch(`${server.url}/cities`, { headers: { Accept: 'text/html' } });
    refused = { status: response.status, text: await response.text() };
  });
  page = await browser.newPage();
}, 240_000);

afterAll(async () => {
  await browser?.close();
  server?.stop();
  await rm(root, { recursive: true, force: true });
});

it('shows its findings until they are fixed, and then its pages, at the addresses of the built site', async () => {
  expect(refused.status).toBe(500);
  expect(refused.text).toMatch(/<pre>docs\/cities\.mdx:1:\d+ Cannot read the page: /);
  const titleAt = async (path: string) => {
    const html = await (await fetch(server.url + path, { headers: { Accept: 'text/html' } })).text();
    return /<title>([^<]*)/.exec(html)?.[1];
  };
  await expect.poll(() => titleAt('/cities'), SHOWN).toBe('Cities · Weather SDK');
  expect(await titleAt('/cities/')).toBe('Cities · Weather SDK');
});

it('shows a changed snippet and its output, and overlays errors until they are fixed', async () => {
  // Vite reloads a page once after it has discovered the imports of its scripts.
  await page.goto(`${server.url}/first-forecast`, { waitUntil: 'networkidle' });
  const overlay = page.locator('vite-error-overlay');
  const finding = overlay.getByText(/examples\/forecast\.ts:\d+ expected no more output.*and one line more/).first();
  const printing = (text: string) =>
    text.replace(/\n\/\/ Output:\n/, "\nconsole.log('and one line more');\n\n// Output:\n");
  await changed(root, PROGRAM, printing, async () => {
    await finding.waitFor(SHOWN);
    // A reload may be interrupted by one of the server's own: try again.
    const reloaded = () =>
      page.reload().then(
        () => true,
        () => false,
      );
    await expect.poll(reloaded, SHOWN).toBe(true);
    await finding.waitFor(SHOWN);
    const path = join(root, PROGRAM);
    await writeFile(path, `${(await readFile(path, 'utf8')).trimEnd()}\n// and one line more\n`);
    await page.getByText("console.log('and one line more');").first().waitFor(SHOWN);
    expect(await overlay.count()).toBe(0);
  });
});

it('keeps the page as wide as the window with thirty sections, and the current page in view in a long one', async () => {
  const paths = Array.from({ length: 30 }, (_, index) => `/more/page-${index}`);
  for (const path of paths) {
    await mkdir(join(root, 'docs/more'), { recursive: true });
    await writeFile(join(root, `docs${path}.mdx`), `# Page${path.replaceAll(/\D+/g, ' ')}\n\nText.\n`);
  }
  const others = ['/cities', '/reference/forecast', ...paths];
  const sections = [...others, '/first-forecast'].map((each, index) => ({
    title: `The section number ${index}`,
    pages: [each],
  }));
  await changed(
    root,
    NAVIGATION,
    () => JSON.stringify({ sections }),
    async () => {
      await page.locator('.sections summary').waitFor(SHOWN);
      await page.locator('.sections summary').click();
      for (const width of [390, 1440]) {
        await page.setViewportSize({ width, height: 700 });
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
        const box = await page.locator('.sections nav').boundingBox();
        expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
      }
      await page.setViewportSize({ width: 1440, height: 500 });
      const one = { sections: [{ title: 'All', pages: [...others, '/first-forecast'] }] };
      await writeFile(join(root, NAVIGATION), JSON.stringify(one));
      const current = page.locator('.side [aria-current=page]');
      await expect.poll(() => page.locator('.side li').count(), SHOWN).toBeGreaterThan(20);
      await expect.poll(async () => ((await current.boundingBox())?.y ?? Infinity) + 20, SHOWN).toBeLessThan(500);
    },
  );
});

it('serves the files beside the pages', async () => {
  const textAt = async (path: string) => (await fetch(server.url + path)).text();
  expect(await textAt('/first-forecast.md')).toContain('\n# First forecast\n');
  const { build } = JSON.parse(await textAt('/search/index.json')) as { build: string };
  expect(JSON.parse(await textAt(`/search/${build}/part-0.json`))).toMatchObject({ path: '/' });
  expect(JSON.parse(await textAt('/live/forecast.ts.json'))).toMatchObject({
    program: expect.stringContaining('forecast'),
  });
});

it.each(['//', '//a.md', 'http://', '/%00.md', '/scripts/constructor.js', '/live/constructor.js'])(
  'responds to a request for %s, and keeps running',
  async (path) => {
    const { hostname, port } = new URL(server.url);
    const statusOf = (target: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ hostname, port, path: target, agent: false }, (response) => resolve(response.resume().statusCode)).on(
          'error',
          reject,
        );
      });
    expect(await statusOf(path)).toBeLessThan(500);
    expect(await statusOf('/first-forecast.md')).toBe(200);
  },
);
