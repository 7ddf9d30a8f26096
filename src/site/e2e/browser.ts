/**
 * Real browsers for the tests: a Chromium (Playwright's own, the system's, or the one that npm brought), and the
 * system's Firefox.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import sparticuz from '@sparticuz/chromium';
import { type Browser, chromium } from 'playwright';
import puppeteer, { type Browser as PuppeteerBrowser } from 'puppeteer-core';

/** Where a system browser lies when it is not on the PATH under one of these names. */
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

/** Without these a browser as root does not start, or asks hosts on the internet for updates. */
const ARGUMENTS = ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Starts a browser. Throws, naming each place looked at, when none can be had. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = await findBrowser();
  return chromium.launch({ executablePath, args: ARGUMENTS });
}

/**
 * The same browser, which gives every sandbox a process of its own, as one with a window does, and each little memory.
 * Driven by Puppeteer: Playwright takes the end of such a process for the end of the page around it.
 */
export async function launchSmallBrowser(): Promise<PuppeteerBrowser> {
  const args = [
    ...ARGUMENTS,
    '--site-per-process',
    '--enable-features=IsolateSandboxedIframes',
    '--js-flags=--max-old-space-size=256',
  ];
  return puppeteer.launch({ executablePath: await findBrowser(), args, headless: true });
}

/**
 * The system's Firefox, over WebDriver BiDi; Playwright drives none but a Firefox of its own. Undefined where there is
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
    `Cannot start a browser: found none of Playwright's, a system Chromium or Chrome, or @sparticuz/chromium ` +
      `(${bundled.message}). Install Chromium, or run npx playwright install chromium`,
  );
}

function findInstalled(names: readonly string[], paths: readonly string[]): string | undefined {
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...paths].find((path) => existsSync(path));
}
