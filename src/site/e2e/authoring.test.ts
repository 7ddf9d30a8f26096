/** The dev server: a changed file updates the open page. */
import { type ChildProcess, spawn } from 'node:child_process';
import { get } from 'node:http';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { copyProject } from '../prove/copy-project.ts';
import { launchBrowser } from './browser.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PROGRAM = 'snippets/quickstart.ts';

let project: string;
let server: ChildProcess;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), 'authored-'));
  await copyProject(ROOT, project, ['build']);
  // Start it like an author: inside a test, the server would not watch files.
  const { VITEST: _vitest, NODE_ENV: _environment, ...env } = process.env;
  server = spawn(process.execPath, ['node_modules/astro/bin/astro.mjs', 'dev', '--port', '0'], {
    cwd: project,
    env: { ...env, ASTRO_TELEMETRY_DISABLED: '1' } as NodeJS.ProcessEnv,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [url, opened] = await Promise.all([addressOf(server), launchBrowser()]);
  browser = opened;
  page = await browser.newPage();
  // Vite reloads a page once after it has discovered the imports of its scripts.
  await page.goto(`${url}/quickstart`, { waitUntil: 'networkidle' });
});

afterAll(async () => {
  await browser?.close();
  server?.kill();
  await rm(project, { recursive: true, force: true });
});

function addressOf({ stdout }: ChildProcess): Promise<string> {
  let printed = '';
  return new Promise((resolve, reject) => {
    stdout?.on('data', (chunk: Buffer) => {
      const [address] = /http:\/\/[\w.[\]:]+:\d+/.exec((printed += chunk)) ?? [];
      if (address) resolve(address);
    });
    stdout?.on('end', () => reject(new Error(`The server exited: ${printed}`)));
  });
}

async function edit(change: (text: string) => string): Promise<void> {
  const path = join(project, PROGRAM);
  const before = await readFile(path, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  await writeFile(path, after);
}

it('shows a changed snippet and its output, and overlays errors until they are fixed', async () => {
  await edit((text) => text.replace(/\n\/\/ Output:\n/, "\nconsole.log('and one line more');\n\n// Output:\n"));
  const overlay = page.locator('vite-error-overlay');
  const finding = overlay.getByText(/snippets\/quickstart\.ts:\d+ expected no more output.*and one line more/).first();
  await finding.waitFor({ timeout: 60_000 });
  // A reload may be interrupted by one of the server's own: try again.
  const reloaded = () =>
    page.reload().then(
      () => true,
      () => false,
    );
  await expect.poll(reloaded, { timeout: 60_000 }).toBe(true);
  await finding.waitFor({ timeout: 60_000 });

  await edit((text) => `${text.trimEnd()}\n// and one line more\n`);
  await page.getByText("console.log('and one line more');").first().waitFor({ timeout: 60_000 });
  expect(await overlay.count()).toBe(0);
});

it('keeps the page as wide as the window with thirty sections, and the current page in view in a long one', async () => {
  const path = join(project, 'content/navigation.yaml');
  const before = await readFile(path, 'utf8');
  const pages = [...before.matchAll(/- (\/\S+)$/gm)]
    .map(([, each = '']) => each)
    .filter((each) => each !== '/quickstart');
  try {
    const sections = [...pages, '/quickstart'].map((each, index) => ({
      title: `The section number ${index}`,
      pages: [each],
    }));
    await writeFile(path, JSON.stringify({ sections }));
    await page.locator('.sections summary').waitFor({ timeout: 60_000 });
    await page.locator('.sections summary').click();
    for (const width of [390, 1440]) {
      await page.setViewportSize({ width, height: 700 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
      const box = await page.locator('.sections nav').boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= width).toBe(true);
    }
    await page.setViewportSize({ width: 1440, height: 500 });
    await writeFile(path, JSON.stringify({ sections: [{ title: 'All', pages: [...pages, '/quickstart'] }] }));
    const current = page.locator('.side [aria-current=page]');
    await expect.poll(() => page.locator('.side li').count(), { timeout: 60_000 }).toBeGreaterThan(20);
    const bottomOf = async () => ((await current.boundingBox())?.y ?? Infinity) + 20;
    await expect.poll(bottomOf, { timeout: 60_000 }).toBeLessThan(500);
  } finally {
    await writeFile(path, before);
    await page.setViewportSize({ width: 1280, height: 720 });
  }
});

it('serves the files beside the pages', async () => {
  const textAt = async (path: string) => (await fetch(new URL(path, page.url()))).text();
  expect(await textAt('/quickstart.md')).toMatch(/^# Quickstart\n/);
  const { build } = JSON.parse(await textAt('/search/index.json')) as { build: string };
  expect(JSON.parse(await textAt(`/search/${build}/part-0.json`))).toMatchObject({ path: '/' });
  expect(JSON.parse(await textAt('/live/quickstart.ts.json'))).toMatchObject({
    program: expect.stringContaining('loadSealedSession'),
  });
});

it.each(['//', '//a.md', 'http://', '/%00.md', '/scripts/constructor.js', '/live/constructor.js'])(
  'responds to a request for %s, and keeps running',
  async (path) => {
    const { hostname, port } = new URL(page.url());
    const statusOf = (target: string) =>
      new Promise<number | undefined>((resolve, reject) => {
        get({ hostname, port, path: target, agent: false }, (response) => resolve(response.resume().statusCode)).on(
          'error',
          reject,
        );
      });
    expect(await statusOf(path)).toBeLessThan(500);
    expect(await statusOf('/quickstart.md')).toBe(200);
  },
);
