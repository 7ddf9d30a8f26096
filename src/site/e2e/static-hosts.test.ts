import { get } from 'node:http';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { SEED, settledVerdict } from './pages.ts';
import { STATIC_HOSTS, startStaticHost } from './static-host.ts';

const PAGES = ['/', SEED, '/quickstart', '/quickstart/', '/guides/sign-in'];
const UNKNOWN = [
  '/nope',
  '/a/b/c',
  '/guides/nope',
  '/quickstart/nope',
  '/live/nope',
  '/live/sandbox/nope',
  '//',
  '//a',
];
const SANDBOX = ['/live/sandbox.html', '/live/sandbox'];
const HEADERS = [
  'content-security-policy',
  'cross-origin-opener-policy',
  'referrer-policy',
  'x-content-type-options',
] as const;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** The security headers of the response for `path`, which is sent without normalization. */
function headersOf(origin: string, path: string): Promise<Record<string, unknown>> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    get({ hostname, port, path, agent: false }, ({ headers }) =>
      resolve(Object.fromEntries(HEADERS.map((name) => [name, headers[name]]))),
    ).on('error', reject);
  });
}

describe.each(STATIC_HOSTS)('on $name', (host) => {
  let url: string;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ url, close } = await startStaticHost(host, inject('siteFolder')));
  });
  afterAll(() => close());

  it.each([...PAGES, ...UNKNOWN])('%s has the headers of every page', async (path) => {
    const headers = await headersOf(url, path);
    expect(headers).toEqual({
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self' 'sha256-[^,]*$/),
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*|https?:/);
    expect(headers).toEqual(await headersOf(url, '/'));
  });

  it.each(SANDBOX)('the sandbox at %s has only its own policy', async (path) => {
    const { 'content-security-policy': policy } = await headersOf(url, path);
    expect(policy).toMatch(/^default-src 'none'; script-src [^,]*'unsafe-eval'[^,]*; sandbox allow-scripts$/);
  });

  it.each([...PAGES, ...UNKNOWN, ...SANDBOX])('npm start sends the same headers for %s', async (path) => {
    expect(await headersOf(inject('siteUrl'), path)).toEqual(await headersOf(url, path));
  });

  it('an example runs in the sandbox, and no page violates its policy', async () => {
    const page = await browser.newPage();
    const faults: string[] = [];
    page.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    await page.goto(url + SEED);
    await page.locator('.run').first().click();
    expect(await settledVerdict(page.locator('.code').first())).toMatch(/^The output is the same in your browser/);
    expect(faults).toEqual([]);
    await page.goto(`${url}/guides/nope`);
    await page.getByRole('button', { name: 'Search all pages' }).click();
    await page.locator('dialog[open]').waitFor();
    // The browser logs the 404 status itself.
    expect(faults.filter((fault) => !/status of 404/.test(fault))).toEqual([]);
    await page.close();
  });
});
