/** The page of the inspector, as a reader uses it: with the keyboard, on a phone, and without a network. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { makeExample } from '../inspect/examples.ts';
import { EXAMPLES } from '../inspect/messages.ts';
import { audit } from './audit.ts';
import { launchBrowser } from './browser.ts';
import { openPage } from './pages.ts';

const SHOT = { width: 390, height: 844 };

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const status = (page: Page) => page.locator('.inspector [role=status]');
const pathsOf = (requests: string[]) => [...new Set(requests.map((url) => new URL(url).pathname))].sort();

/** What a page can keep in a browser. */
const kept = () =>
  Promise.all([
    localStorage.length,
    sessionStorage.length,
    document.cookie,
    location.href.split(/[?#]/).length,
    indexedDB.databases().then((all) => all.length),
    caches.keys().then((all) => all.length),
  ]);

it('inspects what is typed with the keyboard, says what is wrong first, and stores and sends nothing', async () => {
  const { page, faults, requests } = await openPage(browser, '/inspect');
  expect(pathsOf(requests)).toEqual(['/inspect']);
  const { text, password } = await makeExample('wrong-password');
  await page.getByLabel('Cookie, header or copied curl command').focus();
  await page.keyboard.insertText(text);
  await expect.poll(() => status(page).textContent()).toBe('Not decided yet');
  await page.keyboard.press('Tab');
  await page.keyboard.insertText(password);
  await expect.poll(() => status(page).textContent()).toBe('Not authenticated: invalid_session_cookie');
  expect(await page.locator('.causes .problem').allTextContents()).toEqual([
    'Error: The password does not open the seal: the MAC differs.',
  ]);
  const marks = await page
    .locator('.steps li')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['mark']));
  expect(marks).toEqual(['passed', 'passed', 'failed']);
  // The facts of a step open with the keyboard too.
  await page.locator('.steps summary').first().focus();
  await page.keyboard.press('Enter');
  expect(await page.locator('.steps dd').first().isVisible()).toBe(true);
  expect(await page.evaluate(kept)).toEqual([0, 0, '', 1, 0, 0]);
  expect(pathsOf(requests)).toEqual(['/inspect', '/live/inspect.html', '/scripts/inspector.js']);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('runs in a frame that has no network, no storage and no access to the page', async () => {
  const { page } = await openPage(browser, '/inspect');
  await page.getByLabel('Try it with a broken cookie').focus();
  await expect.poll(() => page.frames().length).toBe(2);
  const frame = page.frames()[1]!;
  await frame.waitForLoadState();
  const site = inject('siteUrl');
  const attempts = await frame.evaluate(async (url) => {
    const tried: Record<string, () => unknown> = {
      request: () => fetch(`${url}/llms.txt`),
      elsewhere: () => fetch('https://example.com/'),
      picture: () =>
        new Promise((resolve, reject) =>
          Object.assign(new Image(), { onload: resolve, onerror: reject, src: `${url}/favicon.svg` }),
        ),
      storage: () => localStorage.length,
      cookie: () => document.cookie,
      page: () => parent.document.title,
    };
    const reached: string[] = [];
    for (const [name, attempt] of Object.entries(tried)) {
      try {
        await attempt();
        reached.push(name);
      } catch {
        // Refused, as it must be.
      }
    }
    return reached;
  }, site);
  expect(attempts).toEqual([]);
  const policy = (await fetch(`${site}/live/inspect.html`)).headers.get('content-security-policy');
  expect(policy).toMatch(/^default-src 'none'; script-src 'sha256-[^']+'; [^,]*; sandbox allow-scripts$/);
  expect(policy).not.toMatch(/unsafe|connect-src|worker-src/);
  await page.context().close();
});

it.each([
  ['light', 1440],
  ['dark', 390],
] as const)('shows every example and passes the audit, in %s at %i px', async (colorScheme, width) => {
  const { page, faults } = await openPage(browser, '/inspect', { colorScheme, viewport: { ...SHOT, width } });
  const select = page.getByLabel('Try it with a broken cookie');
  await select.focus();
  const seen = new Set<string>();
  for (const [name, title] of Object.entries(EXAMPLES)) {
    await select.selectOption(title);
    await expect.poll(() => page.locator('.found').innerText()).not.toBe([...seen].at(-1) ?? '');
    seen.add(await page.locator('.found').innerText());
    expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBeLessThanOrEqual(width);
  }
  expect(await status(page).textContent()).toBe('Authenticated');
  await select.selectOption(EXAMPLES.expired);
  await expect.poll(() => status(page).textContent()).toContain('invalid_jwt');
  for (const summary of await page.locator('.inspector summary').all())
    if (!(await summary.evaluate((each) => (each.parentElement as HTMLDetailsElement).open))) await summary.click();
  expect(await audit(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('hides secrets until they are asked for, and forgets everything when it is cleared', async () => {
  const { page } = await openPage(browser, '/inspect');
  await page.getByLabel('Try it with a broken cookie').focus();
  await page.getByLabel('Try it with a broken cookie').selectOption(EXAMPLES.valid);
  await expect.poll(() => status(page).textContent()).toBe('Authenticated');
  expect(await page.locator('.steps').textContent()).not.toContain('ada@example.com');
  await page.getByLabel('Show secrets').check();
  await expect.poll(() => page.locator('.steps').textContent()).toContain('ada@example.com');
  await page.getByLabel('A JSON Web Key Set', { exact: false }).evaluate((field: HTMLTextAreaElement) => {
    field.value = '{}';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await expect.poll(() => status(page).textContent()).toMatch(/^Cannot read the signing keys: there is no list "keys"/);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(() => page.locator('.found').isVisible()).toBe(false);
  expect(await page.getByLabel('Cookie, header').inputValue()).toBe('');
  await page.context().close();
});

it('says that it could not be loaded, and tries again', async () => {
  const { page } = await openPage(browser, '/inspect');
  await page.context().setOffline(true);
  await page.getByLabel('Cookie name').focus();
  await expect.poll(() => page.locator('.inspector .failed').isVisible()).toBe(true);
  await page.context().setOffline(false);
  await page.getByLabel('Cookie, header').focus();
  await page.keyboard.insertText('hello');
  await expect.poll(() => status(page).textContent()).toBe('Not authenticated: invalid_session_cookie');
  expect(await page.locator('.inspector .failed').isVisible()).toBe(false);
  await page.context().close();
});

it('costs other pages nothing', async () => {
  const read = (path: string) => readFile(`${inject('siteFolder')}${path}/index.html`, 'utf8');
  const isThere = async (path: string) => /\.inspector\b|\('inspector'\)/.test((await read(path)).replaceAll('"', "'"));
  expect([await isThere('/inspect'), await isThere('/guides/troubleshooting')]).toEqual([true, false]);
});
