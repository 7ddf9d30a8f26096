import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openPage, SEED } from './pages.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const identifier = (page: Page, name: string) =>
  page.locator('.source [data-h]:visible', { hasText: new RegExp(`^${name}$`) }).first();
const popover = (page: Page) => page.locator('#hover');

it('fetches nothing until an identifier is pointed at, then one script and one table, once', async () => {
  const { page, requests, faults } = await openPage(browser, SEED);
  await page.waitForLoadState('networkidle');
  expect(requests).toHaveLength(1);
  await identifier(page, 'session').hover();
  await popover(page).waitFor();
  await identifier(page, 'result').hover();
  await expect.poll(() => popover(page).textContent()).toContain('const result');
  expect(requests.slice(1).map((url) => new URL(url).pathname)).toEqual(['/scripts/hover.js', `${SEED}.hover.json`]);
  expect(faults).toEqual([]);
});

it('shows the type of a constant as the compiler knows it', async () => {
  const { page } = await openPage(browser, SEED);
  await identifier(page, 'session').hover();
  await expect.poll(() => popover(page).locator('code').textContent()).toBe('const session: SealedSession');
});

it('shows the signature and the description of the entry an identifier leads to', async () => {
  const { page } = await openPage(browser, SEED);
  const link = identifier(page, 'authenticate');
  expect(await link.getAttribute('href')).toContain('/authenticate#');
  await link.hover();
  await expect
    .poll(() => popover(page).locator('code').textContent())
    .toMatch(/^session\.authenticate\(\): \{ authenticated, /);
  expect(await popover(page).locator('p').textContent()).toContain('Unseal the cookie');
});

it('stays while the pointer is on it, goes when the pointer leaves, and goes on Escape', async () => {
  const { page } = await openPage(browser, SEED);
  await identifier(page, 'session').hover();
  await popover(page).waitFor();
  await popover(page).hover();
  await page.waitForTimeout(400);
  expect(await popover(page).isVisible()).toBe(true);
  await page.locator('h1').hover();
  await popover(page).waitFor({ state: 'hidden' });
  await identifier(page, 'session').hover();
  await popover(page).waitFor();
  await page.keyboard.press('Escape');
  await popover(page).waitFor({ state: 'hidden' });
});

it('is reached by keyboard: Enter in a program, arrows between identifiers that are not folded, Escape back to the program', async () => {
  const { page } = await openPage(browser, SEED);
  const focused = () => page.evaluate(() => document.activeElement?.textContent);
  await page.locator('.source:visible').first().focus();
  await page.keyboard.press('Enter');
  await popover(page).waitFor();
  const first = await focused();
  await page.keyboard.press('ArrowRight');
  const second = await focused();
  expect([first, second]).toEqual(['WorkOS', 'session']);
  await expect.poll(() => popover(page).textContent()).toBe('const session: SealedSession');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-describedby'))).toBe('hover');
  await page.keyboard.press('ArrowLeft');
  expect(await focused()).toBe('WorkOS');
  await page.keyboard.press('Escape');
  await popover(page).waitFor({ state: 'hidden' });
  expect(await page.evaluate(() => document.activeElement?.matches('.source'))).toBe(true);
});

it.each([390, 1440])('stays within a window %d pixels wide, and passes the accessibility audit', async (width) => {
  const { page } = await openPage(browser, SEED, { viewport: { width, height: 800 } });
  for (const name of ['loadSealedSession', 'email']) {
    await identifier(page, name).hover();
    await expect.poll(() => popover(page).isVisible()).toBe(true);
    const box = await popover(page).boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    expect(box!.y).toBeGreaterThanOrEqual(0);
  }
  expect(
    (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]),
  ).toEqual([]);
});
