import { readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import type { PageFrontmatter } from '../pages/index.ts';
import { type Entry, type Property, resolveReference } from './index.ts';

async function fixture(name: string, page: string): Promise<PageFrontmatter> {
  const text = await readFile(new URL(`testdata/${name}.mdx`, import.meta.url), 'utf8');
  return { file: `content/${name}.mdx`, page, yaml: text.split(/^---\n/m)[1] ?? '', firstLine: 2 };
}

function outline(rows: readonly Property[], indent: string): string[] {
  return rows.flatMap(({ key, anchor, type, optional, expanded, title, description, properties }) => [
    [
      `${indent}${key}`,
      type.map(({ text, href }) => (href === undefined ? text : `[${text}](${href})`)).join(''),
      [optional && 'optional', expanded && 'expanded', title && `title "${title}"`].filter(Boolean).join(' '),
      description,
      `#${anchor}`,
    ]
      .filter(Boolean)
      .join(' | '),
    ...outline(properties, `${indent}  `),
  ]);
}

function outlineEntry({ language, parameters, returns, properties, ...entry }: Entry): string {
  const groups = Object.entries({ parameters, returns, properties }).filter(([, rows]) => rows.length > 0);
  return [
    `${language} ${entry.key} ${JSON.stringify(entry)}`,
    ...groups.flatMap(([name, rows]) => [`  ${name}`, ...outline(rows, '    ')]),
  ].join('\n');
}

it('resolves every feature of the format', async () => {
  const { pages, findings } = resolveReference([
    await fixture('everything', '/things/all'),
    await fixture('index', '/things'),
  ]);
  expect(findings).toEqual([]);
  const golden = pages.flatMap(({ entries }) => entries.map(outlineEntry)).join('\n\n');
  await expect(`${golden}\n`).toMatchFileSnapshot('testdata/everything.golden.txt');
});

it.each([
  'yes',
  'On',
  'True',
  '~',
  'Null',
  '',
  '017',
  '0o17',
  '0x1F',
  '1_000',
  '1e3',
  '.5',
  '-.inf',
  '2026-11-25',
  '1:30',
  '[&a 1, *a]',
  '{<<: {a: 1}}',
  '!!str 1',
  '"\\x41"',
  '|\n    two\n    lines',
  '>-\n    two\n    lines',
  'a # b',
  "'it''s'",
])('reads %j equally with and without positions', (value) => {
  const yaml = `description: ${value}\n`;
  expect(load(yaml)).toEqual(parse(yaml));
});

const key = fc.stringMatching(/^[A-Za-z_][A-Za-z\d_]{0,8}$/);
const type = fc.constantFrom('string', 'string | null', 'User[]', 'List<User>', '"a" | "b"', 'Map<string, User>', '');
const property: fc.Arbitrary<Record<string, unknown>> = fc.letrec<{ property: Record<string, unknown> }>((tie) => ({
  property: fc.record(
    {
      key,
      type,
      // The generated text may look like an unknown path.
      description: fc.oneof(
        fc.string().filter((text) => !/^\([\w.-]+\)$/.test(text)),
        fc.constantFrom('(texts.known)', '(deprecated in 2)', ''),
      ),
      optional: fc.boolean(),
      unwrap: fc.boolean(),
      expanded: fc.boolean(),
      properties: fc.array(fc.oneof({ maxDepth: 3 }, fc.constant('(User)'), tie('property')), { maxLength: 3 }),
      kept: fc.anything({ maxDepth: 1, withDate: false, withBigInt: false }).filter((value) => value !== undefined),
    },
    { requiredKeys: ['key'] },
  ),
})).property;

const entry = fc.record(
  {
    key,
    id: key,
    title: fc.string(),
    parameters: fc.array(property, { maxLength: 4 }),
    returns: fc.array(fc.oneof(property, fc.constant('(User)')), { maxLength: 4 }),
    properties: fc.array(property, { maxLength: 4 }),
  },
  { requiredKeys: ['key', 'id'] },
);

const languages = fc.constantFrom('js', 'ruby', 'python', 'go', 'java', 'php', 'dotnet', 'curl', 'json', 'zig');

describe('any page of the format', () => {
  const page = fc.dictionary(languages, fc.uniqueArray(entry, { maxLength: 3, selector: ({ id }) => id }), {
    maxKeys: 4,
  });
  const resolve = (reference: Record<string, unknown[]>) => {
    const withUser = Object.entries(reference).map(([language, entries]) => [
      language,
      [{ key: 'User', id: ' user', properties: [{ key: 'id' }] }, ...entries],
    ]);
    const yaml = stringify({ reference: Object.fromEntries(withUser), descriptions: { texts: { known: 'Known.' } } });
    return resolveReference([{ file: 'content/x.mdx', page: '/x', yaml, firstLine: 2 }], { keptFields: ['kept'] });
  };

  it('resolves without a finding', () => {
    fc.assert(
      fc.property(page, (reference) => {
        expect(resolve(reference).findings).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it('keeps every entry, and every row in order', () => {
    fc.assert(
      fc.property(page, (reference) => {
        const { pages } = resolve(reference);
        const written = Object.values(reference).flatMap((entries) =>
          entries.map(({ parameters }) => (parameters ?? []).map((row) => row['key'])),
        );
        const resolved = (pages[0]?.resolved ?? [])
          .filter(({ id }) => id !== ' user')
          .map(({ parameters }) => (parameters ?? []).map((row) => row.key));
        expect(resolved).toEqual(written);
      }),
      { numRuns: 200 },
    );
  });

  it('gives every row of an entry a unique anchor', () => {
    const anchors = (rows: readonly Property[]): string[] =>
      rows.flatMap((row) => [row.anchor, ...anchors(row.properties)]);
    fc.assert(
      fc.property(page, (reference) => {
        for (const { parameters, returns, properties } of resolve(reference).pages[0]?.entries ?? []) {
          const all = anchors([...parameters, ...returns, ...properties]);
          expect(new Set(all).size).toBe(all.length);
        }
      }),
      { numRuns: 200 },
    );
  });
});
