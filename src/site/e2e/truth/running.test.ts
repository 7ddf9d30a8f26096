import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SANDBOX_PATH } from '../../../docs/serve/security-headers.ts';
import { launchBrowser } from '../browser.ts';
import { SEED, openPage, runnablePaths, settledVerdict, visitPages } from '../pages.ts';

/** Byte budget for the first run of an unedited example: sandbox, script and compiled example. */
const FIRST_RUN_BYTES_MAX = 40_000;
const RUNS_MS_MAX = 240_000;

/** The results of running all examples of a page in every scenario. */
interface PageRuns {
  path: string;
  faults: string[];
  /** The verdict of each example, by name. */
  verdicts: [name: string, verdict: string][];
  /** Each example and scenario, and whether the output was the same. */
  scenarios: [name: string, title: string, same: boolean][];
  /** The links in verdicts. */
  links: string[];
  /** Bodies of the visible requests and responses. */
  exchanges: string[];
  /** Paths that the first run fetched. */
  fetched: string[];
}

let browser: Browser;
let ran: PageRuns[];
beforeAll(async () => {
  browser = await launchBrowser();
  ran = await runAll();
}, RUNS_MS_MAX);
afterAll(() => browser.close());

/** Clicks every Run button and selects every scenario. */
async function runAll(): Promise<PageRuns[]> {
  const all: PageRuns[] = [];
  await visitPages(browser, await runnablePaths(), async ({ page, faults, requests }, path) => {
    const runs: PageRuns = { path, faults, verdicts: [], scenarios: [], links: [], exchanges: [], fetched: [] };
    const before = requests.length;
    for (const button of await page.locator('.run').all()) {
      const name = (await button.getAttribute('data-run')) ?? '';
      const panel = page.locator('.code', { has: page.locator(`[data-run="${name}"]`) });
      await button.evaluate((element: HTMLElement) => element.click());
      runs.verdicts.push([name, (await settledVerdict(panel)).replace(/\d+ ms/, 'n ms')]);
      runs.exchanges.push(...(await exchangesOf(panel)));
      if (runs.fetched.length === 0) runs.fetched = pathsOf(requests.slice(before));
      for (const title of await panel.locator('.live option').allTextContents()) {
        await choose(panel, title);
        await settledVerdict(panel);
        runs.scenarios.push([name, title, (await panel.locator('.live .output-proof.same').count()) === 1]);
        runs.exchanges.push(...(await exchangesOf(panel)));
        runs.links.push(
          ...(await panel
            .locator('.output-proof a')
            .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))),
        );
      }
    }
    all.push({ ...runs, faults: [...faults] });
  });
  return all;
}

function exchangesOf(panel: Locator): Promise<string[]> {
  return panel.locator('.exchanges pre').allTextContents();
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

it('runs every example that has a Run button, with the same output as when the page was built', () => {
  expect(ran.filter(({ faults }) => faults.length > 0)).toEqual([]);
  const verdicts = ran.flatMap((page) => page.verdicts);
  expect(new Set(verdicts.map(([name]) => name)).size).toBeGreaterThan(15);
  const same = 'The output is the same in your browser, in n ms, against the emulator.';
  expect(verdicts.filter(([, verdict]) => verdict !== same)).toEqual([]);
});

it('has the same output as Node in every scenario', () => {
  const scenarios = ran.flatMap((page) => page.scenarios);
  expect(scenarios.length).toBeGreaterThan(35);
  expect(scenarios.filter(([, , same]) => !same)).toEqual([]);
});

it('links an error to the catalogue', async () => {
  const links = new Set(ran.flatMap((page) => page.links));
  expect(links.size).toBeGreaterThan(1);
  for (const href of links) {
    const { page } = await openPage(browser, href);
    expect(await page.locator(`[id="${href.split('#')[1]}"]`).count(), href).toBe(1);
    await page.context().close();
  }
});

it('shows no token, key, code or password in requests', () => {
  const shown = ran.flatMap(({ exchanges }) => exchanges).join('\n');
  expect(shown).not.toMatch(/eyJ|Fe26|sk_test|orchards/);
  expect(shown.length).toBeGreaterThan(1_000);
});

it('loads one sandbox, one script and the example on the first run, within their byte budget', async () => {
  const counted = await Promise.all(ran.map(async ({ path, fetched }) => ({ path, bytes: await countBytes(fetched) })));
  expect(counted.filter(({ bytes }) => bytes > FIRST_RUN_BYTES_MAX)).toEqual([]);
  for (const { path, fetched } of ran) expect(fetched, path).toHaveLength(3);
  expect(ran.find(({ path }) => path === SEED)?.fetched.sort()).toEqual(
    ['/scripts/run.js', SANDBOX_PATH, '/live/session-helpers-load-sealed-session.ts.json'].sort(),
  );
});

it('loads nothing on the next run', async () => {
  const { page, requests } = await openPage(browser, SEED);
  const panel = page.locator('.code').first();
  let before = 0;
  for (const _press of [1, 2]) {
    before = requests.length;
    await panel.locator('.run').click();
    await settledVerdict(panel);
  }
  expect(pathsOf(requests.slice(before))).toEqual([]);
});
