import { AxeBuilder } from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openPage, SEED } from './pages.ts';

/** Bytes on the wire before the first key, with the outline of all pages: about 250 bytes for each. */
const OPEN_BYTES_MAX = 17_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const field = (page: Page) => page.getByRole('combobox', { name: 'Search' });
const results = (page: Page) => page.locator('.search [role=option]');
const chosen = (page: Page) => page.locator('.search [role=option][aria-selected=true]');

async function search(page: Page, query: string): Promise<void> {
  await page.keyboard.press('/');
  await field(page).fill(query);
  await results(page).first().waitFor();
}

it('opens with /, Ctrl K and the button, closes with Escape, and loads nothing before', async () => {
  const { page, requests, faults } = await openPage(browser, SEED);
  expect(requests).toHaveLength(1);
  for (const open of [
    () => page.keyboard.press('/'),
    () => page.keyboard.press('Control+k'),
    () => page.getByRole('button', { name: 'Search' }).click(),
  ]) {
    await open();
    await field(page).waitFor();
    expect(await field(page).evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.press('Escape');
    await field(page).waitFor({ state: 'hidden' });
  }
  expect(requests.slice(1).map((url) => new URL(url).pathname)).toEqual(['/scripts/search.js', '/search/outline.json']);
  expect(faults).toEqual([]);
});

it('loads at most 17 KB before the first key', async () => {
  const files = await Promise.all(
    ['scripts/search.js', 'search/outline.json'].map((file) => readFile(join(inject('siteFolder'), file))),
  );
  expect(files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0)).toBeLessThanOrEqual(OPEN_BYTES_MAX);
});

it('finds the page for a misspelt word, by keyboard alone', async () => {
  const { page, faults } = await openPage(browser, '/');
  await search(page, 'cookie pasword');
  await expect.poll(() => chosen(page).textContent()).toContain('Rotate the cookie password');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/guides/rotate-the-cookie-password');
  expect(faults).toEqual([]);
});

it('cycles through the results with the arrow keys, and marks the selected one', async () => {
  const { page } = await openPage(browser, SEED);
  await search(page, 'getLogOut');
  // The full text adds more results.
  await page.waitForLoadState('networkidle');
  const first = await chosen(page).getAttribute('id');
  await page.keyboard.press('ArrowDown');
  const second = await chosen(page).getAttribute('id');
  expect(second).not.toBe(first);
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(second);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await chosen(page).getAttribute('id')).toBe(await results(page).last().getAttribute('id'));
});

it('keeps the selection when more results arrive', async () => {
  const { page } = await openPage(browser, SEED);
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  await page.route('**/search/text.json', (route) => held.then(() => route.continue()));
  await search(page, 'getLogOut');
  await page.keyboard.press('ArrowDown');
  const [href, count] = [await chosen(page).getAttribute('href'), await results(page).count()];
  expect(await results(page).first().getAttribute('href')).not.toBe(href);
  release();
  await expect.poll(() => results(page).count()).toBeGreaterThan(count);
  expect(await chosen(page).getAttribute('href')).toBe(href);
});

it('opens a line of a Ruby example in Ruby', async () => {
  const { page } = await openPage(browser, '/');
  await search(page, 'configure do config');
  const ruby = page.locator('[role=option][href*="lang=ruby"]').first();
  await ruby.waitFor();
  await ruby.click();
  await page.waitForURL('**lang=ruby**');
  expect(await page.getByRole('radio', { name: 'Ruby' }).first().isChecked()).toBe(true);
});

it('shows the reference in the chosen language', async () => {
  const { page } = await openPage(browser, '/');
  await search(page, 'cookie password');
  const anchors = () =>
    results(page).evaluateAll((links) =>
      links.flatMap((link) => /#(\w+)\.load_sealed_session/.exec(link.getAttribute('href') ?? '')?.[1] ?? []),
    );
  await expect.poll(anchors).toEqual(['js']);
  await page.mouse.click(2, 2);
  await page.getByRole('combobox', { name: 'Language of the examples' }).selectOption('ruby');
  await page.keyboard.press('/');
  await expect.poll(anchors).toEqual(['ruby']);
});

it('says that nothing was found, and works offline after the text has loaded', async () => {
  const { page } = await openPage(browser, SEED);
  await search(page, 'refresh');
  await page.waitForLoadState('networkidle');
  await page.context().setOffline(true);
  await field(page).fill('zzzzzzzz');
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Nothing found for “zzzzzzzz”.');
  await field(page).fill('chunkCookie');
  await expect.poll(() => chosen(page).textContent()).toContain('Session cookies');
});

it.each([
  ['light', 390],
  ['dark', 1440],
] as const)(
  'passes the accessibility audit while open, in %s at %d px, and stays in the window',
  async (colorScheme, width) => {
    const { page } = await openPage(browser, SEED, { colorScheme, viewport: { width, height: 800 } });
    await search(page, 'cookie');
    const box = await page.getByRole('dialog').boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    expect(
      (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
    ).toEqual([]);
  },
);
