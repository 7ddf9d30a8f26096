import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SANDBOX_PATH } from '../../docs/serve/security-headers.ts';
import { audit } from './audit.ts';
import { launchBrowser } from './browser.ts';
import { SEED, openPage, settledVerdict } from './pages.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const panel = (page: Page) => page.locator('.code').first();

/** Runs `program` in the sandbox of the page, like the page's own script; returns everything that it reported. */
async function runText(
  page: Page,
  program: string,
): Promise<{ kind: string; text?: string; ending?: { kind: string; message?: string } }[]> {
  return page.evaluate(async (text) => {
    const frame = document.querySelector('iframe')!.contentWindow!;
    const { port1, port2 } = new MessageChannel();
    const reports: { kind: string }[] = [];
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => {
        reports.push(data);
        // Any message after the last report has arrived by then.
        if (data.kind === 'over') setTimeout(() => resolve(reports), 20);
      };
      frame.postMessage({ program: text, scenario: 'valid', expected: undefined }, '*', [port2]);
    });
  }, program);
}

async function openSandboxed(): Promise<Page> {
  const { page } = await openPage(browser, SEED);
  await page.locator('.run').first().click();
  await settledVerdict(panel(page));
  return page;
}

it('shows the requests of the helpers and their responses, and passes the accessibility audit with all of them expanded', async () => {
  const page = await openSandboxed();
  expect(await panel(page).locator('.live > pre').getAttribute('aria-label')).toBe('Output in your browser');
  expect(await page.locator('.exchanges > summary').textContent()).toBe('Requests to the API: 1');
  await page.locator('.exchanges > summary').click();
  await page.locator('.exchanges details summary').click();
  expect(await page.locator('.exchanges details summary').textContent()).toMatch(/^GET \/sso\/jwks\/client_\w+ → 200$/);
  expect(await page.locator('.exchanges pre').textContent()).toMatch(
    /"kty": "RSA"[^]*"n": "\S{24}… \(342 characters\)"/,
  );
  expect(await page.locator('.exchanges pre').getAttribute('aria-label')).toBe('Response');
  expect(await audit(page)).toEqual([]);
});

it.each([
  ['.run', '**/scripts/run.js', 'Run failed to load. Check your connection and try again.'],
  ['.edit', '**/scripts/edit.js', 'Edit failed to load. Check your connection and try again.'],
  ['.run', '**/live/*.ts.json', 'The sandbox failed to load. Check your connection, and press Run again.'],
])('says that %s failed without %s, and does it when it is there', async (button, files, sentence) => {
  const { page } = await openPage(browser, SEED);
  await page.route(files, (route) => route.abort());
  await panel(page).locator(button).click();
  await page.locator('.toast[role=alert], .live [role=status]').getByText(sentence, { exact: true }).waitFor();
  expect(await panel(page).locator('.run').textContent()).toMatch(/^\s*Run\s*$/);
  await page.unroute(files);
  await panel(page).locator(button).click();
  if (button === '.edit') await page.getByRole('button', { name: 'Reset' }).waitFor();
  // What the first press said stays until the second one has begun.
  else await expect.poll(() => settledVerdict(panel(page))).toMatch(/^The output is the same in your browser/);
  await page.context().close();
});

it('names the request and the response of a call that sends something', async () => {
  const { page } = await openPage(browser, '/reference/authkit/session-helpers/refresh');
  const first = page.locator('.code', { has: page.locator('.run') }).first();
  await first.locator('.run').click();
  await settledVerdict(first);
  const call = first.locator('.exchanges details', { hasText: 'POST /user_management/authenticate → 200' }).first();
  expect(await call.locator('pre').evaluateAll((all) => all.map((each) => each.ariaLabel))).toEqual([
    'Request',
    'Response',
  ]);
  expect(await call.locator('pre').first().textContent()).toContain('"grant_type": "refresh_token"');
  await page.context().close();
});

const results = (page: Page) =>
  panel(page)
    .locator('[data-out]')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['out']));

it.each([true, false])(
  'shows a result beside or below the line that printed it, outside the text of the code (JavaScript: %s)',
  async (javaScriptEnabled) => {
    const { page } = await openPage(browser, SEED, { javaScriptEnabled });
    expect(await results(page)).toEqual(['\n  → ada@example.com is signed in']);
    expect(await page.locator('.source code').first().textContent()).not.toContain('ada@example.com');
    await page.context().close();
  },
);

it('shows the result of each line after a run, beside or below it and in the output', async () => {
  const page = await openSandboxed();
  expect(await results(page)).toEqual(['\n  → ada@example.com is signed in']);
  const source = await page.locator('.source code').first().textContent();
  const line = source?.split('\n').findIndex((text) => text.includes('console.log')) ?? -2;
  expect(
    await page
      .locator('.live [data-line]')
      .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['line'])),
  ).toEqual([String(line + 1)]);
});

it('runs the focused example on Ctrl+Enter', async () => {
  const { page } = await openPage(browser, SEED);
  await page.locator('.source').first().focus();
  await page.keyboard.press('Control+Enter');
  await settledVerdict(panel(page));
});

it('gives the sandbox no access to network, storage or page', async () => {
  const page = await openSandboxed();
  const site = inject('siteUrl');
  const attempts: Record<string, string> = {
    'a socket': `await new Promise((resolve, reject) => { const socket = new WebSocket('${site.replace('http', 'ws')}'); socket.onopen = resolve; socket.onerror = () => reject(new Error('refused')); })`,
    'an XMLHttpRequest': `await new Promise((resolve, reject) => { const request = new XMLHttpRequest(); request.onload = resolve; request.onerror = () => reject(new Error('refused')); request.open('GET', '${site}/llms.txt'); request.send(); })`,
    'a script': `await import('${site}/index.html')`,
    'another worker from the site': `new Worker('${site}/index.js'); await new Promise((_, reject) => setTimeout(() => reject(new Error('refused')), 100))`,
    'a database': `await new Promise((resolve, reject) => { const request = indexedDB.open('x'); request.onsuccess = resolve; request.onerror = () => reject(new Error('refused')); })`,
    'the cache': `await caches.open('x')`,
    'the page': `document.title`,
  };
  for (const [what, attempt] of Object.entries(attempts)) {
    const reports = await runText(page, `${attempt};\nconsole.log('reached');`);
    expect(reports.at(-1)?.ending?.kind, what).toBe('threw');
    expect(
      reports.some(({ text }) => text === 'reached'),
      what,
    ).toBe(false);
  }
});

it('stops a program that never ends and one that floods, and runs the next one', { timeout: 30_000 }, async () => {
  const page = await openSandboxed();
  expect((await runText(page, 'console.log(1);\nwhile (true);')).at(-1)?.ending).toEqual({
    kind: 'timed-out',
    limitMs: 5_000,
  });
  expect((await runText(page, "while (true) console.log('x'.repeat(1000));")).at(-1)?.ending?.kind).toBe('flooded');
  expect((await runText(page, 'import x from "express";\nx();')).at(-1)?.ending).toMatchObject({
    kind: 'threw',
    name: 'SyntaxError',
  });
  expect(await runText(page, "console.log('on');\nthrow new TypeError('no such page');")).toMatchObject([
    { kind: 'printed', text: 'on', line: 1 },
    { kind: 'over', ending: { kind: 'threw', name: 'TypeError', message: 'no such page', line: 2 } },
  ]);
});

it.each([
  ['empty lines', "console.log('');"],
  ['lines that are not strings', "postMessage({ kind: 'printed', text: { length: 1 } });"],
  ['requests', "postMessage({ kind: 'exchanged', method: '', path: '/', status: 200, sent: '', answered: '' });"],
  [
    'long answers',
    "postMessage({ kind: 'exchanged', method: '', path: '/', status: 200, sent: '', answered: 'x'.repeat(9_999) });",
  ],
  ['messages of another kind', "postMessage({ kind: 'other', text: 'x'.repeat(1_000) });"],
])('stops a program that sends %s in an endless loop', { timeout: 30_000 }, async (_what, statement) => {
  const page = await openSandboxed();
  const reports = await runText(page, `for (;;) ${statement}`);
  expect(reports.at(-1)?.ending?.kind).toBe('flooded');
  expect(reports.length).toBeLessThanOrEqual(1_001);
  expect(JSON.stringify(reports).length).toBeLessThan(200_000);
  await page.context().close();
});

it('reports once, and briefly, how a program ended, whatever the program reports itself', async () => {
  const page = await openSandboxed();
  const thrown = await runText(page, "throw new Error('x'.repeat(5_000_000));");
  expect(thrown).toMatchObject([{ kind: 'over', ending: { kind: 'threw', name: 'Error' } }]);
  expect(JSON.stringify(thrown).length).toBeLessThan(10_000);
  const ended = "postMessage({ kind: 'over', ending: { kind: 'ended' }, durationMs: 1 });";
  expect(await runText(page, `${ended}\n${ended}`)).toHaveLength(1);
  const forged = "postMessage({ kind: 'over', ending: { kind: 'timed-out', limitMs: 'x'.repeat(5_000_000) } });";
  expect(await runText(page, forged)).toMatchObject([{ ending: { kind: 'ended' } }]);
  await page.context().close();
});

it('serves the sandbox with its own policy, even if opened directly', async () => {
  const { headers } = await fetch(inject('siteUrl') + SANDBOX_PATH);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox allow-scripts');
  expect(policy).not.toMatch(/connect-src|unsafe-inline|allow-same-origin/);
  expect((await fetch(inject('siteUrl') + SEED)).headers.get('content-security-policy')).not.toContain('unsafe');
});
