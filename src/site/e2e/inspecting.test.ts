/** The page of the inspector, as a reader uses it: with the keyboard, on a phone, and without a network. */
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { makeExample } from '../inspect/examples.ts';
import { EXAMPLES, type InspectorReply, type InspectorRequest } from '../inspect/messages.ts';
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

/** What the frame replies to what the form contains now. */
const askFrame = (page: Page) =>
  page.evaluate(() => {
    const valueOf = (id: string) => document.querySelector<HTMLInputElement>(`#inspect-${id}`)!.value;
    const { port1, port2 } = new MessageChannel();
    const request: InspectorRequest = {
      kind: 'inspect',
      text: valueOf('text'),
      password: valueOf('password'),
      cookieName: valueOf('name'),
      keys: valueOf('keys'),
      secrets: document.querySelector<HTMLInputElement>('#inspect-secrets')!.checked ? 'shown' : 'hidden',
    };
    return new Promise<InspectorReply>((resolve) => {
      port1.onmessage = ({ data }) => resolve(data);
      document.querySelector<HTMLIFrameElement>('.inspector iframe')!.contentWindow!.postMessage(request, '*', [port2]);
    });
  });

const MARKS = { passed: 'Passed: ', failed: 'Failed: ', warned: 'Warning: ', skipped: 'Not checked: ' };
const SEVERITIES = { error: 'Error: ', warning: 'Warning: ', note: 'Note: ' };

/** What the page must show of a reply, one line per element. */
function expectedOf(reply: InspectorReply): string[] {
  if (reply.kind !== 'inspected') throw new Error(`Cannot compare a reply of kind "${reply.kind}"`);
  const { verdict, causes, steps } = reply.inspection;
  const { authenticated, reason, meaning, page } = verdict;
  const titles = new Map([
    [true, 'passed Authenticated'],
    [false, `failed Not authenticated: ${reason}`],
  ]);
  const undecided = reason === undefined ? 'skipped Not decided yet' : `failed It throws: ${reason}`;
  return [
    titles.get(authenticated!) ?? undecided,
    meaning + (page === undefined ? '' : ` What the code means (${page})`),
    ...(causes.length > 0 ? ['What is wrong, and what to do'] : []),
    ...causes.map(
      ({ severity, problem, remedy, page: more }) =>
        `${severity} ${SEVERITIES[severity]}${problem}|${remedy} Read more (${more})`,
    ),
    'What authenticate() does',
    ...steps.map(({ outcome, summary, facts, cookie = '' }) =>
      [
        `${outcome}${outcome === 'failed' && facts.length > 0 ? ' open' : ''} ${cookie}${MARKS[outcome]}${summary}`,
        ...facts.map(({ label, value }) => `${label}=${value}`),
      ].join('|'),
    ),
  ];
}

const drawnOn = (page: Page) =>
  page.evaluate(() => {
    const textOf = (each: Element): string => {
      const copy = each.cloneNode(true) as Element;
      for (const link of copy.querySelectorAll('a')) link.append(` (${link.getAttribute('href')})`);
      return copy.textContent;
    };
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(`.found ${selector}`)];
    const [status] = all('.verdict [role=status]');
    return [
      `${status?.dataset['mark']} ${status?.textContent}`,
      ...all('.verdict > p:not([role])').map(textOf),
      ...all('.causes h2').map(textOf),
      ...all('.causes li').map((li) => `${li.dataset['mark']} ${[...li.children].map(textOf).join('|')}`),
      ...all('.steps h2').map(textOf),
      ...all('.steps li').map((li) => {
        const facts = [...li.querySelectorAll('dt')].map(
          (dt) => `${dt.textContent}=${dt.nextElementSibling?.textContent}`,
        );
        const open = li.querySelector('details')?.open ? ' open' : '';
        return [`${li.dataset['mark']}${open} ${textOf(li.querySelector('p, summary')!)}`, ...facts].join('|');
      }),
    ];
  });

it.each([
  ['light', 1440],
  ['dark', 390],
] as const)('shows every example and passes the audit, in %s at %i px', async (colorScheme, width) => {
  const { page, faults } = await openPage(browser, '/inspect', { colorScheme, viewport: { ...SHOT, width } });
  // What is said of times would differ between two inspections.
  await page.clock.setFixedTime(Date.now());
  const select = page.getByLabel('Try it with a broken cookie');
  await select.focus();
  const seen = new Set<string>();
  for (const [name, title] of Object.entries(EXAMPLES)) {
    await select.selectOption(title);
    await expect.poll(() => page.locator('.found').innerText()).not.toBe([...seen].at(-1) ?? '');
    seen.add(await page.locator('.found').innerText());
    await expect
      .poll(async () => [await drawnOn(page), expectedOf(await askFrame(page))].map(String))
      .toSatisfy(([drawn, expected]: string[]) => drawn === expected);
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

it('looks for the cookie with the name that was typed, and says what authenticate() throws', async () => {
  const { page } = await openPage(browser, '/inspect');
  await page.getByLabel('Try it with a broken cookie').focus();
  await page.getByLabel('Try it with a broken cookie').selectOption(EXAMPLES.valid);
  await expect.poll(() => status(page).textContent()).toBe('Authenticated');
  await page.getByLabel('Cookie name').fill(' theme ');
  await expect.poll(() => status(page).textContent()).toBe('Not authenticated: invalid_session_cookie');
  // An example was changed.
  expect(await page.getByLabel('Try it with a broken cookie').inputValue()).toBe('');
  await page.getByLabel('Cookie name').fill('');
  await page.getByLabel('Cookie password, for tests only').fill('short');
  await expect.poll(() => status(page).textContent()).toBe('It throws: short_cookie_password');
  expect(await drawnOn(page)).toEqual(expectedOf(await askFrame(page)));
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
  for (const id of ['text', 'password', 'name', 'keys', 'example'])
    expect(await page.locator(`#inspect-${id}`).inputValue(), id).toBe('');
  expect(await page.getByLabel('Show secrets').isChecked()).toBe(false);
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('inspect-text');
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
