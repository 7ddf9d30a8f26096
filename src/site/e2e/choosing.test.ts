import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { SEED } from './pages.ts';

/** A slow phone on a slow line: a page arrives in pieces, and is painted several times before it is whole. */
const SLOWDOWN = 4;
const BYTES_PER_SECOND = 40_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** How far what was painted has moved since, as browsers score it; and for how many milliseconds it was seen before it was whole. */
function observeMovement(page: Page): Promise<{ moved: number[]; drawn: number }> {
  return page.evaluate(async () => {
    const entriesOf = (type: string) =>
      new Promise<PerformanceEntryList>((resolve) => {
        const entries: PerformanceEntryList = [];
        new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true });
        setTimeout(() => resolve(entries), 200);
      });
    const shifts = (await entriesOf('layout-shift')) as (PerformanceEntry & { value: number })[];
    const [paint] = await entriesOf('paint');
    const [{ domInteractive }] = performance.getEntriesByType('navigation') as [PerformanceNavigationTiming];
    return { moved: shifts.map(({ value }) => value), drawn: domInteractive - paint!.startTime };
  });
}

const ARRIVALS = [
  { remembered: true, path: SEED, width: 390 },
  { remembered: true, path: '/', width: 1440 },
  { remembered: true, path: '/guides/open-a-node-session', width: 768 },
  { remembered: false, path: '/reference/authkit/session-helpers/refresh?lang=', width: 1440 },
];

it.each(
  ARRIVALS.flatMap(({ remembered, path, width }) => ['ruby', 'python'].map((language) => ({ language, remembered, width, path: remembered ? path : path + language }))),
)('does not move while a remembered language is shown: $language on $path at $width px', async ({ language, remembered, path, width }) => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  if (remembered) await page.goto(`${inject('siteUrl')}${SEED}?lang=${language}`);
  const client = await context.newCDPSession(page);
  await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  await client.send('Network.emulateNetworkConditions', { offline: false, latency: 20, downloadThroughput: BYTES_PER_SECOND, uploadThroughput: -1 });
  await page.goto(inject('siteUrl') + path);
  expect(await page.locator('.tabs input:checked').first().getAttribute('value')).toBe(language);
  const { moved, drawn } = await observeMovement(page);
  await context.close();
  expect(drawn).toBeGreaterThan(0);
  expect(moved).toEqual([]);
});
