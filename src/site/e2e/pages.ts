/** What the browser tests share: the paths of all pages, and a fresh tab that notes what goes wrong in it. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright';
import { inject } from 'vitest';

/** Milliseconds that a program may run, on a busy machine. */
const RUN_MS_MAX = 10_000;

/** Whether the tests may try everything: every page in every state, as the nightly run does. */
export const NIGHTLY = Boolean(process.env['NIGHTLY']);

export const SEED = '/reference/authkit/session-helpers/load-sealed-session';

/** Paths of all pages of the site under test, home first. */
export function pagePaths(): Promise<string[]> {
  return pathsOf(inject('siteFolder'));
}

/** Paths of all pages of the site built into `folder`, home first. */
export async function pathsOf(folder: string): Promise<string[]> {
  const files = await Array.fromAsync(glob('**/index.html', { cwd: folder }));
  return files.map((file) => `/${file.replaceAll('\\', '/').replace(/\/?index\.html$/, '')}`).sort();
}

/** Paths of those with a program to run. */
export async function runnablePaths(): Promise<string[]> {
  const paths = await pagePaths();
  const texts = await Promise.all(
    paths.map((path) => readFile(join(inject('siteFolder'), path, 'index.html'), 'utf8')),
  );
  return paths.filter((_path, index) => texts[index]?.includes(' data-run='));
}

/** What is said of the program's run in `panel`, once it is over. */
export async function settledVerdict(panel: Locator): Promise<string> {
  const verdict = panel.locator('.live .output-proof', { hasNotText: /^Running/ });
  return (await verdict.textContent({ timeout: RUN_MS_MAX })) ?? '';
}

export interface WatchedPage {
  page: Page;
  /** Console errors, uncaught exceptions and failed requests, as text. */
  faults: string[];
  /** Addresses the page asked for. */
  requests: string[];
}

/** Opens `path` in a context of its own; closing the browser closes it. */
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

/** Shows `paths` one after the other in one tab, for what does not need a fresh one: that takes a fifth of the time. */
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
