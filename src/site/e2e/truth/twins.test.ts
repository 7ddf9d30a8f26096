/** Every paragraph, list item and table row of a page is in its HTML, its Markdown, its search entry and llms-full.txt. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, inject, it } from 'vitest';
import type { SearchPage } from '../../../docs/search/index.ts';
import { passagesOfText } from '../../../docs/facts/index.ts';
import { type PageTree, readPages } from '../../../docs/pages/index.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const textOf = (file: string) => readFile(join(inject('siteFolder'), file), 'utf8');

const textOfPart = ({ title, sections }: SearchPage) =>
  [title, ...sections.flatMap(({ heading, lines }) => [heading, ...lines.map(({ text }) => text)])].join('\n');

/** Letters and digits only, so that marks of HTML and Markdown do not matter. */
const squeeze = (text: string) => text.replaceAll(/[^\p{L}\p{N}]+/gu, '');
const squeezeMarkdown = (text: string) => squeeze(text.replaceAll(/\]\([^)]*\)/g, ']'));
const squeezeHtml = (text: string) =>
  squeeze(text.replaceAll(/<(script|style)\b[^]*?<\/\1>|<!--[^]*?-->|<[^>]*>|&[#\w]+;/g, ''));

let pages: PageTree[];
let searchable: Map<string, string>;

beforeAll(async () => {
  pages = await readPages(ROOT);
  const files = await Array.fromAsync(glob('search/*/part-*.json', { cwd: inject('siteFolder') }));
  const parts = await Promise.all(files.map(async (file) => JSON.parse(await textOf(file)) as SearchPage));
  // A long page has several parts.
  searchable = new Map(
    Array.from(
      Map.groupBy(parts, ({ path }) => path),
      ([path, of]) => [path, of.map((part) => squeeze(textOfPart(part))).join(' ')],
    ),
  );
});

/** Pictures have a text of their own in Markdown and in search. */
const missingFrom = (page: PageTree, text: string, without: readonly string[] = []) =>
  passagesOfText(page, without)
    .filter((passage) => !text.includes(squeeze(passage.text)))
    .map(({ text: passage, locate }) => `${page.file}:${locate(0).line} ${passage}`);

it('shows all of its text on the page', async () => {
  expect(pages.length).toBeGreaterThan(20);
  const missing = await Promise.all(
    pages.map(async (page) => missingFrom(page, squeezeHtml(await textOf(`${page.path}/index.html`)))),
  );
  expect(missing.flat()).toEqual([]);
});

it('has all of its text in Markdown, in llms-full.txt and in the file of each language', async () => {
  const files = ['', '.js', '.ruby', '.python'].map((language) => textOf(`llms-full${language}.txt`));
  const full = (await Promise.all(files)).map(squeezeMarkdown);
  for (const page of pages) {
    const twin = squeezeMarkdown(await textOf(page.path === '/' ? 'index.md' : `${page.path}.md`));
    expect(missingFrom(page, twin, ['svg'])).toEqual([]);
    for (const text of full) expect(missingFrom(page, text, ['svg'])).toEqual([]);
  }
});

it('is found by all of its text', () => {
  const lost = pages.flatMap((page) => {
    const { description } = page.frontmatter.values as { description?: unknown };
    const own = `${squeeze(String(description ?? page.lede))}${searchable.get(page.path) ?? ''}`;
    return missingFrom(page, own, ['svg']);
  });
  expect(lost).toEqual([]);
});

it('is listed in llms.txt with its own sentence, or begins it', async () => {
  const list = await textOf('llms.txt');
  const summary = pages.find(({ path }) => path === '/llms');
  expect(
    summary && missingFrom(summary, squeezeMarkdown(list.replace(/^# .*/, summary.headings[0]?.text ?? ''))),
  ).toEqual([]);
  for (const { path, frontmatter, lede } of pages.filter((page) => page.file.startsWith('content/'))) {
    const { description } = frontmatter.values as { description?: unknown };
    const line = list.split('\n').find((each) => path !== '/' && each.includes(`](${path}.md)`));
    if (line !== undefined) expect(squeeze(line)).toContain(squeeze(String(description ?? lede)));
    else expect(['/', '/llms']).toContain(path);
  }
});
