import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { SEED, openPage, pagePaths } from './pages.ts';

/**
 * Byte budgets with brotli 11, for the seed page and for any page. With messages for when a script or the network
 * fails, and the contents at the right, the seed page is larger than 8 KB.
 */
const SEED_BYTES_MAX = 10_000;
const PAGE_BYTES_MAX = 14_600;
const SCRIPT_BYTES_MAX = 2_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function brotliBytes(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

it('has no errors with a fragment that is not valid percent-encoding', async () => {
  const { page, faults } = await openPage(browser, `${SEED}#100%`);
  await page.evaluate(() => (location.hash = '#%ff'));
  await page.waitForFunction(() => location.hash === '#%ff');
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  expect(faults).toEqual([]);
  await page.context().close();
});

it('is served with a policy that only allows what each page contains', async () => {
  const { headers } = await fetch(inject('siteUrl') + SEED);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self' 'sha256-");
  expect(policy).toContain("require-trusted-types-for 'script'");
  expect(policy).not.toMatch(/unsafe|\*|https?:/);
  const { page, faults } = await openPage(browser, SEED);
  await page.addScriptTag({ content: 'document.title = "taken over"' }).catch(() => {});
  expect(await page.title()).toContain('Load sealed session');
  expect(faults.join()).toMatch(/Content Security Policy|TrustedScript/);
  await page.context().close();
});

it('highlights code under that policy', async () => {
  const { page } = await openPage(browser, SEED);
  const colours = await page
    .locator('.source span')
    .evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
  expect(new Set(colours).size).toBeGreaterThan(3);
  expect(await page.locator('[style]').count()).toBe(0);
  await page.context().close();
});

it('can be navigated by keyboard from the skip link on, with every stop and its focus visible', async () => {
  // With reduced motion, the page scrolls instantly.
  const { page } = await openPage(browser, SEED, { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const stops: { name: string; inSight: boolean; outlined: boolean }[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element === document.body) return undefined;
      // Language tabs are drawn by their labels.
      const drawn = element.matches('.tabs input') ? element.nextElementSibling! : element;
      const { top, bottom, width } = drawn.getBoundingClientRect();
      return {
        name: (element.ariaLabel ?? drawn.textContent).trim().replaceAll(/\s+/g, ' '),
        inSight: width > 0 && bottom > 0 && top < innerHeight,
        outlined: getComputedStyle(drawn).outlineStyle !== 'none',
      };
    });
    if (stop === undefined || stops.length > 100) break;
    stops.push(stop);
  }
  const names = stops.map(({ name }) => name);
  expect(names.slice(0, 10)).toEqual([
    'Skip to content',
    'AuthKit session helpers',
    'Get started',
    'Concepts',
    'Operate',
    'Reference',
    'About',
    'Language of the examples',
    'Search/',
    'Change colour theme',
  ]);
  for (const name of [
    'Load sealed session',
    'Node.js',
    'Run',
    'Copy',
    'Node.js example',
    'Output of this example',
    'sessionData',
    'getLogOutUrl',
    'NextAuthenticate',
  ])
    expect(names).toContain(name);
  expect(names).not.toContain('Ruby example');
  expect(stops.filter(({ inSight, outlined }) => !inSight || !outlined)).toEqual([]);
  await page.context().close();
});

it('keeps every page within its byte budget', async () => {
  for (const path of await pagePaths()) {
    const html = await readFile(join(inject('siteFolder'), path, 'index.html'), 'utf8');
    expect(brotliBytes(html), path).toBeLessThanOrEqual(path === SEED ? SEED_BYTES_MAX : PAGE_BYTES_MAX);
    const scripts = [...html.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, script]) => script).join('\n');
    expect(scripts.length).toBeGreaterThan(0);
    expect(brotliBytes(scripts), path).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
  }
});
