import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './audit.ts';
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

/** Like a reader whose pointer missed the word: tries again until its text is shown. */
async function hover(page: Page, name: string): Promise<void> {
  const tryOnce = async () => {
    await page.mouse.move(1, 1);
    await identifier(page, name).hover();
    return popover(page)
      .waitFor({ timeout: 3_000 })
      .then(
        () => true,
        () => false,
      );
  };
  await expect.poll(tryOnce, { timeout: 30_000 }).toBe(true);
}

it('loads one script and one table when an identifier is first hovered, and nothing before or after', async () => {
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

it('shows the type of a constant', async () => {
  const { page } = await openPage(browser, SEED);
  await identifier(page, 'session').hover();
  await expect.poll(() => popover(page).locator('code').textContent()).toBe('const session: SealedSession');
});

it('shows the signature and the description of the entry that an identifier links to', async () => {
  const { page } = await openPage(browser, SEED);
  const link = identifier(page, 'authenticate');
  expect(await link.getAttribute('href')).toContain('/authenticate#');
  await link.hover();
  await expect
    .poll(() => popover(page).locator('code').textContent())
    .toBe('session.authenticate<Claims>(): Promise<AuthenticateResult<Claims>>');
  expect(await popover(page).locator('p').textContent()).toContain('Unseal the cookie');
});

it('stays while hovered, and closes when the pointer leaves and on Escape', async () => {
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

it('works by keyboard: Enter in an example, arrows between visible identifiers, Escape back to the example', async () => {
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
    await hover(page, name);
    const box = await popover(page).boundingBox();
    expect(box!.x).toBeGreaterThanOrEqual(0);
    expect(box!.x + box!.width).toBeLessThanOrEqual(width);
    expect(box!.y).toBeGreaterThanOrEqual(0);
  }
  expect(await audit(page)).toEqual([]);
});
