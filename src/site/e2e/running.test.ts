import { brotliCompressSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SANDBOX_PATH } from '../security-headers.ts';
import { launchBrowser } from './browser.ts';
import { openPage, pagePaths, SEED } from './pages.ts';

/** Bytes on the wire for the first run of a program as it stands: the sandbox, and the page's programs. */
const FIRST_RUN_BYTES_MAX = 32_768;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const verdict = (page: Page) => page.locator('.live .output-proof').last();
const SETTLED = /^(?!Running)/;

/** Runs `program` in the sandbox of the page, as its own script asks it to; answers everything it reported. */
async function runText(page: Page, program: string): Promise<{ kind: string; text?: string; ending?: { kind: string; message?: string } }[]> {
  return page.evaluate(async (text) => {
    const frame = document.querySelector('iframe')!.contentWindow!;
    const { port1, port2 } = new MessageChannel();
    const reports: { kind: string }[] = [];
    return new Promise((resolve) => {
      port1.onmessage = ({ data }) => {
        reports.push(data);
        if (data.kind === 'over') resolve(reports);
      };
      frame.postMessage({ program: text, expected: '' }, '*', [port2]);
    });
  }, program);
}

async function openSandboxed(): Promise<Page> {
  const { page } = await openPage(browser, SEED);
  await page.locator('.run').first().click();
  await expect.poll(() => verdict(page).textContent()).toMatch(SETTLED);
  return page;
}

it('runs every program that has a button, and each prints what it printed when the page was built', async () => {
  const verdicts = new Map<string, string | null>();
  for (const path of await pagePaths()) {
    const { page, faults } = await openPage(browser, path);
    for (const button of await page.locator('.run').all()) {
      const name = (await button.getAttribute('data-run')) ?? '';
      await button.evaluate((element: HTMLElement) => element.click());
      const settled = page.locator('.code', { has: page.locator(`[data-run="${name}"]`) }).locator('.live .output-proof');
      await expect.poll(() => settled.textContent(), { timeout: 10_000 }).toMatch(SETTLED);
      verdicts.set(name, (await settled.textContent())?.replace(/\d+ ms/, 'n ms') ?? null);
    }
    expect(faults, path).toEqual([]);
    await page.context().close();
  }
  expect(verdicts.size).toBeGreaterThan(15);
  const same = 'It printed the same in your browser, in n ms, against the same API.';
  expect([...verdicts].filter(([, text]) => text !== same)).toEqual([]);
});

it('fetches the sandbox and the programs with the first run, within their bytes, and nothing with the next', async () => {
  const { page, requests } = await openPage(browser, SEED);
  await page.locator('.run').first().click();
  await expect.poll(() => verdict(page).textContent()).toMatch(SETTLED);
  await page.locator('.run').first().click();
  await expect.poll(() => verdict(page).textContent()).toMatch(SETTLED);
  const fetched = requests.slice(1).filter((url) => url.startsWith('http')).map((url) => new URL(url).pathname);
  expect(fetched.sort()).toEqual(['/scripts/run.js', SANDBOX_PATH, `${SEED}.run.json`].sort());
  const files = await Promise.all(fetched.map((path) => readFile(join(inject('siteFolder'), path))));
  expect(files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0)).toBeLessThanOrEqual(FIRST_RUN_BYTES_MAX);
});

it('shows which requests the helpers made, and passes the accessibility audit with the result open', async () => {
  const page = await openSandboxed();
  await page.locator('.live summary').click();
  expect(await page.locator('.live details pre').textContent()).toMatch(/^GET \/sso\/jwks\/client_\w+ → 200$/);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

it('reaches no network, no storage and nothing of the page from the sandbox', async () => {
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
    expect(reports.some(({ text }) => text === 'reached'), what).toBe(false);
  }
});

it('stops a program that never ends and one that floods, and runs the next', { timeout: 30_000 }, async () => {
  const page = await openSandboxed();
  expect((await runText(page, 'console.log(1);\nwhile (true);')).at(-1)?.ending).toEqual({ kind: 'timed-out', limitMs: 5_000 });
  expect((await runText(page, "while (true) console.log('x'.repeat(1000));")).at(-1)?.ending?.kind).toBe('flooded');
  expect(await runText(page, "console.log('on');\nthrow new TypeError('no such page');")).toMatchObject([
    { kind: 'printed', text: 'on', line: 1 },
    { kind: 'over', ending: { kind: 'threw', name: 'TypeError', message: 'no such page', line: 2 } },
  ]);
});

it('serves the sandbox under a policy of its own, also to who opens it directly', async () => {
  const { headers } = await fetch(inject('siteUrl') + SANDBOX_PATH);
  const policy = headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain('sandbox allow-scripts');
  expect(policy).not.toMatch(/connect-src|unsafe-inline|allow-same-origin/);
  expect((await fetch(inject('siteUrl') + SEED)).headers.get('content-security-policy')).not.toContain('unsafe');
});
