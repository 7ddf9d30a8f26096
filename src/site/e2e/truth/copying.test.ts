import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile, mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../../../emulator/index.ts';
import { type Snippet, compareOutput, readSnippets, runSnippets } from '../../../docs/snippets/index.ts';
import { readPages } from '../../../docs/pages/index.ts';
import { siteProject } from '../../docs-options.ts';
import { launchBrowser } from '../browser.ts';
import { NIGHTLY, type WatchedPage, pagePaths, visitPages } from '../pages.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
/** As the packages that hold Node's binaries are named. */
const PLATFORM = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');

/** Compiler options of a strict project. */
const READER_TSCONFIG = {
  compilerOptions: {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    noEmit: true,
    types: ['node'],
    erasableSyntaxOnly: true,
    verbatimModuleSyntax: true,
  },
};

let folder: string;
let browser: Browser;
let emulator: RunningEmulator;
const copied = new Map<string, string>();
const packed: string[] = [];
/** What the buttons of code fences copied, and the text above them. */
const fences: { path: string; text: string; shown: string }[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'copied-'));
  [browser, emulator] = await Promise.all([launchBrowser(), startEmulator(), installPackedSdk(folder)]);
  const copyAll = async ({ page }: WatchedPage, path: string) => {
    for (const { text, shown } of await page.evaluate(copyEverything)) {
      if (shown === undefined) copied.set(text, path);
      else fences.push({ path, text, shown });
    }
  };
  await visitPages(browser, await pagePaths(), copyAll, { permissions: ['clipboard-read', 'clipboard-write'] });
});

afterAll(async () => {
  await Promise.all([browser?.close(), emulator?.close()]);
  await rm(folder, { recursive: true, force: true });
});

/** Presses every button that copies code, and reads the clipboard. For a fence, also the text above the button. */
async function copyEverything(): Promise<{ text: string; shown: string | undefined }[]> {
  const all: { text: string; shown: string | undefined }[] = [];
  for (const button of document.querySelectorAll<HTMLElement>('.code:not(.response, .install .code) .copy')) {
    const tab = button.closest('.tab');
    const block = tab?.parentElement;
    const index = [...(block?.querySelectorAll(':scope > .tab') ?? [])].indexOf(tab!);
    block?.querySelectorAll<HTMLInputElement>('.tabs input')[index]?.click();
    button.click();
    while (button.textContent !== 'Copied') await new Promise((resolve) => setTimeout(resolve, 5));
    const shown = button.closest('.fence')?.querySelector('pre')?.innerText;
    all.push({ text: await navigator.clipboard.readText(), shown });
  }
  return all;
}

/** An empty folder with only the packed SDK, the packages that snippets need, and Node's type declarations. */
async function installPackedSdk(into: string): Promise<void> {
  const { stdout } = await run('npm', ['pack', './build/sdk', '--json', '--pack-destination', into], { cwd: ROOT });
  const [{ filename, files }] = JSON.parse(stdout.slice(stdout.indexOf('['))) as [
    { filename: string; files: { path: string }[] },
  ];
  packed.push(...files.map(({ path }) => path));
  await writeFile(join(into, 'package.json'), JSON.stringify({ private: true, type: 'module' }));
  const node = NIGHTLY ? [`node-${PLATFORM}@22`] : [];
  await run('npm', ['install', '--prefer-offline', '--no-audit', '--no-fund', `./${filename}`, ...node], { cwd: into });
  await mkdir(join(into, 'node_modules/@types'), { recursive: true });
  for (const name of ['@types/node', 'undici-types'])
    await symlink(join(ROOT, 'node_modules', name), join(into, 'node_modules', name));
  await linkNeeded(into);
  await writeFile(join(into, 'tsconfig.json'), JSON.stringify(READER_TSCONFIG));
}

/** The packages that snippets tell readers to install. */
async function linkNeeded(into: string): Promise<void> {
  const needed = new Set(programs.flatMap(({ directives }) => directives.needs?.packages ?? []));
  for (const name of needed) {
    const link = join(into, 'node_modules', name);
    await mkdir(dirname(link), { recursive: true });
    await symlink(join(ROOT, 'node_modules', name), link);
  }
}

function snippetOf(text: string): Snippet | undefined {
  return snippets.find((snippet) => snippet.copyText === text);
}

const { snippets } = await readSnippets(siteProject());
const programs = snippets.filter((snippet) => snippet.language === 'js');
/** Those that run without anything but Node. */
const runnable = programs.filter(({ directives }) => !directives.noRun);
const node22 = () => join(folder, `node_modules/node-${PLATFORM}/bin/node`);

it('copies every snippet of the site exactly as in its file', () => {
  expect([...copied.keys()].map((text) => snippetOf(text)?.id)).not.toContain(undefined);
  expect([...copied.keys()].map((text) => snippetOf(text)?.id).sort()).toEqual(snippets.map(({ id }) => id).sort());
});

it('copies every code fence of the pages as its page wrote it', async () => {
  expect(fences.length).toBeGreaterThan(5);
  const pages = await readPages(ROOT, 'content');
  // Diagrams are drawn.
  const written = pages.flatMap(({ path, fences: ofPage }) =>
    ofPage.filter(({ language }) => language !== 'mermaid').map(({ text }) => ({ path, text })),
  );
  expect(fences.map(({ path, text }) => ({ path, text }))).toEqual(
    expect.arrayContaining(written.filter(({ path }) => fences.some((each) => each.path === path))),
  );
  for (const { text, shown } of fences) expect(shown.trim()).toBe(text.trim());
});

it('type-checks every copied snippet with only the package and the packages that the snippet names installed', async () => {
  for (const text of copied.keys()) await writeFile(join(folder, snippetOf(text)?.id ?? 'unknown.ts'), text);
  const { stdout } = await run(process.execPath, [TSC, '-p', folder]).catch((error: { stdout: string }) => error);
  expect(stdout).toBe('');
});

// The nightly run starts each in a process of its own, on Node 22, too.
it('copies snippets that print what the page shows, with the packed package', async () => {
  const shown = snippets.filter(({ directives }) => !directives.noRun && !directives.native && !directives.standalone);
  await mkdir(join(folder, 'snippets'));
  for (const { id, copyText } of shown) await writeFile(join(folder, 'snippets', id), copyText);
  const project = { ...siteProject(), root: folder };
  const { snippets: read, findings } = await readSnippets(project);
  const { runs, findings: differences } = await runSnippets(read, { project });
  expect([...findings, ...differences]).toEqual([]);
  expect(runs.map(({ snippet }) => snippet.id).sort()).toEqual(shown.map(({ id }) => id).sort());
});

describe.runIf(NIGHTLY).each([
  ['Node 22', node22],
  ['Node 24', () => process.execPath],
] as const)('on %s', (_name, executable) => {
  it.each(runnable.map(({ id }) => id))('the copied %s prints what the page shows', async (id) => {
    const snippet = programs.find((each) => each.id === id);
    await writeFile(join(folder, id), snippet?.copyText ?? '');
    const { stdout } = await run(executable(), ['--disable-warning=ExperimentalWarning', id], {
      cwd: folder,
      env: { PATH: process.env['PATH'], ...(await emulator.issueEnvironment()) },
      timeout: 30_000,
    });
    const printed = stdout === '' ? [] : stdout.replace(/\n$/, '').split('\n');
    expect(compareOutput(snippet?.expectation ?? [], printed)).toBeUndefined();
  });
});

it('packs only JavaScript, declarations, the README and the licence', async () => {
  expect(packed).toEqual(
    expect.arrayContaining(['README.md', 'LICENSE', 'index.js', 'index.cjs', 'index.d.ts', 'index.d.cts']),
  );
  const unexpected = packed.filter(
    (path) =>
      !/^((index|emulator|bin|part-\w+)\.(js|cjs|d\.ts|d\.cts)|package\.json|README\.md|LICENSE|THIRD-PARTY-LICENSES)$/.test(
        path,
      ),
  );
  expect(unexpected).toEqual([]);
  const readme = await readFile(join(folder, 'node_modules/authkit-session-helpers/README.md'), 'utf8');
  expect(readme).toContain("from 'authkit-session-helpers'");
});
