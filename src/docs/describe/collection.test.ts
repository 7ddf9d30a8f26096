/** A collection of 282 generated pages in nine languages: no entry gets lost, and no id is there twice. */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { formatFinding } from '../findings/index.ts';
import { readOptions } from '../options/index.ts';
import type { Property } from '../reference/index.ts';
import { type Content, readContent } from './content.ts';
import { describePages } from './page.ts';
import { type CollectionPage, generateCollection } from './testdata/generate-collection.ts';

const PAGES = 282;
const BUILD = fileURLToPath(new URL('../../../build/', import.meta.url));

let root: string;
let made: CollectionPage[];
let content: Content;

beforeAll(async () => {
  // Here, programs find the types of Node.
  await mkdir(BUILD, { recursive: true });
  root = await mkdtemp(join(BUILD, 'collection-'));
  made = await generateCollection(root, PAGES, 'nowhere');
  const notRun = { go: 'none', java: 'none', php: 'none', dotnet: 'none', curl: 'none' };
  const options = {
    title: 'Things',
    tagline: 'A reference.',
    mark: { filled: 'M1 1h2', lines: 'M1 1' },
    package: { source: 'index.ts' },
    notRun,
  };
  content = await readContent(readOptions(options, root));
}, 60_000);
afterAll(() => rm(root, { recursive: true }));

it('has no findings', () => {
  expect(content.findings.map(formatFinding)).toEqual([]);
});

it('shows every entry in every language, once', () => {
  const shown = new Map(
    content.pages.map(({ path, blocks }) => [
      path,
      blocks.flatMap(({ tabs }) => tabs.flatMap(({ entry }) => (entry ? [entry.anchor] : []))),
    ]),
  );
  for (const { path, entries } of made) {
    expect(shown.get(path)).toHaveLength(entries);
    expect(new Set(shown.get(path)).size).toBe(entries);
  }
  expect([...shown.values()].flat().length).toBeGreaterThan(1_800);
});

it('has no id twice on a page', () => {
  const anchorsOf = (rows: readonly Property[]): string[] =>
    rows.flatMap((row) => [row.anchor, ...anchorsOf(row.properties)]);
  for (const { path, blocks, headings } of content.pages) {
    const tabs = blocks.flatMap((block) => block.tabs);
    const ids = [
      ...headings.map(({ slug }) => slug),
      ...blocks.flatMap(({ id, tabs: own }) => own.map(({ language }) => `${id}.${language}`)),
      ...tabs.flatMap(({ entry }) =>
        entry ? [entry.anchor, ...anchorsOf([...entry.parameters, ...entry.returns, ...entry.properties])] : [],
      ),
    ];
    expect(
      ids.filter((id, index) => ids.indexOf(id) !== index),
      path,
    ).toEqual([]);
  }
});

it('marks every program that was not run, and no other', () => {
  const panels = describePages(content).flatMap(({ blocks }) =>
    blocks.flatMap(({ tabs }) => tabs.flatMap(({ programs }) => programs)),
  );
  const ran = panels.filter(({ note }) => note === undefined).map(({ language }) => language);
  expect([...new Set(ran)].sort()).toEqual(['js', 'python', 'ruby']);
  for (const { snippet, note } of panels) expect(note === undefined).toBe(snippet?.ran === true);
});

it('has sections at every depth', () => {
  const depths = describePages(content).map(({ section }) => section?.ancestors.length ?? 0);
  expect(Math.max(...depths)).toBe(2);
});
