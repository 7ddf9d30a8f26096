import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readSnippets } from '../../docs/snippets/index.ts';
import { siteProject } from '../docs-options.ts';
import { launchBrowser } from './browser.ts';
import { SEED, openPage } from './pages.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const LANGUAGES = [
  {
    label: 'Node.js',
    title: 'userManagement.loadSealedSession()',
    rows: ['sessionData', 'cookiePassword', 'authenticate', 'refresh', 'getLogOutUrl'],
  },
  {
    label: 'Ruby',
    title: 'UserManagement.load_sealed_session()',
    rows: ['session_data', 'cookie_password', 'authenticate', 'refresh', 'get_logout_url'],
  },
  {
    label: 'Python',
    title: 'user_management.load_sealed_session()',
    rows: ['sealed_session', 'cookie_password', 'authenticate', 'refresh', 'get_logout_url'],
  },
];

describe.each([
  ['with JavaScript', true],
  ['without JavaScript', false],
])('%s', (_name, javaScriptEnabled) => {
  it.each(LANGUAGES)('the seed page shows the $label reference, and only that', async ({ label, title, rows }) => {
    const { page, faults } = await openPage(browser, SEED, { javaScriptEnabled });
    await page.locator('.tabs').getByText(label).click();
    const shown = page.locator('.tab:visible');
    expect(await shown.count()).toBe(1);
    expect(await shown.locator('.entry-title').innerText()).toBe(title);
    // Error codes have a link.
    expect(await shown.locator('dt code:not(dt a[href*="/errors#"] code)').allInnerTexts()).toEqual(rows);
    expect(await shown.getByRole('heading', { name: 'Parameters' }).count()).toBe(1);
    expect(await shown.getByRole('heading', { name: 'Returns' }).count()).toBe(1);
    expect(await shown.locator('dd').allInnerTexts()).not.toContain('');
    expect(faults).toEqual([]);
    await page.context().close();
  });

  it('languages are chosen with the arrow keys', async () => {
    const { page } = await openPage(browser, SEED, { javaScriptEnabled });
    await page.getByRole('radio', { name: 'Node.js' }).focus();
    await page.keyboard.press('ArrowRight');
    expect(await page.locator('.tab:visible .entry-title').innerText()).toBe(LANGUAGES[1]?.title);
    await page.context().close();
  });
});

it('titles the page by its first heading, once', async () => {
  const { page } = await openPage(browser, SEED);
  expect(await page.title()).toBe('Load sealed session · AuthKit session helpers');
  expect(await page.getByRole('heading', { level: 1 }).allInnerTexts()).toEqual(['Load sealed session']);
  await page.context().close();
});

it('shows the expected output below each example', async () => {
  const { snippets } = await readSnippets(siteProject());
  const { page } = await openPage(browser, SEED);
  const snippet = snippets.find((each) => each.id === 'session-helpers-load-sealed-session.ts');
  expect(await page.locator('.output samp').first().textContent()).toBe(snippet?.expectation.join('\n'));
  await page.context().close();
});

it('shows no code in a language without an example', async () => {
  const { page } = await openPage(browser, SEED);
  for (const tab of await page.locator('.tab').all()) {
    const programs = await tab.locator('.source').count();
    const absent = await tab.getByText(/example yet/).count();
    expect(programs + absent).toBe(1);
  }
  await page.context().close();
});

it('selects the language of the row that a link leads to', async () => {
  const { page } = await openPage(browser, `${SEED}#python.load_sealed_session.sealed_session`);
  expect(await page.locator('.tab:visible .entry-title').innerText()).toBe(LANGUAGES[2]?.title);
  expect(await page.locator('[id="python.load_sealed_session.sealed_session"]').isVisible()).toBe(true);
  await page.context().close();
});

it('keeps the chosen language from page to page', async () => {
  const { page } = await openPage(browser, SEED);
  await page.locator('.tabs').getByText('Ruby').click();
  await page.locator('[rel=next]').click();
  await page.waitForURL('**/authenticate');
  expect(await page.getByRole('radio', { name: 'Ruby' }).first().isChecked()).toBe(true);
  await page.context().close();
});

it('adds the chosen language to the URL, which selects it for others and on later pages', async () => {
  const { page } = await openPage(browser, `${SEED}?theme=x#js.load_sealed_session.cookiePassword`);
  await page.locator('.tabs').getByText('Python').click();
  const shared = new URL(page.url());
  expect([shared.searchParams.get('lang'), shared.searchParams.get('theme')]).toEqual(['python', 'x']);
  await page.context().close();
  const other = await openPage(browser, `${SEED}?lang=python`);
  expect(await other.page.locator('.tab:visible .entry-title').innerText()).toBe(LANGUAGES[2]?.title);
  await other.page.locator('[rel=next]').click();
  await other.page.waitForURL('**/authenticate');
  expect(await other.page.getByRole('radio', { name: 'Python' }).first().isChecked()).toBe(true);
  await other.page.context().close();
});

it('does not treat tabs that an author titled as a choice of language', async () => {
  const { page } = await openPage(browser, '/guides/protect-routes');
  await page.getByText('Express', { exact: true }).first().click();
  expect(new URL(page.url()).search).toBe('');
  await page.reload();
  expect(await page.locator('.tabs input').first().isChecked()).toBe(true);
  await page.context().close();
});

it('marks the current heading in the table of contents', async () => {
  const { page } = await openPage(browser, '/guides/protect-routes', { viewport: { width: 1280, height: 800 } });
  await page
    .locator('h2')
    .nth(1)
    .evaluate((heading) => heading.scrollIntoView({ behavior: 'instant' }));
  const heading = (await page.locator('h2').nth(1).innerText()).replace(/\s*#?$/, '');
  await expect.poll(() => page.locator('.contents [aria-current=location]').innerText()).toBe(heading);
  await page.context().close();
});

/** Left and right edges of what `selector` finds. */
async function edgesOf(page: Page, selector: string): Promise<{ left: number; right: number }> {
  const { x, width } = (await page.locator(selector).first().boundingBox())!;
  return { left: x, right: x + width };
}

it.each([1280, 1920])(
  'has the contents at the right, and the header above what it belongs to, at %d px',
  async (width) => {
    const { page } = await openPage(browser, '/guides/protect-routes', { viewport: { width, height: 900 } });
    const [side, main, contents] = [
      await edgesOf(page, '.side'),
      await edgesOf(page, 'main'),
      await edgesOf(page, '.contents'),
    ];
    expect(side.right).toBeLessThan(main.left);
    expect(main.right).toBeLessThan(contents.left);
    expect((await edgesOf(page, '.home-link')).left).toBeCloseTo(side.left, 0);
    // The round button is larger than what it shows.
    expect(Math.abs((await edgesOf(page, '.theme')).right - contents.right)).toBeLessThan(10);
    // The reference has its example at the right, and the contents below the pages of its section.
    await page.goto(`${inject('siteUrl')}/reference/authkit/session-helpers/refresh`);
    expect((await edgesOf(page, '.contents')).left).toBeCloseTo((await edgesOf(page, '.side')).left, 0);
    expect((await edgesOf(page, '.code')).left).toBeGreaterThan((await edgesOf(page, '.reference')).right);
    await page.context().close();
  },
);

it.each([390, 1440])('has the actions for a page at its title, at %d px', async (width) => {
  const { page } = await openPage(browser, SEED, { viewport: { width, height: 900 } });
  const [title, button] = [
    (await page.getByRole('heading', { level: 1 }).boundingBox())!,
    (await page.getByRole('button', { name: 'Copy page' }).boundingBox())!,
  ];
  const distance = Math.max(title.y - (button.y + button.height), button.y - (title.y + title.height));
  expect(distance).toBeLessThan(32);
  if (width === 1440) expect(button.x).toBeGreaterThan(title.x + 200);
  await page.context().close();
});

it.each([390, 1440])('lands on an error code that a link names, and marks it, at %d px', async (width) => {
  const { page } = await openPage(browser, '/reference/authkit/session-helpers/errors#invalid_jwt', {
    viewport: { width, height: 800 },
  });
  const row = page.locator('.row:target');
  expect(await row.locator('dt').innerText()).toContain('invalid_jwt');
  await expect
    .poll(async () => {
      const { y } = (await row.boundingBox())!;
      const { bottom } = (await page
        .locator('.site-head')
        .evaluate((header) => header.getBoundingClientRect().toJSON())) as DOMRect;
      const head = Math.max(bottom, 0);
      return y >= head && y < head + 200;
    })
    .toBe(true);
  const backgroundOf = (each: Locator) => each.evaluate((element) => getComputedStyle(element).backgroundImage);
  expect(await backgroundOf(row)).not.toBe(await backgroundOf(page.locator('.row:not(:target)').first()));
  await page.context().close();
});

it('copies what is selected by hand as the button copies it, also across folded lines', async () => {
  const { page } = await openPage(browser, SEED, { permissions: ['clipboard-read', 'clipboard-write'] });
  const panel = page.locator('.code').first();
  await Promise.all([page.waitForResponse('**/scripts/hover.js'), panel.locator('.source').hover()]);
  expect(await panel.locator('.fold[open]').count()).toBe(0);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  await panel.locator('.copy').click();
  await expect.poll(() => panel.locator('.copy').textContent()).toBe('Copied');
  const whole = await clipboard();
  /** Selects in the code from one character to another, and copies by keyboard. */
  const select = async (from: number, to: number) => {
    await panel.locator('.source').evaluate(
      (source, [start, end]) => {
        const walker = document.createTreeWalker(source, NodeFilter.SHOW_TEXT);
        const range = document.createRange();
        let at = 0;
        for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
          if (start! >= at && start! <= at + node.length) range.setStart(node, start! - at);
          if (end! > at && end! <= at + node.length) range.setEnd(node, end! - at);
          at += node.length;
        }
        getSelection()!.removeAllRanges();
        getSelection()!.addRange(range);
      },
      [from, to],
    );
    await page.keyboard.press('Control+c');
    return clipboard();
  };
  const { length } = (await panel.locator('.source').textContent())!;
  expect(await select(0, length)).toBe(whole);
  expect(await select(10, length - 10)).toBe(whole.slice(10, length - 10));
  await page.context().close();
});

it('shows the chosen tab, page and row in forced colours', async () => {
  const { page } = await openPage(browser, `${SEED}#js.load_sealed_session.sessionData`, { forcedColors: 'active' });
  const styleOf = (selector: string, property: string) =>
    page
      .locator(selector)
      .first()
      .evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property);
  const [chosen, other] = ['.tabs :checked + label', '.tabs :not(:checked) + label'];
  expect(await styleOf(chosen, 'border-bottom-color')).not.toBe(await styleOf(other, 'border-bottom-color'));
  expect(await styleOf(other, 'border-bottom-color')).toBe(
    await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
  );
  expect(await styleOf('.site-head nav [aria-current]', 'text-decoration-line')).toBe('underline');
  expect(await styleOf('.row:target', 'outline-style')).toBe('solid');
  await page.context().close();
});

it('prerenders a page when its link is hovered', async () => {
  const { page } = await openPage(browser, SEED);
  const client = await page.context().newCDPSession(page);
  const fetchedAhead = new Promise<void>((resolve) => {
    const settle = ({ status }: { status: string }) => /Success|Ready/.test(status) && resolve();
    client.on('Preload.prefetchStatusUpdated', settle);
    client.on('Preload.prerenderStatusUpdated', settle);
  });
  await client.send('Preload.enable');
  await page.locator('[rel=next]').hover();
  await fetchedAhead;
  await page.locator('[rel=next]').click();
  await page.waitForURL('**/authenticate');
  const entry = await page.evaluate(
    () => performance.getEntriesByType('navigation')[0]!.toJSON() as { deliveryType: string; activationStart: number },
  );
  // A browser under test does not prerender, but it does fetch the page.
  expect(entry.deliveryType === 'navigational-prefetch' || entry.activationStart > 0).toBe(true);
  await page.context().close();
});

it('keeps the chosen theme from page to page', async () => {
  const { page } = await openPage(browser, SEED, { colorScheme: 'light' });
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole('button', { name: 'Change colour theme' }).click();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await background()).toBe(dark);
  await page.getByRole('button', { name: 'Change colour theme' }).click();
  expect(await background()).toBe(light);
  // Back at the theme of the system, the page follows it again.
  await page.emulateMedia({ colorScheme: 'dark' });
  expect(await background()).toBe(dark);
  await page.reload();
  expect(await background()).toBe(dark);
  await page.context().close();
});

it.each([390, 1440])('hides controls that need JavaScript if it is disabled, at %i px', async (width) => {
  const { page } = await openPage(browser, SEED, { javaScriptEnabled: false, viewport: { width, height: 900 } });
  expect(await page.locator('button:visible, select:visible').count()).toBe(0);
  await page.context().close();
});

it('prints the reference of every language, or of the chosen one, without controls', async () => {
  const { page } = await openPage(browser, SEED);
  await page.emulateMedia({ media: 'print' });
  expect(await page.locator('.entry-title:visible').allInnerTexts()).toEqual(LANGUAGES.map(({ title }) => title));
  await page.goto(`${inject('siteUrl')}${SEED}?lang=ruby`);
  expect(await page.locator('.entry-title:visible').allInnerTexts()).toEqual([LANGUAGES[1]?.title]);
  expect(await page.locator('header nav:visible, button:visible, select:visible, .side:visible').count()).toBe(0);
  await page.context().close();
});

it('copies a whole page as the Markdown at its address', async () => {
  const { page, faults } = await openPage(browser, SEED, { permissions: ['clipboard-read', 'clipboard-write'] });
  const address = await page.getByRole('link', { name: 'View as Markdown' }).getAttribute('href');
  const button = page.locator('.about .copy');
  await button.click();
  await page.waitForFunction((element) => element?.textContent === 'Copied', await button.elementHandle());
  const markdown = await (await fetch(inject('siteUrl') + address)).text();
  expect(markdown).toMatch(/^> Index of all pages: \[llms\.txt\]\(\/llms\.txt\)\n\n# Load sealed session\n/);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(markdown);
  await page.waitForFunction((element) => element?.textContent === 'Copy page', await button.elementHandle());
  expect(faults).toEqual([]);
  await page.context().close();
});

it('says so if the browser blocks copying, and then has the link to an edited example in the address bar', async () => {
  const { page } = await openPage(browser, '/changelog');
  await page.route(`**${SEED}`, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), 'permissions-policy': 'clipboard-write=()' };
    await route.fulfill({ response, headers });
  });
  await page.goto(inject('siteUrl') + SEED);
  const panel = page.locator('.code').first();
  const [button, whole] = [panel.locator('.copy'), page.locator('.about .copy')];
  for (const [each, label] of [
    [button, 'Copy'],
    [whole, 'Copy page'],
  ] as const) {
    await each.click();
    await expect.poll(() => each.textContent()).toBe('Copy was blocked');
    await expect.poll(async () => (await each.textContent())?.trim()).toBe(label);
  }
  await panel.locator('.edit').click();
  await panel.getByRole('button', { name: 'Link', exact: true }).click();
  await panel.getByRole('button', { name: 'Link is in the address bar' }).waitFor();
  expect(new URL(page.url()).hash).toMatch(/^#edit=session-helpers-load-sealed-session\.ts\.[\w-]+$/);
  await panel.getByRole('button', { name: 'Link', exact: true }).waitFor();
  await page.context().close();
});

it('opens the search on the 404 page', async () => {
  const { page } = await openPage(browser, '/no/such/page');
  await page.getByRole('button', { name: 'Search all pages' }).click();
  await page.locator('dialog[open]').waitFor();
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT');
  await page.context().close();
});

it('has a manifest without errors', async () => {
  const { page } = await openPage(browser, '/');
  const client = await page.context().newCDPSession(page);
  const { url, errors, data = '' } = await client.send('Page.getAppManifest');
  expect(url).toBe(`${inject('siteUrl')}/manifest.webmanifest`);
  expect(errors).toEqual([]);
  const { icons } = JSON.parse(data) as { icons: { src: string }[] };
  for (const { src } of icons)
    expect((await fetch(inject('siteUrl') + src)).headers.get('content-type')).toBe('image/svg+xml');
  await page.context().close();
});
