/**
 * `npm run bench:run [-- --times 5]`: measures how long Run and Edit take in a browser with an empty cache, then
 * again, and how many bytes they load.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { brotliCompressSync } from 'node:zlib';
import type { Browser, Page } from 'playwright';
import { buildSite } from '../e2e/served-site.ts';
import { launchBrowser } from '../e2e/browser.ts';
import { serveSite } from '../../docs/serve/index.ts';

/** The first example of one page opens a session, that of the other also exchanges a token. */
const PAGES = ['/reference/authkit/session-helpers/load-sealed-session', '/reference/authkit/session-helpers/refresh'];
const EDITED =
  "import { WorkOS } from 'authkit-session-helpers';\nconst one: number = 1;\nconsole.log(one, typeof WorkOS);";

/** Pause between runs, as a reader would make. */
const LOOKING_MS = 1_000;

/** Milliseconds from each click. */
type Times = Record<'run' | 'run again' | 'edit' | 'run edited' | 'run edited again', number>;

/** Clicks and waits inside the page, so that the browser automation does not add to the time. */
async function timeRun(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const start = performance.now();
    document.querySelector<HTMLElement>('.run')!.click();
    const output = document.querySelector('.run')!.closest('.code')!;
    const isOver = () => /^(?!Running)./.test(output.querySelector('.live .output-proof')?.textContent ?? '');
    await new Promise<void>((resolve) =>
      new MutationObserver(() => isOver() && resolve()).observe(output, {
        childList: true,
        subtree: true,
        characterData: true,
      }),
    );
    return performance.now() - start;
  });
}

async function timeEdit(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const start = performance.now();
    document.querySelector<HTMLElement>('.edit')!.click();
    while (!document.querySelector('.editing')) await new Promise(requestAnimationFrame);
    return performance.now() - start;
  });
}

/**
 * Measures Run in a fresh context without a cache, and Edit in another one.
 */
async function measure(browser: Browser, url: string): Promise<{ times: Times; run: string[]; edit: string[] }> {
  const open = async () => {
    const page = await (await browser.newContext()).newPage();
    const requests: string[] = [];
    await page.goto(url);
    page.on('request', (request) => requests.push(new URL(request.url()).pathname));
    return { page, requests };
  };
  const plain = await open();
  const run = await timeRun(plain.page);
  await plain.page.waitForTimeout(LOOKING_MS);
  const again = await timeRun(plain.page);
  await plain.page.context().close();
  const editor = await open();
  const edit = await timeEdit(editor.page);
  await editor.page.locator('.source code').first().fill(EDITED);
  const runEdited = await timeRun(editor.page);
  await editor.page.waitForTimeout(LOOKING_MS);
  const editedAgain = await timeRun(editor.page);
  await editor.page.context().close();
  return {
    times: { run, 'run again': again, edit, 'run edited': runEdited, 'run edited again': editedAgain },
    run: plain.requests,
    edit: editor.requests,
  };
}

async function countBytes(folder: string, paths: readonly string[]): Promise<number> {
  const files = [...new Set(paths)].filter((path) => path.startsWith('/'));
  const sizes = await Promise.all(
    files.map(async (path) => brotliCompressSync(await readFile(join(folder, path))).length),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const { values } = parseArgs({ options: { times: { type: 'string', default: '5' } } });
const times = Number(values.times);
if (!Number.isInteger(times) || times < 1)
  throw new Error(`Cannot measure --times ${values.times}: must be a whole number from 1`);
const folder = await buildSite();
const site = await serveSite({ folder, port: 0 });
const browser = await launchBrowser();
try {
  console.log(`In Chromium ${browser.version()}, from this machine, median of ${times}, in ms from the click`);
  for (const path of PAGES) {
    const measured = [];
    for (let time = 0; time < times; time += 1) measured.push(await measure(browser, site.url + path));
    const [{ run, edit }] = measured as [Awaited<ReturnType<typeof measure>>];
    console.log(`\n${path}`);
    for (const name of Object.keys(measured[0]!.times) as (keyof Times)[]) {
      const all = measured.map((each) => each.times[name]);
      console.log(
        `  ${name.padEnd(18)} ${median(all).toFixed(0).padStart(6)}   (${Math.min(...all).toFixed(0)} to ${Math.max(...all).toFixed(0)})`,
      );
    }
    const [runBytes, editBytes] = [await countBytes(folder, run), await countBytes(folder, edit)];
    console.log(
      `  bytes, brotli: ${runBytes.toLocaleString('en')} for the first run, ${editBytes.toLocaleString('en')} for the first run of an edited example`,
    );
  }
} finally {
  await browser.close();
  await site.close();
}
