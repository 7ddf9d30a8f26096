import { brotliCompressSync } from 'node:zlib';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { format } from 'node:util';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { audit } from './audit.ts';
import { launchBrowser, launchSmallBrowser } from './browser.ts';
import { packText } from '../../docs/theme/code/edit-link.ts';
import { openPage, SEED, settledVerdict } from './pages.ts';

const SEED_SNIPPET = 'session-helpers-load-sealed-session.ts';

/** Bytes on the wire for the first run of an edited example: sandbox, compiled example and editor. */
const FIRST_EDIT_BYTES_MAX = 100_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const code = (page: Page) => page.locator('.source code').first();

async function openEdited(text: string, path = SEED) {
  const watched = await openPage(browser, path, { permissions: ['clipboard-read', 'clipboard-write'] });
  await watched.page.locator('.edit').first().click();
  await watched.page.getByRole('button', { name: 'Reset' }).waitFor();
  await code(watched.page).fill(text);
  return watched;
}

async function runEdited(page: Page): Promise<string> {
  await code(page).focus();
  await page.keyboard.press('Control+Enter');
  return settledVerdict(page.locator('.code').first());
}

it('runs edited TypeScript by keyboard, and does not claim that the output is the same', async () => {
  const { page, faults } = await openEdited(
    "import { WorkOS } from 'authkit-session-helpers';\nconst n: number = 40;\nconsole.log(n + 2 as number, typeof WorkOS);",
  );
  expect(await runEdited(page)).toMatch(/^Your version ran in your browser, in \d+ ms\.$/);
  expect(await page.locator('.live samp').first().textContent()).toBe('42 function\n');
  expect(await page.locator('.live [data-line]').first().getAttribute('data-line')).toBe('3');
  expect(await audit(page)).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

/** What programs print, other than strings. */
const PRINTED = `({ a: 1, b: { c: { d: [1, 2] } } }, [], [undefined, null, -0, 1n, Symbol('s')], new Map([['k', { v: new Set([1]) }]]), new Date(0),
  /x/g, class A {}, function f() {}, Object.create(null), [...Array(120).keys()], 'a%sb', 'text', "it's", ['it\\'s', 'long '.repeat(20)],
  new (class Point { x = 1 })(), { when: new Date(NaN), get now() { return 1 } }, new Uint8Array(3))`;

it('prints values as Node prints them, and says if nothing was printed', async () => {
  const expected: string[] = [];
  const log = (...values: unknown[]) => expected.push(`${format(...values)}\n`);
  new Function('log', `log${PRINTED}; log('%s is %d, %j', 'a', 1.5, { b: 1 });`)(log);
  const { page } = await openEdited(
    `const { log } = console;\nlog${PRINTED};\nlog('%s is %d, %j', 'a', 1.5, { b: 1 });`,
  );
  await runEdited(page);
  expect(await page.locator('.live samp > span').allTextContents()).toEqual(expected);
  await code(page).fill('console.error(1);');
  await runEdited(page);
  expect(await page.locator('.live').textContent()).toContain('It printed nothing.');
  await code(page).fill('console.table([1]);');
  expect(await runEdited(page)).toContain('Cannot call console.table here');
  await page.context().close();
});

/** The highlighted text, by intent. */
const coloured = (page: Page) =>
  page.evaluate(() =>
    Object.fromEntries([...CSS.highlights].map(([intent, ranges]) => [intent, [...ranges].map(String)])),
  );

it('highlights the code while it is typed without changing its text, and removes the highlights on Reset', async () => {
  const { page, faults } = await openEdited("const n = 'a'; // b");
  expect(await coloured(page)).toMatchObject({
    'z-keyword': ['const'],
    'z-string': ["'a'"],
    'z-comment': ['// b'],
    'z-number': [],
  });
  await code(page).focus();
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('return `x${1}');
  expect(await coloured(page)).toMatchObject({
    'z-keyword': ['const', 'return'],
    'z-string': ["'a'", '`x'],
    'z-number': ['1'],
  });
  const drawn = await page.evaluate(
    () => getComputedStyle(document.querySelector('.source code')!, '::highlight(z-keyword)').color,
  );
  expect(drawn).not.toBe(await code(page).evaluate((element) => getComputedStyle(element).color));
  expect(await code(page).locator('span').count()).toBe(0);
  await page.getByRole('button', { name: 'Reset' }).click();
  expect(Object.values(await coloured(page)).flat()).toEqual([]);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('edits and runs without colours if the browser does not support highlights', async () => {
  const { page, faults } = await openPage(browser, SEED);
  await page.evaluate(() => Reflect.deleteProperty(CSS, 'highlights'));
  await page.locator('.edit').first().click();
  await page.getByRole('button', { name: 'Reset' }).waitFor();
  await code(page).fill('console.log(1);');
  expect(await runEdited(page)).toMatch(/^Your version ran/);
  expect(faults).toEqual([]);
  await page.context().close();
});

it.each([
  ['a syntax error', 'const a = 1;\nconst b = ;', /^SyntaxError: Unexpected token \(line 2\)$/],
  [
    'a decorator',
    'const a = 1;\n@b class C {}',
    /^SyntaxError: Cannot run decorator "@b": browsers do not support decorators, use a function call \(line 2\)$/,
  ],
  [
    'a namespace',
    'const a = 1;\nnamespace B { export const c = 1; }',
    /^SyntaxError: Cannot run namespace "B": namespaces are not supported, use an object \(line 2\)$/,
  ],
  [
    'an import that the package does not have',
    "const a = 1;\nimport { WorkOs } from 'authkit-session-helpers';",
    /^SyntaxError: The requested module 'authkit-session-helpers' does not provide an export named 'WorkOs' \(line 2\)$/,
  ],
  [
    'an import of another package',
    "const a = 1;\nimport express from 'express';",
    /^SyntaxError: Cannot import "express": only "authkit-session-helpers" is available here \(line 2\)$/,
  ],
  [
    'an error of the helpers',
    "import { WorkOS } from 'authkit-session-helpers';\nnew WorkOS().userManagement.loadSealedSession({ sessionData: '', cookiePassword: 'too short' });",
    /\(line 2\) short_cookie_password$/,
  ],
])('reports %s with its line', async (_what, text, sentence) => {
  const { page } = await openEdited(text);
  expect(await runEdited(page)).toMatch(sentence);
  const marks = await code(page)
    .locator('[data-out]')
    .evaluateAll((all) => all.map((each) => (each as HTMLElement).dataset['out']?.trim()));
  const name = sentence.source.includes('short_cookie_password') ? 'short_cookie_password' : 'SyntaxError';
  expect(marks.map((mark) => mark?.replace(/^→ /, ''))).toEqual([`✗ ${name}`]);
  await page.context().close();
});

it('copies the edited code, and restores the code, its colours and the copied text on Reset', async () => {
  const { page } = await openPage(browser, SEED, { permissions: ['clipboard-read', 'clipboard-write'] });
  const before = await code(page).innerHTML();
  const copied = async () => {
    // The button may still show the earlier "Copied".
    await page.evaluate(() => navigator.clipboard.writeText(''));
    await page.locator('.code .copy').first().click();
    const read = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(read).not.toBe('');
    return read();
  };
  const whole = await copied();
  await page.locator('.edit').first().click();
  await page.getByRole('button', { name: 'Reset' }).waitFor();
  await code(page).fill('console.log(1);');
  expect(await copied()).toBe('console.log(1);');
  await page.getByRole('button', { name: 'Reset' }).click();
  expect(await code(page).innerHTML()).toBe(before);
  expect(await copied()).toBe(whole);
  await page.context().close();
});

it('opens a link to an edited example without running it', async () => {
  const { page } = await openEdited("console.log('from a link — ü');");
  await page.getByRole('button', { name: 'Link', exact: true }).click();
  await page.getByText('Copied', { exact: true }).first().waitFor();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  await page.context().close();
  const opened = await openPage(browser, link.slice(inject('siteUrl').length));
  await opened.page.getByRole('button', { name: 'Reset' }).waitFor();
  expect(await code(opened.page).textContent()).toBe("console.log('from a link — ü');");
  expect(await opened.page.locator('.live').count()).toBe(0);
  expect(opened.requests.filter((url) => url.endsWith('sandbox.html'))).toEqual([]);
  expect(opened.faults).toEqual([]);
  await opened.page.context().close();
});

const PROOF = /ran on .* when this page was built/;

/** The visible notices and output of the panel. */
const said = (page: Page) => page.locator('.code').first().locator(':is(.notice, .output p, .output samp):visible');

it('says that an example came with a link, and hides the checked output until Reset', async () => {
  const { page: blank } = await openPage(browser, SEED);
  const before = await said(blank).allTextContents();
  expect(before.join()).toMatch(PROOF);
  await blank.context().close();

  const { page } = await openPage(browser, `${SEED}#edit=${SEED_SNIPPET}.${await packText("console.log('other');")}`);
  const notice = page.getByRole('status').filter({ hasText: 'This example came with the link that you opened.' });
  await notice.waitFor();
  expect(await said(page).allTextContents()).toEqual([
    'This example came with the link that you opened. This site has not checked it.',
  ]);
  // Read both at the same moment: the page may still be scrolling.
  const program = await code(page).elementHandle();
  const isAbove = (element: Element, other: Element | null) =>
    element.getBoundingClientRect().top < other!.getBoundingClientRect().top;
  expect(await notice.evaluate(isAbove, program)).toBe(true);
  // The code has focus, so screen readers also read its description.
  expect(await code(page).evaluate((element) => element === document.activeElement)).toBe(true);
  expect(await code(page).getAttribute('aria-describedby')).toBe(await notice.getAttribute('id'));
  await runEdited(page);
  expect((await said(page).allTextContents()).join()).toMatch(/^This example came with the link.*other/s);
  expect((await said(page).allTextContents()).join()).not.toMatch(PROOF);
  expect(await audit(page)).toEqual([]);
  await page.keyboard.type('// ');
  expect(await said(page).allTextContents()).toHaveLength(1);
  await page.getByRole('button', { name: 'Reset' }).click();
  expect(await said(page).allTextContents()).toEqual(before);
  await page.context().close();
});

it('replaces the note about the checked output while the code differs', async () => {
  const { page } = await openPage(browser, SEED);
  const before = await said(page).allTextContents();
  await page.locator('.run').first().click();
  await settledVerdict(page.locator('.code').first());
  await page.locator('.edit').first().click();
  await page.getByRole('button', { name: 'Reset' }).waitFor();
  expect(await page.locator('.live').isVisible()).toBe(true);
  const text = (await code(page).textContent()) ?? '';
  await code(page).fill(`${text}\nconsole.log(1);`);
  const edited = ['Edited, not checked. Reset restores the checked example.'];
  expect(await said(page).allTextContents()).toEqual(edited);
  expect(await page.getByRole('status').filter({ visible: true }).allTextContents()).toEqual(edited);
  await code(page).fill(text);
  expect(await said(page).allTextContents()).toEqual(before);
  await code(page).fill('console.log(1);');
  await page.getByRole('button', { name: 'Reset' }).click();
  expect(await said(page).allTextContents()).toEqual(before);
  await page.context().close();
});

it('shows no results beside the lines after a reset during a run', async () => {
  const { page } = await openPage(browser, SEED);
  const before = await code(page).innerHTML();
  await page.locator('.edit').first().click();
  await page.getByRole('button', { name: 'Reset' }).waitFor();
  await code(page).fill("console.log('early');\nawait new Promise((resolve) => setTimeout(resolve, 500));");
  await page.keyboard.press('Control+Enter');
  await page.getByText('early', { exact: true }).waitFor();
  await page.getByRole('button', { name: 'Reset' }).click();
  await page.locator('.run:not([aria-busy])').first().waitFor();
  expect(await code(page).innerHTML()).toBe(before);
  await page.context().close();
});

it.each([
  '#edit=',
  '#edit=nothing.AAAA',
  '#edit=session-helpers-load-sealed-session.ts.!!',
  '#edit=session-helpers-load-sealed-session.ts.AAAA',
])('does not change the page at %s', async (hash) => {
  const { page, faults } = await openPage(browser, SEED + hash);
  await page.waitForTimeout(200);
  expect(await page.locator('.editing').count()).toBe(0);
  expect(faults).toEqual([]);
  await page.context().close();
});

it('stops an example that uses all memory, reports it, and runs the next one', { timeout: 60_000 }, async () => {
  const small = await launchSmallBrowser();
  try {
    const page = await small.newPage();
    await page.goto(inject('siteUrl') + SEED);
    await page.click('.edit');
    await page.waitForSelector('.editing');
    const runText = async (text: string, settled: string) => {
      await page.$eval('.source code', (element, typed) => (element.textContent = typed), text);
      await page.click('.run');
      await page.waitForFunction(
        (begin) => document.querySelector('.live .output-proof')?.textContent.startsWith(begin),
        { timeout: 20_000 },
        settled,
      );
      return page.$eval('.live .output-proof', (element) => element.textContent);
    };
    expect(await runText('const all: unknown[] = [];\nwhile (true) all.push(new Array(1e6).fill(1));', 'Stopped')).toBe(
      'Stopped: the browser stopped the sandbox, probably out of memory.',
    );
    expect(await runText("console.log('on');", 'Your')).toMatch(/^Your version ran/);
  } finally {
    await small.close();
  }
});

it('loads the editor on the first edit, within its byte budget', async () => {
  const { page, requests } = await openEdited("console.log('small');");
  await runEdited(page);
  const fetched = [
    ...new Set(
      requests
        .slice(1)
        .filter((url) => url.startsWith('http'))
        .map((url) => new URL(url).pathname),
    ),
  ];
  expect(fetched).toContain('/scripts/edit.js');
  const files = await Promise.all(fetched.map((path) => readFile(join(inject('siteFolder'), path))));
  expect(files.reduce((sum, file) => sum + brotliCompressSync(file).length, 0)).toBeLessThanOrEqual(
    FIRST_EDIT_BYTES_MAX,
  );
  await page.context().close();
});

it('shows its buttons in one row below the title on a phone', async () => {
  const { page } = await openPage(browser, SEED, { viewport: { width: 390, height: 844 } });
  await page.locator('.edit').first().click();
  await page.getByRole('button', { name: 'Reset' }).waitFor();
  const tops = await page
    .locator('.editing .code-head button:visible')
    .evaluateAll((all) => all.map((button) => button.getBoundingClientRect().top));
  expect([tops.length, new Set(tops).size]).toEqual([4, 1]);
  const title = await page.locator('.editing .code-title').boundingBox();
  expect(title!.y + title!.height).toBeLessThan(tops[0]!);
  await page.context().close();
});
