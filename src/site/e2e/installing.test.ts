/** The quickstart, command by command as its page gives them, with each package manager. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { launchBrowser } from './browser.ts';
import { openPage } from './pages.ts';
import { PACKAGE_MANAGERS, runIn, startIn, stop } from './terminal.ts';

const NOT_INSTALLED = 'pnpm, Yarn and Bun are not installed (npm run runtimes installs them, and runs this test)';
const DAY_MS = 86_400_000;

let browser: Browser;
let page: Page;
beforeAll(async () => {
  browser = await launchBrowser();
  ({ page } = await openPage(browser, '/quickstart', { permissions: ['clipboard-read', 'clipboard-write'] }));
});
afterAll(() => browser.close());

async function copyFrom(block: Locator): Promise<string> {
  const button = block.locator('.copy:visible');
  // It says "Copied" for a while after the last copy.
  await expect.poll(() => button.textContent(), { timeout: 5_000 }).toMatch(/^\s*Copy\s*$/);
  await button.click();
  await expect.poll(() => button.textContent()).toBe('Copied');
  return page.evaluate(() => navigator.clipboard.readText());
}

/** The command that the page shows for `manager`. */
async function installCommand(manager: string): Promise<string> {
  const install = page.locator('.install').first();
  await install.getByText(manager, { exact: true }).click();
  return copyFrom(install);
}

/** The page's only command that matches. */
async function shownCommand(pattern: RegExp): Promise<string> {
  const commands = (await page.locator('main pre').allTextContents()).flatMap((text) => text.trim().split('\n'));
  const [command, ...others] = commands.filter((text) => pattern.test(text));
  expect([command, ...others]).toEqual([expect.stringMatching(pattern)]);
  return command ?? '';
}

const EXPIRY = `
import { WorkOS } from 'authkit-session-helpers';
const { userManagement } = new WorkOS();
const session = userManagement.loadSealedSession({ sessionData: process.env.WORKOS_SEALED_SESSION });
const { expiresAt } = await session.authenticate();
console.log(expiresAt);`;

/** When the access token in the session of `.env` expires, in milliseconds since 1970. */
async function expiryIn(folder: string): Promise<number> {
  await writeFile(join(folder, 'expiry.mjs'), EXPIRY);
  const { stdout } = await runIn(folder, 'node --env-file=.env expiry.mjs');
  return Number(stdout);
}

it.for(['npm', 'pnpm', 'yarn', 'bun'])(
  'the commands of the quickstart work with %s, and the session is still valid the next day',
  async (manager, { skip }) => {
    if (manager !== 'npm' && !existsSync(join(PACKAGE_MANAGERS, manager))) skip(NOT_INSTALLED);
    const folder = await mkdtemp(join(tmpdir(), `quickstart-${manager}-`));
    const install = await installCommand(manager);
    expect(install).toContain(` ${inject('siteUrl')}/packages/authkit-session-helpers-`);
    await runIn(folder, install);
    // On a free port: tests run at the same time.
    const emulator = await startIn(folder, `${await shownCommand(/ emulator /)} --port 0`);
    try {
      const program = page.locator('.code:not(.fence)', { hasText: 'quickstart.mjs' });
      await writeFile(join(folder, 'quickstart.mjs'), await copyFrom(program));
      const { stdout } = await runIn(folder, await shownCommand(/^node /));
      expect(stdout.trim()).toBe((await program.locator('.output samp').textContent())?.trim());
      expect(await expiryIn(folder)).toBeGreaterThan(Date.now() + DAY_MS);
    } finally {
      await stop(emulator);
      await rm(folder, { recursive: true, force: true });
    }
  },
);
