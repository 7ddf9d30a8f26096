import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Locator } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SANDBOX_PATH } from '../../../docs/serve/security-headers.ts';
import { launchBrowser } from '../browser.ts';
import { NIGHTLY, SEED, openPage, runnablePaths, settledVerdict, visitPages } from '../pages.ts';

/** Byte budget for the first run of an unedited example: sandbox, script and compiled example. */
const FIRST_RUN_BYTES_MAX = 60_000;
const RUNS_MS_MAX = 240_000;
/** On how many examples each scenario is chosen. */
const EXAMPLES_PER_SCENARIO = NIGHTLY ? Infinity : 2;

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

/** Clicks every Run button, and selects scenarios. */
async function runAll(): Promise<PageRuns[]> {
  const all: PageRuns[] = [];
  const chosen = new Map<string, number>();
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
      for (const title of await panel.locator('.scenario option').allTextContents()) {
        const count = (chosen.get(title) ?? 0) + 1;
        if (count > EXAMPLES_PER_SCENARIO) continue;
        chosen.set(title, count);
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
  await panel.locator('.scenario').evaluate((select: HTMLSelectElement, label) => {
    select.selectedIndex = [...select.options].findIndex(({ text }) => text === label);
    select.dispatchEvent(new Event('change', { bubbles: true }));
  }, title);
}

function pathsOf(requests: readonly string[]): string[] {
  return requests.filter((url) => url.startsWith('http')).map((url) => new URL(url).pathname);
}

/** The compressed size of each file that was counted. */
const sizes = new Map<string, Promise<number>>();

async function countBytes(paths: readonly string[]): Promise<number> {
  const compress = async (path: string) => brotliCompressSync(await readFile(join(inject('siteFolder'), path))).length;
  for (const path of paths) sizes.set(path, sizes.get(path) ?? compress(path));
  const counted = await Promise.all(paths.map((path) => sizes.get(path) ?? 0));
  return counted.reduce((sum, bytes) => sum + bytes, 0);
}

it('runs every example that has a Run button, with the same output as when the page was built', () => {
  expect(ran.filter(({ faults }) => faults.length > 0)).toEqual([]);
  const verdicts = ran.flatMap((page) => page.verdicts);
  expect(new Set(verdicts.map(([name]) => name)).size).toBeGreaterThan(15);
  const same = 'The output is the same in your browser, in n ms.';
  expect(verdicts.filter(([, verdict]) => verdict !== same)).toEqual([]);
});

it('has the same output as Node in every scenario', () => {
  const scenarios = ran.flatMap((page) => page.scenarios);
  expect(scenarios.length).toBeGreaterThan(NIGHTLY ? 35 : 10);
  expect(scenarios.filter(([, , same]) => !same)).toEqual([]);
});

it('links an error to the catalogue', async () => {
  const links = new Set(ran.flatMap((page) => page.links));
  expect(links.size).toBeGreaterThan(0);
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
    // With the mouse, the page would scroll the code below the pointer.
    await panel.locator('.run').press('Enter');
    await settledVerdict(panel);
  }
  expect(pathsOf(requests.slice(before))).toEqual([]);
});

it('shows the result in place of the output, in view, and keeps the focus on the button', async () => {
  const { page } = await openPage(browser, '/reference/authkit/session-helpers/refresh', {
    viewport: { width: 390, height: 600 },
    reducedMotion: 'reduce',
  });
  const panel = page.locator('.code', { has: page.locator('.run') }).first();
  const button = panel.locator('.run');
  await button.focus();
  await page.keyboard.press('Enter');
  await expect.poll(() => button.textContent()).toMatch(/^Ran in \d+ ms$/);
  expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await panel.locator('.output > pre').isVisible()).toBe(false);
  expect(await panel.getByRole('status').textContent()).toMatch(/^The output is the same in your browser/);
  await expect
    .poll(() =>
      panel.locator('.live').evaluate((live) => {
        const { top, bottom } = live.getBoundingClientRect();
        return top > 0 && bottom < innerHeight + 1;
      }),
    )
    .toBe(true);
  await expect.poll(() => button.textContent(), { timeout: 10_000 }).toBe('Run');
  await page.context().close();
});

it('offers scenarios before the first run, only those with another result, and keeps the focus on them', async () => {
  const { page } = await openPage(browser, SEED);
  const panel = page.locator('.code').first();
  const scenario = panel.getByRole('combobox', { name: 'Scenario' });
  const titles = await scenario.locator('option').allTextContents();
  expect(titles.length).toBeGreaterThan(2);
  await scenario.focus();
  const built = await panel.locator('.output > pre').textContent();
  const outputs = [built?.trim()];
  for (const title of titles.slice(1)) {
    await scenario.selectOption(title);
    await expect.poll(() => panel.locator('.live .same').count()).toBe(1);
    const output = (await panel.locator('.live > :first-child').textContent())?.trim();
    expect(output, title).not.toBe(outputs[0]);
    outputs.push(output);
    await expect.poll(() => panel.locator('.run').textContent()).not.toBe('Running…');
  }
  expect(await scenario.evaluate((element) => element === document.activeElement)).toBe(true);
  await page.context().close();
});

it('says why an example has no Run button', async () => {
  const { page } = await openPage(browser, '/guides/protect-routes');
  const reasons = await page.locator('.code:not(:has(.run)) .output-proof').allTextContents();
  expect(reasons.length).toBeGreaterThan(3);
  for (const reason of reasons)
    expect(reason).toMatch(/It cannot run in this page, because it (imports|sets|uses|calls) /);
  await page.goto(`${inject('siteUrl')}${SEED}?lang=ruby`);
  expect(await page.locator('.tab:visible .output-proof').textContent()).toContain('because browsers do not run Ruby.');
  await page.context().close();
});

it('says at an address without encryption why Copy and Run do nothing', async () => {
  const context = await browser.newContext();
  // Another host than the served site: browsers treat localhost as secure.
  await context.route('http://docs.test/**', async (route) => {
    const { pathname } = new URL(route.request().url());
    await route.fulfill({ response: await route.fetch({ url: inject('siteUrl') + pathname }) });
  });
  const page = await context.newPage();
  await page.goto(`http://docs.test${SEED}`);
  await page.locator('.code .copy').first().click();
  expect(await page.getByRole('alert').textContent()).toContain('Copy needs https://');
  await page.locator('.run').first().click();
  await expect.poll(() => page.locator('.live').textContent()).toContain('Run needs a secure address');
  expect(await page.locator('.run').first().textContent()).toBe('Run');
  await context.close();
});
