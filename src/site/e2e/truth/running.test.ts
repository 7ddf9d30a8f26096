import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SANDBOX_PATH } from '../../security-headers.ts';
import { launchBrowser } from '../browser.ts';
import { SEED, openPage, runnablePaths, visitPages } from '../pages.ts';

/** Bytes on the wire for the first run of a program as it stands: the sandbox, and the program. */
const FIRST_RUN_BYTES_MAX = 20_000;
/** The same where programs write cookies or steer the emulator: with the parts for that. */
const FIRST_RUN_WITH_PARTS_BYTES_MAX = 21_200;
const RUNS_MS_MAX = 240_000;

const RUN_MS_MAX = 10_000;
const SAME = /It printed the same in your browser, in n ms, against the same API\.|It did the same when the page was built\./;

/** What a page did when all its programs were run, in every scenario. */
interface PageRuns {
  path: string;
  faults: string[];
  /** What is said of each program, by its name, and of each scenario, by its title. */
  verdicts: [name: string, verdict: string | undefined][];
  /** Where the verdicts lead. */
  links: string[];
  /** Bodies of the requests and answers that are shown. */
  exchanges: string[];
  /** Paths that were fetched to run the first of them. */
  fetched: string[];
}

let browser: Browser;
let ran: PageRuns[];
beforeAll(async () => {
  browser = await launchBrowser();
  ran = await runAll();
}, RUNS_MS_MAX);
afterAll(() => browser.close());

/** Presses every Run of every page, and chooses every scenario. */
async function runAll(): Promise<PageRuns[]> {
  const all: PageRuns[] = [];
  await visitPages(browser, await runnablePaths(), async ({ page, faults, requests }, path) => {
    const runs: PageRuns = { path, faults, verdicts: [], links: [], exchanges: [], fetched: [] };
    const before = requests.length;
    for (const button of await page.locator('.run').all()) {
      const name = (await button.getAttribute('data-run')) ?? '';
      const panel = page.locator('.code', { has: page.locator(`[data-run="${name}"]`) });
      await button.evaluate((element: HTMLElement) => element.click());
      runs.verdicts.push([name, await settledVerdict(panel)]);
      if (runs.fetched.length === 0) runs.fetched = pathsOf(requests.slice(before));
      for (const title of await panel.locator('.live option').allTextContents()) {
        await choose(panel, title);
        runs.verdicts.push([`${name}: ${title}`, await settledVerdict(panel)]);
        runs.links.push(...(await panel.locator('.output-proof a').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))));
      }
    }
    all.push({ ...runs, faults: [...faults], exchanges: await page.locator('.exchanges pre').allTextContents() });
  });
  return all;
}

async function settledVerdict(panel: Locator): Promise<string | undefined> {
  const verdict = panel.locator('.live .output-proof', { hasNotText: /^Running/ });
  return (await verdict.textContent({ timeout: RUN_MS_MAX }))?.replace(/\d+ ms/, 'n ms');
}

async function choose(panel: Locator, title: string): Promise<void> {
  await panel.locator('.live select').evaluate((select: HTMLSelectElement, label) => {
    select.selectedIndex = [...select.options].findIndex(({ text }) => text === label);
    select.dispatchEvent(new Event('change'));
  }, title);
}

function pathsOf(requests: readonly string[]): string[] {
  return requests.filter((url) => url.startsWith('http')).map((url) => new URL(url).pathname);
}

async function countBytes(paths: readonly string[]): Promise<number> {
  const files = await Promise.all(paths.map((path) => readFile(join(inject('siteFolder'), path))));
  return files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0);
}

it('prints, for every program that has a button and in every scenario, what it printed when the page was built', () => {
  expect(ran.filter(({ faults }) => faults.length > 0)).toEqual([]);
  const verdicts = ran.flatMap((page) => page.verdicts);
  const names = new Set(verdicts.map(([name]) => name));
  expect([...names].filter((name) => !name.includes(':')).length).toBeGreaterThan(15);
  expect([...names].filter((name) => name.includes(':')).length).toBeGreaterThan(35);
  expect(verdicts.filter(([, verdict]) => !SAME.test(verdict ?? ''))).toEqual([]);
});

it('leads from an error to the catalogue', async () => {
  const links = new Set(ran.flatMap((page) => page.links));
  expect(links.size).toBeGreaterThan(1);
  for (const href of links) {
    const { page } = await openPage(browser, href);
    expect(await page.locator(`[id="${href.split('#')[1]}"]`).count(), href).toBe(1);
    await page.context().close();
  }
});

it('shows no token, key, code or password of the requests', () => {
  const shown = ran.flatMap(({ exchanges }) => exchanges).join('\n');
  expect(shown).not.toMatch(/eyJ|Fe26|sk_test|orchards/);
  expect(shown.length).toBeGreaterThan(1_000);
});

it('fetches with the first run what its program imports and asks the emulator for, within its bytes', async () => {
  const isPart = (path: string) => /^\/live\/.*\.js$/.test(path);
  const counted = await Promise.all(ran.map(async ({ path, fetched }) => ({ path, bytes: await countBytes(fetched), parts: fetched.filter(isPart).length })));
  const max = (parts: number) => (parts === 0 ? FIRST_RUN_BYTES_MAX : FIRST_RUN_WITH_PARTS_BYTES_MAX);
  expect(counted.filter(({ bytes, parts }) => bytes > max(parts))).toEqual([]);
  expect(counted.filter(({ parts }) => parts === 0).length).toBeGreaterThan(5);
  expect(counted.filter(({ parts }) => parts > 0).length).toBeGreaterThan(2);
  expect(ran.find(({ path }) => path === SEED)?.fetched.sort()).toEqual(['/scripts/run.js', SANDBOX_PATH, '/live/session-helpers-load-sealed-session.ts.json'].sort());
});

it('fetches nothing with the next run', async () => {
  const { page, requests } = await openPage(browser, SEED);
  await press(page);
  const before = requests.length;
  await press(page);
  expect(pathsOf(requests.slice(before))).toEqual([]);
});

async function press(page: Page): Promise<void> {
  await page.locator('.run').first().click();
  await settledVerdict(page.locator('.code').first());
}
