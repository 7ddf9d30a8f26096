/**
 * Real browsers for the tests: a Chromium (from Playwright, the system, or an npm package), and the
 * system's Firefox.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright';
import puppeteer, { type Browser as PuppeteerBrowser } from 'puppeteer-core';

/** Paths of system browsers that are not on the PATH under one of these names. */
const SYSTEM_NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const SYSTEM_PATHS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:/Program Files/Google/Chrome/Application/chrome.exe',
];

const FIREFOX_NAMES = ['firefox', 'firefox-esr'];
const FIREFOX_PATHS = [
  '/Applications/Firefox.app/Contents/MacOS/firefox',
  'C:/Program Files/Mozilla Firefox/firefox.exe',
];

/** Without these flags, a browser does not start as root, or requests updates from the internet. */
const ARGUMENTS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts a browser, with more command-line flags if given. Throws an error that lists the searched locations if there is none. */
export async function launchBrowser(...more: string[]): Promise<Browser> {
  const executablePath = await findBrowser();
  return chromium.launch({ executablePath, args: [...ARGUMENTS, ...more] });
}

/**
 * The same browser with a separate process for every sandbox, like a desktop browser, and little memory for each.
 * Controlled by Puppeteer: Playwright treats the crash of such a process as a crash of the page.
 */
export async function launchSmallBrowser(): Promise<PuppeteerBrowser> {
  const args = [
    ...ARGUMENTS,
    '--site-per-process',
    '--enable-features=IsolateSandboxedIframes',
    '--js-flags=--max-old-space-size=256',
    '--disable-breakpad',
  ];
  return puppeteer.launch({ executablePath: await findBrowser(), args, headless: true });
}

/**
 * The system's Firefox, over WebDriver BiDi; Playwright only supports its own Firefox build. Undefined if there is
 * none.
 */
export async function launchFirefox(): Promise<PuppeteerBrowser | undefined> {
  const executablePath = findInstalled(FIREFOX_NAMES, FIREFOX_PATHS);
  return executablePath === undefined
    ? undefined
    : puppeteer.launch({ browser: 'firefox', executablePath, headless: true });
}

/** Path of the browser to use. */
export async function findBrowser(): Promise<string> {
  const own = chromium.executablePath();
  const installed = existsSync(own) ? own : findInstalled(SYSTEM_NAMES, SYSTEM_PATHS);
  if (installed !== undefined) return installed;
  const bundled = await sparticuz.executablePath().catch((error: Error) => error);
  if (typeof bundled === 'string') return bundled;
  throw new Error(
    `Cannot start a browser: found neither Playwright's Chromium, nor a system Chromium or Chrome, nor @sparticuz/chromium ` +
      `(${bundled.message}). Install Chromium, or run npx playwright install chromium`,
  );
}

function findInstalled(names: readonly string[], paths: readonly string[]): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...paths].find((path) => existsSync(path));
}
