import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { SdkChecker } from '../../typescript/index.ts';
import { checkReference } from './index.ts';

/** An in-memory SDK with one method. */
const DOOR = 'src/sdk/reference-door.ts';
const sdkOf = (method: string) =>
  new Map([
    [
      DOOR,
      [
        'export interface Item { id: string; tags?: string[] }',
        `export declare class Items { ${method} }`,
        'export declare class WorkOS { items: Items }',
      ].join('\n'),
    ],
  ]);
const checker = new SdkChecker({
  root: fileURLToPath(new URL('../../../../', import.meta.url)),
  door: DOOR,
  client: 'WorkOS',
});
afterAll(() => checker.close());

const row = (key: string, type: string, more = '') => `{ key: ${key}, type: '${type}'${more} }`;
const SHAPES: [what: string, method: string, entry: string, codes: string[]][] = [
  [
    'parameters by name',
    'get(a: string, b?: number): void',
    `parameters: [${row('a', 'string')}, ${row('b', 'number', ', optional: true')}]`,
    [],
  ],
  [
    'parameters in another order',
    'get(a: string, b: number): void',
    `parameters: [${row('b', 'number')}, ${row('a', 'string')}]`,
    ['parameter-order-differs'],
  ],
  [
    'a rest parameter as an optional one',
    'get(...a: string[]): void',
    `parameters: [${row('a', 'string[]', ', optional: true')}]`,
    [],
  ],
  [
    'one of several signatures',
    'get(): string; get(a: number): boolean',
    `parameters: [${row('a', 'number')}], returns: [${row('it', 'boolean')}]`,
    [],
  ],
  [
    'none of several signatures',
    'get(): string; get(a: number): boolean',
    `parameters: [${row('a', 'number')}], returns: [${row('it', 'string[]')}]`,
    ['type-differs'],
  ],
  ['an undocumented result', 'get(): string', 'returns: []', ['return-missing']],
  ['a void result', 'get(): Promise<void>', 'parameters: []', []],
  [
    'several rows as the fields of the result',
    'get(): Item',
    `returns: [${row('id', 'string')}, ${row('tags', 'string[]', ', optional: true')}]`,
    [],
  ],
  [
    'the fields of list items',
    'get(): Promise<Item[]>',
    `returns: [${row('it', 'object[]', `, properties: [${row('id', 'number')}]`)}]`,
    ['type-differs', 'field-missing'],
  ],
  ['a list as an object', 'get(): Item[]', `returns: [${row('it', 'object')}]`, ['type-differs']],
  ['a function as an object', 'get(): () => void', `returns: [${row('it', 'object')}]`, ['type-differs']],
  ['a callback', 'get(a: (item: Item) => void): void', `parameters: [${row('a', 'function')}]`, []],
  ['an object as a callback', 'get(a: Item): void', `parameters: [${row('a', 'function')}]`, ['type-differs']],
  ['fewer types than accepted', 'get(a: string | number): void', `parameters: [${row('a', 'string')}]`, []],
  [
    'more types than accepted',
    'get(a: string): void',
    `parameters: [${row('a', 'string | number')}]`,
    ['type-differs'],
  ],
  ['fewer types than returned', 'get(): string | number', `returns: [${row('it', 'string')}]`, ['type-differs']],
  ['a union inside brackets', 'get(): Array<string | number>', `returns: [${row('it', 'Array<string | number>')}]`, []],
  ['never for a parameter', 'get(a: string): void', `parameters: [${row('a', 'never')}]`, ['type-differs']],
  ['undefined by name', 'get(): string | undefined', `returns: [${row('it', 'string | undefined')}]`, []],
  [
    'undefined that is never returned',
    'get(): string',
    `returns: [${row('it', 'string | undefined')}]`,
    ['type-differs'],
  ],
];

function hold(entries: string, sdk: Map<string, string>) {
  const page = { file: 'content/z.mdx', page: '/z', yaml: `reference:\n  js:\n${entries}`, firstLine: 2 };
  return checkReference([page], { checker, edits: sdk }).findings;
}

it.each(SHAPES)('compares %s correctly', (_what, method, entry, codes) => {
  const findings = hold(`    - { key: get, title: items.get(), ${entry} }\n`, sdkOf(method));
  expect(findings.map(({ code }) => code).toSorted()).toEqual(codes.toSorted());
});

it('resolves a documented type in the scope of the changed SDK', () => {
  const entry = `    - { key: get, title: items.get(), returns: [${row('it', 'Later')}] }\n`;
  const later = sdkOf('get(): Later');
  later.set(DOOR, `${later.get(DOOR)}\nexport interface Later { id: string }`);
  expect(hold(entry, sdkOf('get(): Item')).map(({ code }) => code)).toEqual(['type-unreadable']);
  expect(hold(entry, later)).toEqual([]);
  expect(hold(entry, sdkOf('get(): Item')).map(({ code }) => code)).toEqual(['type-unreadable']);
});

it('stops at an entry that contains itself', () => {
  const findings = hold('    - { key: Item, properties: [(Item)] }\n', sdkOf(''));
  expect(findings.map(({ code }) => code)).toEqual(['field-missing', 'field-missing', 'field-surplus']);
});
