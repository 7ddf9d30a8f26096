import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { type ServerResponse, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { NIGHTLY, SEED, openPage } from './pages.ts';

/** A slow phone on a slow connection: a page arrives in pieces, and is painted several times before it is complete. */
const SLOWDOWN = 4;
const BYTES_PER_SECOND = 40_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

interface Movement extends PerformanceEntry {
  sources: { node: Element | null; previousRect: DOMRect; currentRect: DOMRect }[];
}

/**
 * Elements that moved after they were painted, and the milliseconds for which the page was visible before it was
 * complete.
 */
function observeMovement(page: Page): Promise<{ moved: string[]; seenMs: number }> {
  return page.evaluate(async () => {
    const entriesOf = (type: string) =>
      new Promise<PerformanceEntryList>((resolve) => {
        const entries: PerformanceEntryList = [];
        new PerformanceObserver((list) => entries.push(...list.getEntries())).observe({ type, buffered: true });
        setTimeout(() => resolve(entries), 200);
      });
    const movements = (await entriesOf('layout-shift')) as Movement[];
    const moved = movements.flatMap(({ sources }) =>
      sources.map(
        ({ node, previousRect: from, currentRect: to }) =>
          `${node?.parentElement?.className} ${node?.textContent?.slice(0, 20)}: ${from.x},${from.y} → ${to.x},${to.y}`,
      ),
    );
    const [paint] = await entriesOf('paint');
    const [{ domInteractive }] = performance.getEntriesByType('navigation') as [PerformanceNavigationTiming];
    return { moved, seenMs: domInteractive - paint!.startTime };
  });
}

const ARRIVALS = [
  { remembered: true, path: SEED, width: 390 },
  { remembered: true, path: '/reference/authkit/session-helpers/seal-session', width: 1440 },
  { remembered: true, path: '/guides/open-a-node-session', width: 768 },
  { remembered: false, path: '/reference/authkit/session-helpers/refresh?lang=', width: 1440 },
];

it.each(
  ARRIVALS.flatMap(({ remembered, path, width }, index) =>
    (NIGHTLY ? ['ruby', 'python'] : [index % 2 === 0 ? 'ruby' : 'python']).map((language) => ({
      language,
      remembered,
      width,
      path: remembered ? path : path + language,
    })),
  ),
)(
  'does not move while a remembered language is applied: $language on $path at $width px',
  async ({ language, remembered, path, width }) => {
    const context = await browser.newContext({ viewport: { width, height: 900 } });
    const page = await context.newPage();
    if (remembered) await page.goto(`${inject('siteUrl')}${SEED}?lang=${language}`);
    const client = await context.newCDPSession(page);
    await client.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
    await client.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 20,
      downloadThroughput: BYTES_PER_SECOND,
      uploadThroughput: -1,
    });
    await page.goto(inject('siteUrl') + path);
    expect(await page.locator('.tabs input:checked').first().getAttribute('value')).toBe(language);
    const { moved, seenMs } = await observeMovement(page);
    await context.close();
    expect(seenMs).toBeGreaterThan(0);
    expect(moved).toEqual([]);
  },
);

/** Elements in the header of a page or of its examples, in document order. */
const STOPS = [
  { path: SEED, width: 1440, names: ['language', 'find', 'copy', 'code-title', 'run', 'edit'] },
  { path: '/reference/authkit/session-helpers/refresh', width: 390, names: ['copy', 'code-title', 'run', 'edit'] },
  { path: '/', width: 1440, names: ['ways', 'block'] },
];

it.each(STOPS)(
  'does not move if loading pauses anywhere in the header of the page or of an example: $path at $width px',
  async ({ path, width, names }) => {
    const html = await readFile(join(inject('siteFolder'), path, 'index.html'), 'utf8');
    const ends = names.flatMap((name) => {
      const [, tag = '', words = ''] = new RegExp(`^(.*?<[^>]* class="${name}"[^>]*>)([^<]*)`, 's').exec(html) ?? [];
      return [
        { name, words: '', end: tag.length },
        { name, words, end: tag.length + words.length },
      ];
    });
    expect(ends.map(({ end }) => end)).toEqual(ends.map(({ end }) => end).toSorted((a, b) => a - b));
    const arrived = Promise.withResolvers<ServerResponse>();
    const server = createServer((_request, response) => arrived.resolve(response)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const page = await browser.newPage({ viewport: { width, height: 900 } });
    const opening = page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, { waitUntil: 'commit' });
    const response = await arrived.promise;
    let sent = 0;
    for (const { name, words, end } of ends) {
      if (sent === 0) response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.write(html.slice(sent, end));
      sent = end;
      await opening;
      await page.waitForFunction(
        ([className, text]) => document.querySelector(`[class="${className}"]`)?.textContent.trim() === text,
        [name, words.trim()] as const,
      );
      // Wait until the received content has been painted.
      await page.evaluate(() => new Promise((seen) => requestAnimationFrame(() => requestAnimationFrame(seen))));
    }
    response.end(html.slice(sent));
    await page.waitForLoadState();
    const { moved } = await observeMovement(page);
    await page.close();
    server.close();
    expect(moved).toEqual([]);
  },
);

/** The language menu in the header. */
const choice = (page: Page) => page.getByRole('combobox', { name: 'Language of the examples' });

it('offers the languages of the reference in the header', async () => {
  const { page } = await openPage(browser, SEED);
  expect(await choice(page).locator('option').allTextContents()).toEqual(
    await page.locator('.tabs label').allTextContents(),
  );
  await page.goto(`${inject('siteUrl')}/changelog`);
  expect(await choice(page).locator('option').allTextContents()).toEqual(['Node.js', 'Ruby', 'Python']);
  await page.context().close();
});

it('changes the language of every block and page by keyboard in the header, and adds it to the URL', async () => {
  const { page } = await openPage(browser, SEED);
  await choice(page).focus();
  await page.keyboard.type('Py');
  expect(await page.locator('.tab:visible .entry-title').innerText()).toBe('user_management.load_sealed_session()');
  expect(new URL(page.url()).search).toBe('?lang=python');
  await page.locator('[rel=next]').click();
  await page.waitForURL('**/authenticate');
  expect(await choice(page).inputValue()).toBe('python');
  expect(
    await page
      .locator('.tabs input:checked')
      .evaluateAll((inputs) => [...new Set(inputs.map((input) => (input as HTMLInputElement).value))]),
  ).toEqual(['python']);
  await page.context().close();
});

it('shows in the header the language chosen in a block, and that of a linked row', async () => {
  const { page } = await openPage(browser, `${SEED}#python.load_sealed_session.sealed_session`);
  expect(await choice(page).inputValue()).toBe('python');
  await page.locator('.tabs').getByText('Ruby').click();
  expect(await choice(page).inputValue()).toBe('ruby');
  await page.reload();
  expect(await choice(page).inputValue()).toBe('ruby');
  await page.context().close();
});

it('keeps the scroll position while the header changes the language of the content above', async () => {
  const { page } = await openPage(browser, '/reference/authkit/session-helpers/refresh', {
    viewport: { width: 390, height: 844 },
    reducedMotion: 'reduce',
  });
  const last = page.locator('main > h2').last();
  await last.evaluate((heading) => heading.scrollIntoView());
  const topOf = () => last.evaluate((heading) => heading.getBoundingClientRect().top);
  const [before, height] = [await topOf(), await page.evaluate(() => document.body.scrollHeight)];
  await choice(page).selectOption('ruby');
  expect(await page.evaluate(() => document.body.scrollHeight)).not.toBe(height);
  // Browsers scroll by whole pixels.
  expect(Math.abs((await topOf()) - before)).toBeLessThan(1);
  await page.context().close();
});

it('does not show or remember an unknown language', async () => {
  const { page } = await openPage(browser, `${SEED}?lang=ruby`);
  await page.goto(`${inject('siteUrl')}${SEED}?lang=cobol`);
  expect(await choice(page).inputValue()).toBe('js');
  await page.goto(inject('siteUrl') + SEED);
  expect(await choice(page).inputValue()).toBe('ruby');
  await page.context().close();
});

it('says that a page has no example in the chosen language, and only then', async () => {
  const { page } = await openPage(browser, '/guides/sign-out');
  const only = page.getByText('The examples on this page are only in Node.js.');
  expect(await only.isVisible()).toBe(false);
  await choice(page).selectOption('ruby');
  expect(await only.isVisible()).toBe(true);
  await page.reload();
  expect(await only.isVisible()).toBe(true);
  await choice(page).selectOption('js');
  expect(await only.isVisible()).toBe(false);
  await page.goto(`${inject('siteUrl')}/guides/open-a-node-session`);
  expect(await page.getByText('The examples on this page are only in Ruby and Python.').isVisible()).toBe(true);
  await page.goto(inject('siteUrl') + SEED);
  expect(await page.locator('.only').count()).toBe(0);
  await page.context().close();
});

it('shows the command for the package manager that was chosen on another page', async () => {
  const { page } = await openPage(browser, '/');
  await page.locator('.install').getByText('pnpm', { exact: true }).click();
  await page.goto(`${inject('siteUrl')}/quickstart`);
  expect(await page.locator('.install pre:visible').allTextContents()).toEqual([
    expect.stringMatching(/^pnpm add http:\/\/127\.0\.0\.1:\d+\/packages\/authkit-session-helpers-[\d.]+\.tgz$/),
  ]);
  await choice(page).selectOption('ruby');
  expect(await page.locator('.install pre:visible').textContent()).toMatch(/^pnpm add/);
  await page.context().close();
});

it('hides the language menu without JavaScript', async () => {
  const { page } = await openPage(browser, SEED, { javaScriptEnabled: false });
  expect(await page.locator('.site-head select').isVisible()).toBe(false);
  await page.context().close();
});
