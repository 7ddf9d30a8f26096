import { execFile } from 'node:child_process';
import { cp, glob, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { SECTION_PAGES } from '../bench/generated-page.ts';
import { generateProject } from '../bench/generate-project.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** As many sections more as show whether a page grows with them. */
const MORE_SECTIONS = 3;

let temporary: string;
let small: string;
let large: string;
/** Files of the project's own pages, all but the list of all pages. */
let ownFiles: string[];

async function build(name: string, pages: number): Promise<string> {
  const project = join(temporary, name);
  await generateProject(project, pages);
  // Its programs are those that ran for the site under test, and need not run again.
  await cp(join(ROOT, 'build/snippet-runs.json'), join(project, 'build/snippet-runs.json'));
  await run(process.execPath, ['src/site/build.ts'], { cwd: project, env: { ...process.env, CI: '' } });
  return join(project, 'dist');
}

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), 'scale-'));
  const files = await Array.fromAsync(glob('**/*.html', { cwd: inject('siteFolder') }));
  ownFiles = files.filter((file) => file !== '404.html').sort();
  const own = (await Array.fromAsync(glob('**/*.mdx', { cwd: join(ROOT, 'content') }))).length;
  small = await build('small', own + SECTION_PAGES);
  large = await build('large', own + SECTION_PAGES * (1 + MORE_SECTIONS));
}, 300_000);

afterAll(() => rm(temporary, { recursive: true, force: true }));

it('gives every page the same bytes, whether three sections more are on the site or not', async () => {
  expect(ownFiles.length).toBeGreaterThan(5);
  for (const file of [...ownFiles, 'reference/generated/directory-1/get-directory-1/index.html']) {
    const [atSmall, atLarge] = await Promise.all([small, large].map((dist) => readFile(join(dist, file), 'utf8')));
    expect(atLarge, file).toBe(atSmall);
  }
});

it('draws the pages of every section it was given', async () => {
  const sections = await Array.fromAsync(glob('reference/generated/*/index.html', { cwd: large }));
  expect(sections).toHaveLength(1 + MORE_SECTIONS);
});
