/** Run and Edit in Firefox, over WebDriver BiDi. Without Firefox on the machine, the tests are reported as not run. */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchFirefox } from './browser.ts';
import { NIGHTLY, SEED, runnablePaths } from './pages.ts';

const NO_FIREFOX = 'the machine has no Firefox (on Debian: apt-get install firefox-esr)';
const SETTLED_MS_MAX = 20_000;
/** With calls in parallel, timers, large outputs and every part of a page; the nightly run visits all pages. */
const SOME_PATHS = ['/', SEED, '/guides/refresh-without-races', '/guides/large-cookies'];

let firefox: Browser | undefined;
beforeAll(async () => {
  firefox = await launchFirefox();
});
afterAll(() => firefox?.close());

/** Opens `path`; `faults` collects errors and policy violations. */
async function open(browser: Browser, path: string): Promise<{ page: Page; faults: string[] }> {
  const page = await browser.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error instanceof Error ? error.message : String(error)));
  page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
  await page.goto(inject('siteUrl') + path);
  await page.evaluate(() =>
    document.addEventListener('securitypolicyviolation', ({ violatedDirective }) => console.error(violatedDirective)),
  );
  return { page, faults };
}

/** The verdict of each run on the page, by example, after all have ended. */
async function settled(page: Page): Promise<[name: string, verdict: string][]> {
  const isOver = () =>
    [...document.querySelectorAll('.live .output-proof')].every(
      ({ textContent }) => !textContent.startsWith('Running'),
    );
  await page.waitForFunction(isOver, { timeout: SETTLED_MS_MAX });
  return page.$$eval('.live', (all) =>
    all.map((live): [string, string] => [
      live.closest('.code')?.querySelector<HTMLElement>('.run')?.dataset['run'] ?? '',
      live.querySelector('.output-proof')?.textContent.replace(/\d+ ms/, 'n ms') ?? '',
    ]),
  );
}

it('runs examples, with the same output as when the page was built', { timeout: 120_000 }, async ({ skip }) => {
  if (!firefox) return skip(NO_FIREFOX);
  const verdicts: [string, string][] = [];
  for (const path of NIGHTLY ? await runnablePaths() : SOME_PATHS) {
    const { page, faults } = await open(firefox, path);
    await page.$$eval('.run', (buttons) => buttons.forEach((button) => (button as HTMLElement).click()));
    verdicts.push(...(await settled(page)));
    expect(faults, path).toEqual([]);
    await page.close();
  }
  expect(verdicts.length).toBeGreaterThan(NIGHTLY ? 15 : 2);
  const same = 'The output is the same in your browser, in n ms.';
  expect(verdicts.filter(([, verdict]) => verdict !== same)).toEqual([]);
});

it('runs and highlights edited code, and shows which line printed the output', async ({ skip }) => {
  if (!firefox) return skip(NO_FIREFOX);
  const { page, faults } = await open(firefox, SEED);
  await page.click('.edit');
  await page.waitForSelector('.editing');
  await page.focus('.source code');
  await page.keyboard.down('Control');
  await page.keyboard.press('a');
  await page.keyboard.up('Control');
  await page.keyboard.type('const n: number = 40;\nconsole.log(n + 2);');
  const coloured = await page.evaluate(() => [...(CSS.highlights.get('z-keyword') ?? [])].map(String));
  expect(coloured).toEqual(['const']);
  await page.click('.run');
  await page.waitForSelector('.live .output-proof.edited', { timeout: SETTLED_MS_MAX });
  expect(await settled(page)).toEqual([[expect.any(String), 'Your version ran in your browser, in n ms.']]);
  expect(
    await page.$eval('.live [data-line]', (line) => [(line as HTMLElement).dataset['line'], line.textContent]),
  ).toEqual(['2', '42\n']);
  expect(faults).toEqual([]);
  await page.close();
});
