/** What holds on every page: each is opened once, and looked at in several windows. */
import type { Browser, CDPSession, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { readSnippets } from '../../docs/snippets/index.ts';
import { siteProject } from '../docs-options.ts';
import { audit } from './audit.ts';
import { launchBrowser } from './browser.ts';
import { NIGHTLY, pagePaths, visitPages } from './pages.ts';

const VISITS_MS_MAX = 400_000;

/** The narrowest window without and with the pages of the section beside the text, and more at night. */
const WIDTHS = NIGHTLY ? [320, 390, 560, 640, 703, 704, 768, 960, 1280, 1440, 1920] : [320, 960];
const WIDTHS_OF_LARGE_TEXT = NIGHTLY ? [1440, 1280, 768] : [1440];

/** What was wrong on a page, by what was looked for. */
interface Seen {
  path: string;
  faults: string[];
  requests: string[];
  repeatedIds: string[];
  deadFragments: string[];
  wide: string[];
  cutCode: string[];
  wideWithLargeText: string[];
  unmarkedStops: string[];
  equalTabs: string[];
  violations: string[];
  /** The text of each example. */
  codes: string[];
}

let browser: Browser;
const seen: Seen[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  let client: CDPSession | undefined;
  await visitPages(browser, await pagePaths(), async ({ page, faults, requests }, path) => {
    client ??= await page.context().newCDPSession(page);
    // Before the page is acted on: a link in focus is fetched ahead.
    const requested = requests.filter((url) => !url.startsWith('data:'));
    const found = await page.evaluate(readPage);
    const violations = await audit(page, { contrast: false, exclude: '.source code' });
    const wide: string[] = [];
    const cutCode: string[] = [];
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: 900 });
      if (await page.evaluate(isTooWide)) wide.push(`${width} px`);
      // On phones, a shadow shows that code goes on.
      if (width < 704) cutCode.push(...(await page.evaluate(findCutCode)));
    }
    const forced = await findInForcedColours(page);
    const wideWithLargeText = await findWideWithLargeText(page, client);
    // What the page before had asked for fails when this page is opened.
    const own = faults.filter(
      (fault) => !fault.startsWith('request failed') || requested.some((url) => fault.endsWith(url)),
    );
    seen.push({
      path,
      ...found,
      violations,
      wide,
      cutCode,
      ...forced,
      wideWithLargeText,
      faults: own,
      requests: requested,
    });
  });
}, VISITS_MS_MAX);
afterAll(() => browser.close());

function readPage() {
  const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id);
  const known = new Set(ids);
  const fragments = [...document.querySelectorAll('a[href^="#"]')].map((link) => link.getAttribute('href')!.slice(1));
  return {
    repeatedIds: ids.filter((id, index) => ids.indexOf(id) !== index),
    deadFragments: fragments.filter((fragment) => !known.has(fragment)),
    codes: [...document.querySelectorAll('.source code')].map(({ textContent }) => textContent),
  };
}

function isTooWide(): boolean {
  return document.documentElement.scrollWidth > innerWidth;
}

/** The beginnings of visible code that is wider than its box, which does not show it. */
function findCutCode(): string[] {
  return [...document.querySelectorAll('pre')]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .filter((pre) => !getComputedStyle(pre).backgroundAttachment.includes('local'))
    .map(({ textContent }) => textContent.slice(0, 40));
}

async function findInForcedColours(page: Page): Promise<Pick<Seen, 'unmarkedStops' | 'equalTabs'>> {
  await page.emulateMedia({ forcedColors: 'active' });
  // The keyboard makes the browser show the focus.
  await page.keyboard.press('Tab');
  const [unmarkedStops, equalTabs] = [await page.evaluate(findUnmarkedStops), await page.evaluate(findEqualTabs)];
  await page.emulateMedia({ forcedColors: null });
  return { unmarkedStops, equalTabs };
}

/** Windows that are too narrow for text at 200 %. */
async function findWideWithLargeText(page: Page, client: CDPSession): Promise<string[]> {
  const wide: string[] = [];
  await client.send('Page.setFontSizes', { fontSizes: { standard: 32, fixed: 26 } });
  for (const width of WIDTHS_OF_LARGE_TEXT) {
    await page.setViewportSize({ width, height: 900 });
    await page.waitForFunction(() => getComputedStyle(document.documentElement).fontSize === '32px');
    if (await page.evaluate(isTooWide)) wide.push(`${width} px`);
  }
  await client.send('Page.setFontSizes', { fontSizes: { standard: 16, fixed: 13 } });
  return wide;
}

/** What can be focused, and does not show that it is: with an outline, or a label that has one. */
function findUnmarkedStops(): string[] {
  const stops = [
    ...document.querySelectorAll<HTMLElement>('a[href], button, select, summary, input, [tabindex="0"]'),
  ].filter((stop) => stop.checkVisibility() && !stop.matches('.skip'));
  return stops
    .filter((stop) => {
      stop.focus({ preventScroll: true });
      const drawn = stop.matches('[type="radio"]') ? stop.nextElementSibling! : stop;
      return document.activeElement === stop && getComputedStyle(drawn).outlineStyle === 'none';
    })
    .map(({ outerHTML }) => outerHTML.slice(0, 80));
}

/** Tabs that look the same whether they are chosen or not. */
function findEqualTabs(): string[] {
  const colourOf = (tab: Element) => getComputedStyle(tab).borderBottomColor;
  return [...document.querySelectorAll('.tabs')]
    .map((tabs) => [tabs.querySelector(':checked + label'), tabs.querySelector(':not(:checked) + label')] as const)
    .filter(([chosen, other]) => chosen?.checkVisibility() && other && colourOf(chosen) === colourOf(other))
    .map(([chosen]) => chosen!.textContent);
}

/** The pages where something was found. */
function where(find: (page: Seen) => readonly string[]): [path: string, found: readonly string[]][] {
  return seen
    .map((page): [string, readonly string[]] => [page.path, find(page)])
    .filter(([, found]) => found.length > 0);
}

it('has no errors, and requests only the page', () => {
  expect(seen.length).toBeGreaterThan(20);
  expect(where(({ faults }) => faults)).toEqual([]);
  expect(seen.map(({ requests }) => requests)).toEqual(seen.map(({ path }) => [inject('siteUrl') + path]));
});

it('has unique element ids, and a target for every fragment link', () => {
  expect(where(({ repeatedIds }) => repeatedIds)).toEqual([]);
  expect(where(({ deadFragments }) => deadFragments)).toEqual([]);
});

it('shows every character of each example, despite the highlighting', async () => {
  const { snippets } = await readSnippets(siteProject());
  const codes = new Set(snippets.map((snippet) => snippet.code));
  expect(new Set(seen.flatMap((page) => page.codes))).toEqual(codes);
});

it('passes the accessibility audit, except for contrast, which other tests check', () => {
  expect(where(({ violations }) => violations)).toEqual([]);
});

it('never scrolls sideways, from a small phone to a wide window, and shows where code goes on', () => {
  expect(where(({ wide }) => wide)).toEqual([]);
  expect(where(({ cutCode }) => cutCode)).toEqual([]);
});

it('never scrolls sideways with text at 200 %', () => {
  expect(where(({ wideWithLargeText }) => wideWithLargeText)).toEqual([]);
});

it('shows what has the focus, and which tab is chosen in forced colours', () => {
  expect(where(({ unmarkedStops }) => unmarkedStops)).toEqual([]);
  expect(where(({ equalTabs }) => equalTabs)).toEqual([]);
});
