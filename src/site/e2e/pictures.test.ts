import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import pixelmatch from 'pixelmatch';
import { PNG } from 'pngjs';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { SEED } from './pages.ts';

/** Fraction of pixels that may differ: enough for the anti-aliasing of another machine, but not for changed text. */
const DIFFERENT_MAX = 0.005;
const BASELINES = join(import.meta.dirname, 'testdata');
/** Folder for screenshots that differ. */
const LEFT = join(import.meta.dirname, '../../../build/pictures');
/** Screenshots use fonts from npm packages, so that they are the same on every machine. */
const FONTS = {
  PictureSans: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  PictureMono: '@fontsource/jetbrains-mono/files/jetbrains-mono-latin-400-normal.woff2',
};

let browser: Browser;
let style: string;
beforeAll(async () => {
  browser = await launchBrowser();
  const faces = await Promise.all(
    Object.entries(FONTS).map(async ([name, file]) => {
      const bytes = await readFile(createRequire(import.meta.url).resolve(file));
      return `@font-face { font-family: ${name}; src: url(data:font/ttf;base64,${bytes.toString('base64')}); font-weight: 100 900; }`;
    }),
  );
  style = `${faces.join('\n')}\n:root { --sans: PictureSans !important; --mono: PictureMono !important; caret-color: transparent; }`;
});
afterAll(() => browser.close());

interface State {
  path: string;
  options: BrowserContextOptions;
  /** Actions before the screenshot; resolves when their result is visible. */
  act?: (page: Page) => Promise<void>;
}

const STATES: Record<string, State> = {
  'home-wide-light': { path: '/', options: { viewport: { width: 1440, height: 900 } } },
  'reference-wide-dark': { path: SEED, options: { viewport: { width: 1440, height: 900 }, colorScheme: 'dark' } },
  'reference-phone-light': { path: SEED, options: { viewport: { width: 390, height: 844 } } },
  'guide-tablet-dark-without-script': {
    path: '/guides/rotate-the-cookie-password',
    options: { viewport: { width: 768, height: 1024 }, colorScheme: 'dark', javaScriptEnabled: false },
  },
  'search-wide-light': {
    path: SEED,
    options: { viewport: { width: 1440, height: 900 } },
    act: searchFor('cookie password'),
  },
};

/** Types `query`, and waits until the full text has loaded. */
function searchFor(query: string): (page: Page) => Promise<void> {
  return async (page) => {
    await page.keyboard.press('/');
    await page.getByRole('combobox', { name: 'Search' }).fill(query);
    await page.locator('.search-line', { hasText: /\S/ }).first().waitFor();
    await page.waitForLoadState('networkidle');
  };
}

async function takePicture({ path, options, act }: State): Promise<PNG> {
  // The Content-Security-Policy of the pages would block the fonts.
  const context = await browser.newContext({ ...options, bypassCSP: true, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.route(inject('siteUrl') + path, async (route) => {
    const response = await route.fetch();
    await route.fulfill({
      response,
      body: (await response.text()).replace('</head>', `<style>${style}</style></head>`),
    });
  });
  await page.goto(inject('siteUrl') + path);
  await act?.(page);
  const bytes = await page.screenshot({ animations: 'disabled' });
  await context.close();
  return PNG.sync.read(bytes);
}

it.each(Object.entries(STATES))('looks the same: %s', async (name, state) => {
  const picture = await takePicture(state);
  const file = join(BASELINES, `${name}.png`);
  if (process.env['UPDATE_PICTURES']) await writeFile(file, PNG.sync.write(picture));
  const baseline = PNG.sync.read(await readFile(file));
  expect([picture.width, picture.height]).toEqual([baseline.width, baseline.height]);
  const difference = new PNG({ width: picture.width, height: picture.height });
  const different = pixelmatch(picture.data, baseline.data, difference.data, picture.width, picture.height, {
    threshold: 0.2,
  });
  if (different / (picture.width * picture.height) <= DIFFERENT_MAX) return;
  await mkdir(LEFT, { recursive: true });
  await writeFile(join(LEFT, `${name}.png`), PNG.sync.write(picture));
  await writeFile(join(LEFT, `${name}.difference.png`), PNG.sync.write(difference));
  expect.fail(
    `${name} differs in ${different} pixels: check build/pictures/, and accept it with UPDATE_PICTURES=1 npm test -- --project site pictures`,
  );
});
