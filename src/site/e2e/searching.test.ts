import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { audit } from './audit.ts';
import { launchBrowser } from './browser.ts';
import { openPage, SEED } from './pages.ts';

/** Bytes on the wire when search opens. */
const OPEN_BYTES_MAX = 15_000;

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
  await page.locator('#found[aria-busy=false] [role=option]').first().waitFor();
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
  expect(requests.slice(1).map((url) => new URL(url).pathname)).toEqual(['/scripts/search.js', '/search/index.json']);
  expect(faults).toEqual([]);
});

it('loads at most 15 KB before the first key', async () => {
  const files = await Promise.all(
    ['scripts/search.js', 'search/index.json'].map((file) => readFile(join(inject('siteFolder'), file))),
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
  const first = await chosen(page).getAttribute('id');
  await page.keyboard.press('ArrowDown');
  const second = await chosen(page).getAttribute('id');
  expect(second).not.toBe(first);
  expect(await field(page).getAttribute('aria-activedescendant')).toBe(second);
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('ArrowUp');
  expect(await chosen(page).getAttribute('id')).toBe(await results(page).last().getAttribute('id'));
});

it('keeps the selection when it is opened again', async () => {
  const { page } = await openPage(browser, SEED);
  await search(page, 'getLogOut');
  await page.keyboard.press('ArrowDown');
  const href = await chosen(page).getAttribute('href');
  expect(await results(page).first().getAttribute('href')).not.toBe(href);
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  expect(await chosen(page).getAttribute('href')).toBe(href);
});

it('shows where to begin while nothing is typed, and how many results there are', async () => {
  const { page } = await openPage(browser, SEED);
  await page.keyboard.press('/');
  const begin = page.getByRole('group', { name: 'Start here' });
  await begin.getByRole('option', { name: 'Quickstart' }).waitFor();
  await field(page).fill('chunkCookie');
  await expect
    .poll(() => page.getByRole('status').textContent())
    .toMatch(/^\d+ results on \d pages · ↑ ↓ to choose, Enter to open, Esc to close$/);
  const [, options = '', pages = ''] =
    /^(\d+) results on (\d)/.exec((await page.getByRole('status').textContent())!) ?? [];
  expect(await results(page).count()).toBe(Number(options));
  expect(await page.locator('.search [role=group]').count()).toBe(Number(pages));
  expect(await begin.count()).toBe(0);
});

it('closes with Escape although words are typed, and with its button', async () => {
  const { page } = await openPage(browser, SEED);
  for (const close of [
    () => page.keyboard.press('Escape'),
    () => page.getByRole('button', { name: 'Close' }).click(),
  ]) {
    await search(page, 'cookie');
    await close();
    await field(page).waitFor({ state: 'hidden' });
  }
});

type Key = Pick<
  KeyboardEventInit,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey' | 'modifierAltGraph' | 'isComposing'
>;

/** How browsers describe the keys that open search, on keyboards of several languages. */
const OPENING_KEYS: Record<string, Key> = {
  'Ctrl K with caps lock': { key: 'K', code: 'KeyK', ctrlKey: true },
  '⌘ K': { key: 'k', code: 'KeyK', metaKey: true },
  'Ctrl K on a Russian keyboard': { key: 'л', code: 'KeyK', ctrlKey: true },
  'Ctrl K on a Dvorak keyboard': { key: 'k', code: 'KeyV', ctrlKey: true },
  '/ on a German keyboard': { key: '/', code: 'Digit7', shiftKey: true },
  '/ with AltGr': { key: '/', code: 'KeyQ', ctrlKey: true, altKey: true, modifierAltGraph: true },
};
const OTHER_KEYS: Record<string, Key> = {
  'a key of an input method': { key: '/', code: 'Slash', isComposing: true },
  'Ctrl V on a Dvorak keyboard': { key: 'v', code: 'KeyK', ctrlKey: true },
  'Ctrl /': { key: '/', code: 'Slash', ctrlKey: true },
  'Ctrl Alt K': { key: 'k', code: 'KeyK', ctrlKey: true, altKey: true },
};

it('opens with the keys of every keyboard, and with no others', async () => {
  const { page } = await openPage(browser, SEED);
  const press = (key: Key) =>
    page.evaluate((init) => {
      const event = new KeyboardEvent('keydown', { ...init, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    }, key);
  for (const [name, key] of Object.entries(OTHER_KEYS)) expect(await press(key), name).toBe(false);
  for (const [name, key] of Object.entries(OPENING_KEYS)) {
    expect(await press(key), name).toBe(true);
    await field(page).waitFor();
    await page.keyboard.press('Escape');
  }
});

it('leaves the keys of an input method to it, and finds full-width letters', async () => {
  const { page } = await openPage(browser, SEED);
  await search(page, 'ｃｏｏｋｉｅ');
  const before = await chosen(page).getAttribute('href');
  for (const key of ['ArrowDown', 'Enter', 'Escape'])
    await field(page).evaluate(
      (input, pressed) =>
        input.dispatchEvent(new KeyboardEvent('keydown', { key: pressed, isComposing: true, bubbles: true })),
      key,
    );
  expect(await chosen(page).getAttribute('href')).toBe(before);
  expect(await field(page).isVisible()).toBe(true);
});

it('opens the first result if Enter is pressed before it is there', async () => {
  const { page } = await openPage(browser, SEED);
  await page.keyboard.press('/');
  await field(page).waitFor();
  await page.keyboard.type('troubleshooting');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/guides/troubleshooting');
});

it('clicks a result with Ctrl for Ctrl Enter, which a browser opens in a new tab', async () => {
  const { page } = await openPage(browser, SEED);
  await search(page, 'troubleshooting');
  const chosen = page.locator('#found [role=option][aria-selected=true]');
  await expect.poll(() => chosen.getAttribute('href')).toContain('/guides/troubleshooting');
  // Whether the new tab is loaded is up to the browser; without a window, it sometimes is not.
  const clicks = await page.evaluateHandle(() => {
    const clicks: unknown[] = [];
    document.addEventListener('click', (event) =>
      clicks.push([(event.target as HTMLAnchorElement).pathname, event.ctrlKey, event.defaultPrevented]),
    );
    return clicks;
  });
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => clicks.jsonValue()).toEqual([['/guides/troubleshooting', true, false]]);
  expect(new URL(page.url()).pathname).toBe(SEED);
});

/** What can fail, and the files that search needs for it. */
const FAILURES = [
  { files: '**/scripts/search.js', fault: 'abort', sentence: /Search failed to load/ },
  { files: '**/search/index.json', fault: 'abort', sentence: /^Search could not load/ },
  { files: '**/search/*/terms-*.json', fault: 'abort', sentence: /^Search could not load/ },
  { files: '**/search/*/part-*.json', fault: 500, sentence: /^Search could not load/ },
  { files: '**/search/**', fault: 404, sentence: /^Search could not load/ },
] as const;

it.each(FAILURES)('says that $files failed with $fault, and tries again', async ({ files, fault, sentence }) => {
  const { page } = await openPage(browser, SEED);
  await page.route(files, (route) => (fault === 'abort' ? route.abort() : route.fulfill({ status: fault })));
  await page.keyboard.press('/');
  if (files !== '**/scripts/search.js') await field(page).fill('chunkCookie');
  await page.getByText(sentence).waitFor();
  await page.unroute(files);
  if (files === '**/scripts/search.js') await search(page, 'chunkCookie');
  else await page.getByRole('button', { name: 'Try again' }).click();
  await expect.poll(() => chosen(page).textContent()).toContain('Session cookies');
  expect(await page.getByText(sentence).count()).toBe(0);
});

it('says that it is searching if that takes long, and then what it has found, in the singular for one', async () => {
  const { page } = await openPage(browser, SEED);
  const arrived = Promise.withResolvers<void>();
  await page.route('**/search/index.json', async (route) => {
    await arrived.promise;
    await route.continue();
  });
  await page.keyboard.press('/');
  await field(page).fill('fastify.addHook');
  await expect.poll(() => page.getByRole('status').textContent()).toBe('Searching…');
  arrived.resolve();
  await expect.poll(() => results(page).count()).toBeGreaterThan(0);
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  const [found, on] = [await results(page).count(), await page.locator('.search [role=group]').count()];
  const said = await page.getByRole('status').textContent();
  expect(said).toMatch(new RegExp(`^${count(found, 'result')} on ${count(on, 'page')} · `));
});

it('finds pages of a new version of the site that was published in between', async () => {
  const { page } = await openPage(browser, SEED);
  await page.route('**/search/index.json', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ json: { ...(await response.json()), build: 'gone' } });
  });
  await page.keyboard.press('/');
  await page.getByRole('group', { name: 'Start here' }).waitFor();
  await page.unroute('**/search/index.json');
  await field(page).fill('chunkCookie');
  await expect.poll(() => chosen(page).textContent()).toContain('Session cookies');
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

it('says that nothing was found, and finds words again without a network', async () => {
  const { page } = await openPage(browser, SEED);
  await search(page, 'chunkCookie');
  await field(page).fill('zzzzzzzz');
  await expect
    .poll(() => page.getByRole('status').textContent())
    .toBe('Nothing found for “zzzzzzzz”. Try other words.');
  await page.context().setOffline(true);
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
    expect(await audit(page)).toEqual([]);
  },
);
