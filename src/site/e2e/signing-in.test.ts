/** From zero to signed in: the application of the guide, from its download to signing out, as a reader goes. */
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openPage } from './pages.ts';
import { runIn, startIn, stop } from './terminal.ts';

const TWO_WEEKS_SEC = 14 * 86_400;

let browser: Browser;
let folder: string;
/** What runs in the reader's terminals. */
const running: ChildProcess[] = [];

beforeAll(async () => {
  browser = await launchBrowser();
  folder = await mkdtemp(join(tmpdir(), 'signing-in-'));
});
afterAll(async () => {
  await Promise.all(running.map(stop));
  await browser.close();
  await rm(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Does what the guide says up to *Start the application*, and returns the address of the application. */
async function followGuide(): Promise<string> {
  const { page } = await openPage(browser, '/guides/sign-in');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'Download express-sign-in.tgz' }).click(),
  ]);
  await download.saveAs(join(folder, download.suggestedFilename()));
  const [unpack = '', ...others] = await page.locator('.fence code').allTextContents();
  await runIn(folder, unpack.trim().split('\n').join(' && '));
  const application = join(folder, 'express-sign-in');
  await runIn(application, await page.locator('.install pre').first().innerText());
  const [emulator = '', start = ''] = others.map((command) => command.trim());
  // On free ports: tests run at the same time. Sessions that end within a minute are refreshed at every visit.
  running.push(await startIn(application, `${emulator} -- --port 0 --session-life 50s`, { ready: /Ctrl-C/ }));
  const environment = { PORT: String(await freePort()) };
  running.push(await startIn(application, start, { ready: /Listening/, environment }));
  await page.context().close();
  return `http://localhost:${environment.PORT}`;
}

async function sessionCookie(context: BrowserContext): Promise<{ value: string; expires: number } | undefined> {
  return (await context.cookies()).find(({ name }) => name === 'wos-session');
}

const headingOf = (page: Page) => page.getByRole('heading', { level: 1 }).textContent();

it('takes a reader from the download to a protected page of their own, and out again', async () => {
  const origin = await followGuide();
  const context = await browser.newContext();
  const page = await context.newPage();

  await page.goto(origin);
  await page.getByRole('link', { name: 'Dashboard' }).click();
  expect(await headingOf(page)).toBe('Sign in');

  await page.getByRole('link', { name: 'Cancel' }).click();
  expect(await page.textContent('body')).toContain('You are not signed in (sign_in_denied).');
  expect(await sessionCookie(context)).toBeUndefined();

  await page.goto(`${origin}/dashboard?tab=2`);
  await page.getByRole('link', { name: /ada@example\.com/ }).click();
  expect(page.url()).toBe(`${origin}/dashboard?tab=2`);
  expect(await page.textContent('body')).toContain('Hello, Ada.');
  const first = await sessionCookie(context);
  expect((first?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(TWO_WEEKS_SEC - 60);

  // The access token expires within a minute: the gate refreshes the session, and the visitor notices nothing.
  await page.reload();
  expect(await page.textContent('body')).toContain('Hello, Ada.');
  expect((await sessionCookie(context))?.value).not.toBe(first?.value);

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Dashboard' }).waitFor();
  expect(page.url()).toBe(`${origin}/`);
  expect(await sessionCookie(context)).toBeUndefined();

  await page.getByRole('link', { name: 'Dashboard' }).click();
  expect(await headingOf(page)).toBe('Sign in');
});
