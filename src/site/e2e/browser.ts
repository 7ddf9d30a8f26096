/** A real Chromium for the browser tests: Playwright's own, the system's, or the one that npm brought. */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright';

/** Where a system browser lies when it is not on the PATH under one of these names. */
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SYSTEM_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

/** Without these a browser as root does not start, or asks hosts on the internet for updates. */
const ARGUMENTS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts a browser, with `more` arguments where given. Throws, naming each place looked at, when none can be had. */
export async function launchBrowser(more: readonly string[] = []): Promise<Browser> {
  const executablePath = await findBrowser();
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] });
}

/** Path of the browser to use. */
export async function findBrowser(): Promise<string> {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => SYSTEM_NAMES.map((name) => join(folder, name)));
  const installed = [chromium.executablePath(), ...onPath, ...SYSTEM_PATHS].find((path) => existsSync(path));
  if (installed !== undefined) return installed;
  const bundled = await sparticuz.executablePath().catch((error: Error) => error);
  if (typeof bundled === 'string') return bundled;
  throw new Error(
    `Cannot start a browser: found none of Playwright's, a system Chromium or Chrome, or @sparticuz/chromium ` +
      `(${bundled.message}). Install Chromium, or run npx playwright install chromium`,
  );
}
