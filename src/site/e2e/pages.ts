/** Shared by the browser tests: the paths of all pages, and a new tab that records errors. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { inject } from 'vitest';

/** Milliseconds that an example may run, on a busy machine. */
const RUN_MS_MAX = 10_000;

/** Whether to test every page in every state, as the nightly run does. */
export const NIGHTLY = Boolean(process.env['NIGHTLY']);

export const SEED = '/reference/authkit/session-helpers/load-sealed-session';

/** Paths of all pages of the site under test, home first. */
export async function pagePaths(): Promise<string[]> {
  const files = await Array.fromAsync(glob('**/index.html', { cwd: inject('siteFolder') }));
  return files.map((file) => `/${file.replaceAll('\\', '/').replace(/\/?index\.html$/, '')}`).sort();
}

/** Paths of pages with a runnable example. */
export async function runnablePaths(): Promise<string[]> {
  const paths = await pagePaths();
  const texts = await Promise.all(
    paths.map((path) => readFile(join(inject('siteFolder'), path, 'index.html'), 'utf8')),
  );
  return paths.filter((_path, index) => texts[index]?.includes(' data-run='));
}

/** The verdict of the run in `panel`, after it has ended. */
export async function settledVerdict(panel: Locator): Promise<string> {
  const verdict = panel.locator('.live .output-proof', { hasNotText: /^Running/ });
  return (await verdict.textContent({ timeout: RUN_MS_MAX })) ?? '';
}

export interface WatchedPage {
  page: Page;
  /** Console errors, uncaught exceptions and failed requests, as text. */
  faults: string[];
  /** Addresses that the page requested. */
  requests: string[];
}

/** Opens `path` in a new context; closing the browser closes it. */
export async function openPage(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<WatchedPage> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  const faults: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('requestfailed', (request) => faults.push(`request failed: ${request.url()}`));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(inject('siteUrl') + path);
  return { page, faults, requests };
}

/** Opens `paths` one after the other in one tab, which takes a fifth of the time of new tabs. */
export async function visitPages(
  browser: Browser,
  paths: readonly string[],
  visit: (watched: WatchedPage, path: string) => Promise<void>,
  options: BrowserContextOptions = {},
): Promise<void> {
  const [first = '', ...others] = paths;
  const watched = await openPage(browser, first, options);
  await visit(watched, first);
  for (const path of others) {
    watched.faults.length = 0;
    watched.requests.length = 0;
    await watched.page.goto(inject('siteUrl') + path);
    await visit(watched, path);
  }
  await watched.page.context().close();
}
