import { brotliCompressSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SANDBOX_PATH } from '../security-headers.ts';
import { launchBrowser } from './browser.ts';
import { SEED, openPage, runnablePaths, visitPages } from './pages.ts';

/** Bytes on the wire for the first run of a program as it stands: the sandbox, and the page's programs. */
const FIRST_RUN_BYTES_MAX = 20_000;
/** The same where programs write cookies or steer the emulator: with the parts for that. */
const FIRST_RUN_WITH_PARTS_BYTES_MAX = 21_200;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const verdict = (page: Page) => page.locator('.live .output-proof').last();
const SETTLED = /^(?!Running)/;
const PATIENTLY = { timeout: 10_000 };

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
      frame.postMessage({ program: text, scenario: 'valid', expected: undefined }, '*', [port2]);
    });
  }, program);
}

async function openSandboxed(): Promise<Page> {
  const { page } = await openPage(browser, SEED);
  await page.locator('.run').first().click();
  await expect.poll(() => verdict(page).textContent(), PATIENTLY).toMatch(SETTLED);
  return page;
}

interface PageRuns {
  path: string;
  faults: string[];
  /** What is said of each program, by its name. */
  verdicts: [name: string, verdict: string | undefined][];
  /** Bodies of the requests and answers that are shown. */
  exchanges: string[];
}

/** Presses every Run of every page. */
async function runAll(): Promise<PageRuns[]> {
  const all: PageRuns[] = [];
  await visitPages(browser, await runnablePaths(), async ({ page, faults }, path) => {
    const verdicts: PageRuns['verdicts'] = [];
    for (const button of await page.locator('.run').all()) {
      const name = (await button.getAttribute('data-run')) ?? '';
      await button.evaluate((element: HTMLElement) => element.click());
      const settled = page.locator('.code', { has: page.locator(`[data-run="${name}"]`) }).locator('.live .output-proof');
      await expect.poll(() => settled.textContent(), PATIENTLY).toMatch(SETTLED);
      verdicts.push([name, (await settled.textContent())?.replace(/\d+ ms/, 'n ms')]);
    }
    all.push({ path, faults: [...faults], verdicts, exchanges: await page.locator('.exchanges pre').allTextContents() });
  });
  return all;
}

let runs: Promise<PageRuns[]>;

it('runs every program that has a button, and each prints what it printed when the page was built', async () => {
  runs = runAll();
  const ran = await runs;
  expect(ran.filter(({ faults }) => faults.length > 0)).toEqual([]);
  const verdicts = ran.flatMap((page) => page.verdicts);
  expect(new Set(verdicts.map(([name]) => name)).size).toBeGreaterThan(15);
  const same = 'It printed the same in your browser, in n ms, against the same API.';
  expect(verdicts.filter(([, verdict]) => verdict !== same)).toEqual([]);
});

/** Presses the first Run of the page twice, and gives the paths that it fetched for that. */
async function fetchedByRuns(path: string): Promise<string[]> {
  const { page, requests } = await openPage(browser, path);
  const before = requests.length;
  for (const press of [1, 2]) {
    await page.locator('.run').first().click();
    await expect.poll(() => verdict(page).textContent(), { ...PATIENTLY, message: `${path}, ${press}` }).toMatch(SETTLED);
  }
  await page.context().close();
  return requests.slice(before).filter((url) => url.startsWith('http')).map((url) => new URL(url).pathname);
}

async function countBytes(paths: readonly string[]): Promise<number> {
  const files = await Promise.all(paths.map((path) => readFile(join(inject('siteFolder'), path))));
  return files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0);
}

it('fetches the sandbox and the programs with the first run, within their bytes, and nothing with the next', async () => {
  const fetched = await fetchedByRuns(SEED);
  expect(fetched.sort()).toEqual(['/scripts/run.js', SANDBOX_PATH, '/live/session-helpers-load-sealed-session.ts.json'].sort());
  expect(await countBytes(fetched)).toBeLessThanOrEqual(FIRST_RUN_BYTES_MAX);
});

it('fetches for any other page what its program imports and asks the emulator for, within its bytes', { timeout: 120_000 }, async () => {
  const counted: { path: string; bytes: number; parts: number }[] = [];
  for (const path of await runnablePaths()) {
    const fetched = await fetchedByRuns(path);
    counted.push({ path, bytes: await countBytes(fetched), parts: fetched.filter((each) => /^\/live\/.*\.js$/.test(each)).length });
  }
  const max = (parts: number) => (parts === 0 ? FIRST_RUN_BYTES_MAX : FIRST_RUN_WITH_PARTS_BYTES_MAX);
  expect(counted.filter(({ bytes, parts }) => bytes > max(parts))).toEqual([]);
  expect(counted.filter(({ parts }) => parts === 0).length).toBeGreaterThan(5);
  expect(counted.filter(({ parts }) => parts > 0).length).toBeGreaterThan(2);
});

it('shows which requests the helpers made and their answers, and passes the accessibility audit with all of it open', async () => {
  const page = await openSandboxed();
  await page.locator('.exchanges > summary').click();
  await page.locator('.exchanges details summary').click();
  expect(await page.locator('.exchanges details summary').textContent()).toMatch(/^GET \/sso\/jwks\/client_\w+ → 200$/);
  expect(await page.locator('.exchanges pre').textContent()).toMatch(/"kty": "RSA"[^]*"n": "\S{24}… \(342 characters\)"/);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
});

it('shows no token, key, code or password of the requests, on any page', async () => {
  const shown = (await runs).flatMap(({ exchanges }) => exchanges).join('\n');
  expect(shown).not.toMatch(/eyJ|Fe26|sk_test|orchards/);
  expect(shown.length).toBeGreaterThan(1_000);
});

const results = (page: Page) => page.locator('.code').first().locator('[data-out]').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['out']));

it.each([true, false])('shows a result beside or below the line that printed it, which is no part of the program (JavaScript: %s)', async (javaScriptEnabled) => {
  const { page } = await openPage(browser, SEED, { javaScriptEnabled });
  expect(await results(page)).toEqual(['\n  → ada@example.com is signed in']);
  expect(await page.locator('.source code').first().textContent()).not.toContain('ada@example.com');
  await page.context().close();
});

it('shows after a run what each line printed, beside or below it and in the output', async () => {
  const page = await openSandboxed();
  expect(await results(page)).toEqual(['\n  → ada@example.com is signed in']);
  const source = await page.locator('.source code').first().textContent();
  const line = source?.split('\n').findIndex((text) => text.includes('console.log')) ?? -2;
  expect(await page.locator('.live [data-line]').evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['line']))).toEqual([String(line + 1)]);
});

it('runs the program that has the focus on Ctrl+Enter', async () => {
  const { page } = await openPage(browser, SEED);
  await page.locator('.source').first().focus();
  await page.keyboard.press('Control+Enter');
  await expect.poll(() => verdict(page).textContent(), PATIENTLY).toMatch(SETTLED);
});

it('does in every scenario what Node did, and leads from an error to the catalogue', { timeout: 120_000 }, async () => {
  let count = 0;
  const leads = new Set<string | null>();
  await visitPages(browser, (await runnablePaths()).filter((each) => each.includes('session-helpers/')), async ({ page }, path) => {
    for (const button of await page.locator('.run').all()) {
      await button.evaluate((element: HTMLElement) => element.click());
      const code = page.locator('.code', { has: page.locator(`[data-run="${await button.getAttribute('data-run')}"]`) });
      await expect.poll(() => code.locator('.live .output-proof').textContent(), PATIENTLY).toMatch(SETTLED);
      for (const title of await code.locator('.live option').allTextContents()) {
        await code.locator('.live select').evaluate((select: HTMLSelectElement, label) => {
          select.selectedIndex = [...select.options].findIndex(({ text }) => text === label);
          select.dispatchEvent(new Event('change'));
        }, title);
        await expect.poll(() => code.locator('.live .output-proof.same').count(), { timeout: 10_000, message: `${path}: ${title}` }).toBe(1);
        for (const link of await code.locator('.output-proof a').all()) leads.add(await link.getAttribute('href'));
        count += 1;
      }
    }
  });
  expect(count).toBeGreaterThan(35);
  for (const href of leads) {
    const { page } = await openPage(browser, href ?? '');
    expect(await page.locator(`[id="${(href ?? '').split('#')[1]}"]`).count(), href ?? '').toBe(1);
    await page.context().close();
  }
  expect(leads.size).toBeGreaterThan(1);
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
  expect((await runText(page, 'import x from "express";\nx();')).at(-1)?.ending).toMatchObject({ kind: 'threw', name: 'SyntaxError' });
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
