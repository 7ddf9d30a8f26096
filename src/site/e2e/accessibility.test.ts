import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
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

/** The violations that the audit finds on the current page. */
async function audit(page: Page, path: string, tune: (builder: AxeBuilder) => void): Promise<string[]> {
  const builder = new AxeBuilder({ page });
  tune(builder);
  const { violations } = await builder.analyze();
  return violations.map(({ id, nodes }) => `${path}: ${id} at ${nodes.map((node) => node.target).join(', ')}`);
}

it(
  'passes the accessibility audit on every page, except for contrast, which the tests below check',
  { timeout: AUDIT_MS_MAX },
  async () => {
    await visitPages(browser, await pagePaths(), async ({ page }, path) => {
      const tune = (builder: AxeBuilder) => builder.disableRules(['color-contrast']).exclude('.source code');
      expect(await audit(page, path, tune)).toEqual([]);
    });
  },
);

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
        const tune = (builder: AxeBuilder) => path !== SEED && builder.exclude('.source code');
        expect(await audit(page, path, tune)).toEqual([]);
      },
      { colorScheme, viewport: { width, height: 900 } },
    );
  },
);
