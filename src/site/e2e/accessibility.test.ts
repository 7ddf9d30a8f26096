import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit } from './audit.ts';
import { launchBrowser } from './browser.ts';
import { NIGHTLY, SEED, pagePaths, visitPages } from './pages.ts';

/** An audit takes seconds on a busy machine, and every page has one. */
const AUDIT_MS_MAX = 400_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface State {
  width: number;
  colorScheme: 'light' | 'dark';
  /** Actions of the reader before the audit. */
  act?: (page: Page) => Promise<void>;
}

/** Together these pages use every component; the nightly run audits all pages in each state. */
const EVERY_PART = ['/', SEED, '/guides/protect-routes', '/reference/authkit/session-helpers/errors'];

/** The states of a page to audit. */
const STATES: Record<string, State> = {
  'in light': { width: 1440, colorScheme: 'light' },
  'in dark': { width: 1440, colorScheme: 'dark' },
  'in dark on a phone, with its menu open': { width: 390, colorScheme: 'dark', act: openMenu },
  'in light on a phone, in Ruby, with its example being edited': { width: 390, colorScheme: 'light', act: editInRuby },
};

async function openMenu(page: Page): Promise<void> {
  for (const menu of await page.locator('.side summary').all()) await menu.click();
}

async function editInRuby(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Language of the examples' }).selectOption('ruby');
  const button = page.getByRole('button', { name: 'Edit' }).first();
  if (!(await button.isVisible())) return;
  await button.click();
  await page.locator('.editing').waitFor();
}

it.each(Object.entries(STATES))(
  'passes the accessibility audit %s',
  { timeout: AUDIT_MS_MAX },
  async (_name, { width, colorScheme, act }) => {
    await visitPages(
      browser,
      NIGHTLY ? await pagePaths() : EVERY_PART,
      async ({ page }, path) => {
        await act?.(page);
        // Check the code colours on one page only: they are the same on all.
        const violations = await audit(page, path === SEED ? {} : { exclude: '.source code' });
        expect(violations, path).toEqual([]);
      },
      { colorScheme, viewport: { width, height: 900 } },
    );
  },
);
