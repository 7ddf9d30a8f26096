import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { readPageTree } from '../../pages/index.ts';
import { SdkChecker } from '../../typescript/index.ts';
import { resolveReference } from '../index.ts';
import { addEntry } from './add-entry.ts';
import { checkReference } from './check-reference.ts';

const checker = new SdkChecker({
  root: fileURLToPath(new URL('../testdata/parcels/', import.meta.url)),
  door: 'index.ts',
  client: 'Post',
});
afterAll(() => checker.close());

const SEND = `---
title: Send
reference:
  js:
    - key: send
      id: send
      url: /parcels
      title: parcels.send()

  ruby:
    - { key: send, id: send }
---

Text.
`;
const pages = [readPageTree(SEND, 'content/send.mdx'), readPageTree('# Prices\n', 'content/prices.mdx')];
const add = (name: string, file?: string, given = pages) => addEntry(name, given, checker.read([]), file);

it('writes key, id, url and descriptions, after the other entries of the code', () => {
  const { file, id, text } = add('parcels.forget');
  expect({ file, id }).toEqual({ file: 'content/send.mdx', id: 'forget' });
  expect(text).toBe(
    SEND.replace(
      'title: parcels.send()\n',
      `title: parcels.send()
    - key: forget
      id: forget
      url: /parcels
      description: Forgets a parcel.
      parameters:
        - key: id
          description: The parcel to forget.
`,
    ),
  );
});

it.each([
  ['parcels.find', undefined],
  ['find', undefined],
  ['parcels.find()', 'content/prices.mdx'],
  ['priceOf', 'content/prices.mdx'],
  ['Parcel', 'content/prices.mdx'],
  ['Speed', './content/send.mdx'],
  ['Refused', 'content/send.mdx'],
])('adds an entry for %s that has no finding, and that nothing has to be added to', (name, to) => {
  const { file, id, text } = add(name, to);
  const { frontmatter } = readPageTree(text, file);
  const { findings, comparisons } = checkReference([frontmatter], { checker });
  expect(findings).toEqual([]);
  expect(comparisons.at(-1)?.subject).toBeDefined();
  const entries = resolveReference([frontmatter]).pages.flatMap((page) => page.entries);
  expect(entries.map((entry) => entry.id)).toContain(id);
  expect(text).not.toMatch(/type:|optional:/);
  expect(text).not.toMatch(/title: (?!Send|parcels\.send)/);
});

it('adds frontmatter to a page without any, and keeps its text', () => {
  expect(add('priceOf', 'content/prices.mdx').text).toBe(`---
reference:
  js:
    - key: priceOf
      id: price_of
      url: /prices
      description: The price of a parcel, in cents.
---

# Prices
`);
});

it('adds the language of the code to a page that has other languages, or other frontmatter', () => {
  const ruby = readPageTree('---\nreference:\n  ruby:\n    - key: send\n---\n', 'content/a.mdx');
  expect(add('priceOf', 'content/a.mdx', [ruby]).text).toContain('reference:\n  js:\n    - key: priceOf\n');
  const titled = readPageTree('---\ntitle: A\n---\n', 'content/a.mdx');
  expect(add('priceOf', 'content/a.mdx', [titled]).text).toContain('title: A\nreference:\n  js:\n    - key: priceOf\n');
});

it('gives the entry another id if the page has that one', () => {
  const taken = readPageTree(SEND.replace('id: send\n', 'id: find\n'), 'content/send.mdx');
  expect(add('parcels.find', undefined, [taken]).id).toBe('parcels_find');
});

it.each<[what: string, name: string, file: string | undefined, message: string]>([
  [
    'a misspelt method',
    'parcels.sned',
    undefined,
    'Cannot add "parcels.sned": the package has no public function, method or type with that name (nearest "parcels.send")',
  ],
  ['a method of another owner', 'post.find', undefined, '(nearest "parcels.find")'],
  [
    'an unknown name',
    'xyz',
    undefined,
    'Cannot add "xyz": the package has no public function, method or type with that name',
  ],
  [
    'a documented name',
    'parcels.send',
    undefined,
    'Cannot add "parcels.send": content/send.mdx:5 documents it already',
  ],
  [
    'a name without a page',
    'priceOf',
    undefined,
    'Cannot add "priceOf": no page documents anything of the same kind, expected --page content/….mdx',
  ],
  [
    'an unknown page',
    'priceOf',
    'content/price.mdx',
    'Cannot add "priceOf" to content/price.mdx: no such page (nearest "content/prices.mdx")',
  ],
])('refuses %s', (_what, name, file, message) => {
  expect(() => add(name, file)).toThrow(message);
});

it('refuses a list that has no lines to add to', () => {
  const flow = readPageTree('---\nreference: { js: [{ key: send }] }\n---\n', 'content/a.mdx');
  expect(() => add('priceOf', 'content/a.mdx', [flow])).toThrow(
    'Cannot add "priceOf" to content/a.mdx: expected reference.js with "- key:" on a line of its own',
  );
});
