import { AxeBuilder } from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { SEED, openPage, pagePaths, visitPages } from './pages.ts';

/** Bytes on the wire, brotli 11: what the whole seed page may weigh, and any page. */
const SEED_BYTES_MAX = 8_000;
const PAGE_BYTES_MAX = 14_600;
const SCRIPT_BYTES_MAX = 2_000;
/** An audit takes seconds on a busy machine, and there is one for each page. */
const AUDIT_MS_MAX = 400_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

function brotliBytes(text: string): number {
  return brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } }).length;
}

it('raises no error on any page, and asks for nothing but the page', async () => {
  await visitPages(browser, await pagePaths(), async ({ faults, requests }, path) => {
    expect(faults, path).toEqual([]);
    expect(requests.filter((url) => !url.startsWith('data:')), path).toEqual([inject('siteUrl') + path]);
  });
});

it('is served under a policy that allows nothing but what each page brings', async () => {
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

it('colours the code under that policy', async () => {
  const { page } = await openPage(browser, SEED);
  const colours = await page.locator('.source span').evaluateAll((spans) => spans.map((span) => getComputedStyle(span).color));
  expect(new Set(colours).size).toBeGreaterThan(3);
  expect(await page.locator('[style]').count()).toBe(0);
  await page.context().close();
});

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

it.each(Object.entries(STATES))('passes the accessibility audit on every page %s', { timeout: AUDIT_MS_MAX }, async (_name, { width, colorScheme, act, over, changed }) => {
  await visitPages(browser, over ? [SEED] : await pagePaths(), async ({ page }, path) => {
    await act?.(page);
    const audit = new AxeBuilder({ page }).include(over ?? 'html');
    // Every word of a program is looked at on one page; it has the same colours on all.
    if (path !== SEED) audit.exclude('.source code');
    if (changed === 'colours') audit.withRules(['color-contrast']);
    if (changed === 'layout') audit.disableRules(['color-contrast']);
    const { violations } = await audit.analyze();
    const found = violations.map(({ id, nodes }) => `${path}: ${id} at ${nodes.map((node) => node.target).join(', ')}`);
    expect(found).toEqual([]);
  }, { colorScheme, viewport: { width, height: 900 } });
});

it('is walked through by keyboard from the skip link on, each stop in sight and with a visible focus', async () => {
  // Without motion the page is where it scrolls to at once.
  const { page } = await openPage(browser, SEED, { viewport: { width: 1440, height: 900 }, reducedMotion: 'reduce' });
  const stops: { name: string; inSight: boolean; outlined: boolean }[] = [];
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(() => {
      const element = document.activeElement as HTMLElement;
      if (element === document.body) return undefined;
      // A choice of language is drawn by its label.
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
  expect(names.slice(0, 7)).toEqual(['Skip to content', 'AuthKit session helpers', 'Guides', 'Reference', 'Language of the programs', 'Search/', 'Change colour theme']);
  for (const name of ['Load sealed session', 'Node.js', 'Run', 'Copy', 'Node.js program', 'Output of this program', 'sessionData', 'getLogOutUrl', 'NextAuthenticate']) expect(names).toContain(name);
  expect(names).not.toContain('Ruby program');
  expect(stops.filter(({ inSight, outlined }) => !inSight || !outlined)).toEqual([]);
  await page.context().close();
});

it('never scrolls sideways, in no width from a small phone to a wide window', async () => {
  await visitPages(browser, await pagePaths(), async ({ page }, path) => {
    for (const width of [320, 390, 768, 1440]) {
      await page.setViewportSize({ width, height: 900 });
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      expect(content, `${path} at ${width} px`).toBeLessThanOrEqual(window ?? 0);
    }
  });
});

it('keeps every page within its bytes', async () => {
  for (const path of await pagePaths()) {
    const html = await readFile(join(inject('siteFolder'), path, 'index.html'), 'utf8');
    expect(brotliBytes(html), path).toBeLessThanOrEqual(path === SEED ? SEED_BYTES_MAX : PAGE_BYTES_MAX);
    const scripts = [...html.matchAll(/<script[^>]*>(.*?)<\/script>/gs)].map(([, script]) => script).join('\n');
    expect(scripts.length).toBeGreaterThan(0);
    expect(brotliBytes(scripts), path).toBeLessThanOrEqual(SCRIPT_BYTES_MAX);
  }
});
