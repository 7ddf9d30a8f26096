import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import type { PageFrontmatter } from '../../pages/index.ts';
import { SdkChecker } from '../../typescript/index.ts';
import { type Entry, type Property, groupRows } from '../index.ts';
import { readWritten } from '../resolve.ts';
import { type HasEntry, fillEntries, readDeclarations } from './index.ts';

const checker = new SdkChecker({
  root: fileURLToPath(new URL('../testdata/parcels/', import.meta.url)),
  door: 'index.ts',
  client: 'Post',
});
afterAll(() => checker.close());

const SPELLINGS = {
  ruby: { names: { 'forget.id': 'parcel_id' }, types: { Keys: 'String' } },
  python: { types: { Keys: 'str' }, required: ['priceOf.speed'] },
};

/** The entries of one page with this reference. */
function describe(yaml: string, hasEntry?: HasEntry): Entry[] {
  const page: PageFrontmatter = { file: 'content/x.mdx', page: '/x', yaml: `reference:\n${yaml}`, firstLine: 2 };
  const written = readWritten([page]);
  const declared = readDeclarations(
    written.entries.filter(({ language }) => language === 'js'),
    checker.read([]),
  );
  const hrefOfCode = (code: string) => (code === 'too_heavy' ? '/errors#too_heavy' : undefined);
  const { pages, findings } = written.describe(fillEntries(written.entries, declared, SPELLINGS, hasEntry), hrefOfCode);
  expect(findings).toEqual([]);
  return pages[0]?.entries ?? [];
}

function outline(rows: readonly Property[], indent: string): string[] {
  return groupRows(rows).flatMap(({ when, rows: group }) => [
    ...(when ? [`${indent}when ${when.name} is ${when.values.join(' or ')}`] : []),
    ...group.flatMap(({ key, type, values = [], optional, description, properties }) => [
      [
        `${indent}${when ? '  ' : ''}${key}${optional ? '?' : ''}: ${type.map(({ text, href }) => (href ? `[${text}]` : text)).join('')}`,
        values.map(({ text, href }) => (href ? `[${text}]` : text)).join('/'),
        description,
      ]
        .filter(Boolean)
        .join(' | '),
      ...outline(properties, `${indent}${when ? '  ' : ''}  `),
    ]),
  ]);
}

function outlineEntry({ language, signature, throws = [], parameters, returns, properties }: Entry): string {
  const groups = Object.entries({ parameters, returns, properties }).filter(([, rows]) => rows.length > 0);
  return [
    `${language} ${signature}`,
    ...groups.flatMap(([name, rows]) => [`  ${name}`, ...outline(rows, '    ')]),
    ...throws.map(({ names, description }) => `  throws ${names.map(({ text }) => text).join(', ')}: ${description}`),
  ].join('\n');
}

const LEFT_OUT = `  js:
    - { key: send, id: send }
    - { key: find, id: find, parameters: [{ key: address }, { key: limit }] }
    - { key: forget, id: forget }
    - { key: priceOf, id: price_of }
    - { key: Parcel, id: parcel }
    - { key: Speed, id: speed }
    - { key: Post, id: post }
  ruby:
    - { key: send, id: send, leftOut: [on_move] }
    - { key: find, id: find }
    - { key: forget, id: forget }
    - { key: Parcel, id: parcel }
  python:
    - { key: send, id: send, leftOut: [on_move] }
    - { key: price_of, id: price_of }
    - { key: Parcel, id: parcel }
`;

it('fills in everything that entries leave out, in every language', async () => {
  const golden = describe(LEFT_OUT).map(outlineEntry).join('\n\n');
  await expect(`${golden}\n`).toMatchFileSnapshot('../testdata/parcels/left-out.golden.txt');
});

const rowsOf = (yaml: string, group: 'parameters' | 'returns' = 'parameters') =>
  describe(`  js:\n    - ${yaml}\n`).flatMap((entry) => outline(entry[group], ''));

it.each<[what: string, yaml: string, group: 'parameters' | 'returns', rows: string[]]>([
  [
    'types and optionality of rows that only have a key',
    '{ key: find, title: parcels.find(), parameters: [{ key: address, description: Where to. }, { key: limit }] }',
    'parameters',
    [
      'address: Address | Where to.',
      '  street: string | Street and number.',
      '  country?: string | The country, if it is another one.',
      'limit?: number',
    ],
  ],
  [
    'the object that written options belong to',
    '{ key: forget, title: parcels.forget(), parameters: [{ key: id, description: Which. }] }',
    'parameters',
    ['id: string | Which.'],
  ],
  [
    'the fields of a single result',
    '{ key: send, title: parcels.send(), returns: [{ key: reason, description: Why. }] }',
    'returns',
    ['when accepted is false', '  reason: string | no_such_country/[too_heavy] | Why.'],
  ],
  ['nothing where a list is empty', '{ key: send, title: parcels.send(), parameters: [] }', 'parameters', []],
  [
    'nothing where the code has no such name',
    '{ key: forget, title: parcels.forget(), parameters: [{ key: id }, { key: gone }] }',
    'parameters',
    ['id: string', 'gone: '],
  ],
  [
    'the fields that leftOut does not name',
    '{ key: priceOf, leftOut: [speed] }',
    'parameters',
    ['grams: number', 'speed?: string | fast/slow'],
  ],
])('fills in %s', (_what, yaml, group, rows) => {
  expect(rowsOf(yaml, group)).toEqual(rows);
});

it.each<[what: string, type: string, shown: string]>([
  ['a type that is written', "'string | readonly string[]'", 'apiKeys?: string | readonly string[]'],
  ['what the code accepts besides', 'string', 'apiKeys?: string | readonly string[]'],
  ['a type that the code does not have', 'number', 'apiKeys?: number'],
])('shows %s', (_what, type, shown) => {
  const rows = rowsOf(
    `{ key: send, title: parcels.send(), parameters: [{ key: apiKeys, type: ${type}, optional: true }] }`,
  );
  expect(rows).toEqual([shown]);
});

it('keeps an entry that the code does not declare', () => {
  expect(rowsOf('{ key: gone, title: parcels.gone(), parameters: [{ key: id }] }')).toEqual(['id: ']);
});

it('shows the fields of a type unless a page shows an entry of it', () => {
  const yaml =
    '  js:\n    - { key: send, title: parcels.send(), leftOut: [labels, returnOf] }\n    - { key: Parcel }\n';
  const parcel = (hasEntry?: HasEntry) =>
    describe(yaml, hasEntry)[0]
      ?.returns.find(({ key }) => key === 'parcel')
      ?.properties.map(({ key }) => key);
  expect(parcel()).toEqual([]);
  expect(parcel(() => false)).toEqual(['id', 'address', 'deliveredAt']);
});
