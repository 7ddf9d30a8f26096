import { readFile } from 'node:fs/promises';
import { get } from 'node:http';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { SEED, settledVerdict } from './pages.ts';
import { type DeployedFunction, STATIC_HOSTS, startStaticHost } from './static-host.ts';

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

/** The function that CONTRIBUTING.md gives. */
async function readFunction(): Promise<DeployedFunction> {
  const text = await readFile(new URL('../../../CONTRIBUTING.md', import.meta.url), 'utf8');
  const [, code = ''] = /```js title="functions\/_middleware\.js"\n(.*?)```/s.exec(text) ?? [];
  return (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as DeployedFunction;
}

/** A browser, and agents. */
const ACCEPTS = ['text/html,application/xhtml+xml,*/*;q=0.8', '*/*', 'text/markdown', 'text/markdown, text/html, */*'];

describe.each([{ name: 'npm start' }, ...STATIC_HOSTS])('a request for Markdown to $name', (host) => {
  let url: string;
  let close: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    if ('callFunction' in host)
      ({ url, close } = await startStaticHost(host, inject('siteFolder'), await readFunction()));
    else url = inject('siteUrl');
  });
  afterAll(() => close?.());

  it.each(['/', SEED, '/quickstart/'])('gets that of %s, and browsers get HTML', async (path) => {
    const name = path === '/' ? 'index' : path.replace(/\/$/, '');
    const markdown = await readFile(`${inject('siteFolder')}/${name}.md`, 'utf8');
    const responses = await Promise.all(ACCEPTS.map((Accept) => fetch(url + path, { headers: { Accept } })));
    expect(responses.map(({ headers }) => headers.get('Content-Type')?.split(';')[0])).toEqual([
      'text/html',
      'text/html',
      'text/markdown',
      'text/markdown',
    ]);
    for (const response of responses) expect(response.headers.get('Vary')).toBe('Accept');
    expect(await responses[2]?.text()).toBe(markdown);
    expect(responses[0]?.headers.get('Link')).toContain('</llms.txt>; rel="describedby"');
  });

  it('gets files and missing pages as everybody does', async () => {
    const headers = { Accept: 'text/markdown' };
    const [script, missing] = await Promise.all(
      ['/scripts/run.js', '/guides/nope'].map((path) => fetch(url + path, { headers })),
    );
    expect(script?.headers.get('Content-Type')).toMatch(/javascript/);
    expect(missing?.status).toBe(404);
  });
});
