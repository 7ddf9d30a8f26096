import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { SEED, pagePaths, visitPages } from './pages.ts';

/** An audit takes seconds on a busy machine, and there is one for each page. */
const AUDIT_MS_MAX = 400_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface State {
  width: number;
  colorScheme: 'light' | 'dark';
  /** What the reader did. */
  act?: (page: Page) => Promise<void>;
  /** What then lies over the page, and is the same on all of them. */
  over?: string;
  /** Whether only colours can be other than in the first state, or all but these; unless given, all can. */
  changed?: 'colours' | 'layout';
}

/** What a page can look like. */
const STATES: Record<string, State> = {
  'in light': { width: 1440, colorScheme: 'light' },
  'in dark': { width: 1440, colorScheme: 'dark', changed: 'colours' },
  'in dark on a phone, with its menu open': { width: 390, colorScheme: 'dark', act: openMenu, changed: 'layout' },
  'in light on a phone, in Ruby, with its program being edited': { width: 390, colorScheme: 'light', act: editInRuby },
  'in dark, with the search open': { width: 1440, colorScheme: 'dark', act: search, over: '.search' },
};

async function openMenu(page: Page): Promise<void> {
  for (const menu of await page.locator('.side summary').all()) await menu.click();
}

async function editInRuby(page: Page): Promise<void> {
  await page.getByRole('combobox', { name: 'Language of the programs' }).selectOption('ruby');
  const button = page.getByRole('button', { name: 'Edit' }).first();
  if (!(await button.isVisible())) return;
  await button.click();
  await page.locator('.editing').waitFor();
}

async function search(page: Page): Promise<void> {
  await page.keyboard.press('/');
  await page.getByRole('combobox', { name: 'Search' }).fill('cookie');
  await page.locator('.search-line').first().waitFor();
}

it.each(Object.entries(STATES))(
  'passes the accessibility audit on every page %s',
  { timeout: AUDIT_MS_MAX },
  async (_name, { width, colorScheme, act, over, changed }) => {
    await visitPages(
      browser,
      over ? [SEED] : await pagePaths(),
      async ({ page }, path) => {
        await act?.(page);
        const audit = new AxeBuilder({ page }).include(over ?? 'html');
        // Every word of a program is looked at on one page; it has the same colours on all.
        if (path !== SEED) audit.exclude('.source code');
        if (changed === 'colours') audit.withRules(['color-contrast']);
        if (changed === 'layout') audit.disableRules(['color-contrast']);
        const { violations } = await audit.analyze();
        const found = violations.map(
          ({ id, nodes }) => `${path}: ${id} at ${nodes.map((node) => node.target).join(', ')}`,
        );
        expect(found).toEqual([]);
      },
      { colorScheme, viewport: { width, height: 900 } },
    );
  },
);
