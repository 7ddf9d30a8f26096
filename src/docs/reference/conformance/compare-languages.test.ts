import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { formatFinding } from '../../findings/index.ts';
import { SdkChecker } from '../../typescript/index.ts';
import { CODE, readDeclarations } from '../declared/index.ts';
import { readWritten } from '../resolve.ts';
import { compareLanguages } from './compare-languages.ts';

const checker = new SdkChecker({
  root: fileURLToPath(new URL('../testdata/parcels/', import.meta.url)),
  door: 'index.ts',
  client: 'Post',
});
afterAll(() => checker.close());

const SPELLINGS = {
  ruby: { types: { Keys: 'String' } },
  python: { names: { 'send.items': 'things' }, required: ['priceOf.speed'] },
};

/** Everything written in three languages; js leaves out what the code says. */
const REFERENCE = `reference:
  js:
    - { key: send, id: send }
    - { key: priceOf, id: price_of }
    - { key: Parcel, id: parcel }
  ruby:
    - key: send
      id: send
      title: Parcels.send()
      parameters:
        - key: options
          type: object
          unwrap: true
          properties:
            - { key: address, type: Hash, properties: [{ key: street, type: String }, { key: country, type: String, optional: true }] }
            - { key: items, type: Array<Hash> }
            - { key: speed, type: String, optional: true }
            - { key: api_keys, type: String, optional: true }
            - { key: on_move, type: Proc, optional: true }
      returns:
        - { key: accepted, type: Boolean }
        - { key: parcel, type: Parcel, optional: true }
        - { key: details, type: Hash, optional: true }
        - { key: price_cents, type: Integer, optional: true }
        - { key: reason, type: String, optional: true }
    - key: Parcel
      id: parcel
      properties:
        - { key: id, type: String }
        - { key: address, type: Hash }
        - { key: delivered_at, type: 'String, nil' }
        - { key: labels, type: Hash }
        - { key: return_of, type: Parcel, optional: true }
  python:
    - key: send
      id: send
      title: parcels.send()
      parameters:
        - { key: address, type: dict }
        - { key: things, type: 'list[dict]' }
        - { key: speed, type: str, optional: true }
        - { key: api_keys, type: 'str | list[str]', optional: true }
        - { key: on_move, type: Callable, optional: true }
      returns:
        - { key: accepted, type: bool }
        - { key: parcel, type: Parcel, optional: true }
        - { key: details, type: dict, optional: true }
        - { key: price_cents, type: int, optional: true }
        - { key: reason, type: str, optional: true }
    - key: price_of
      id: price_of
      parameters:
        - { key: grams, type: float }
        - { key: speed, type: str }
      returns:
        - { key: price, type: int }
    - key: Parcel
      id: parcel
      properties:
        - { key: id, type: str }
        - { key: address, type: dict }
        - { key: delivered_at, type: 'str | None' }
        - { key: labels, type: dict }
        - { key: return_of, type: Parcel, optional: true }
`;

function findingsOf(yaml: string): string[] {
  const written = readWritten([{ file: 'content/x.mdx', page: '/x', yaml, firstLine: 2 }]);
  const names = written.entries.filter(({ language }) => language === CODE);
  return compareLanguages(written.entries, readDeclarations(names, checker.read([])), SPELLINGS).map(formatFinding);
}

it('finds no difference where every language says what the code says', () => {
  expect(findingsOf(REFERENCE)).toEqual([]);
});

/** One row changed, in `ruby` or `python`, and the finding. */
const DRIFTS: [language: string, from: string, to: string, code: string, finding: string][] = [
  [
    'ruby',
    'key: api_keys',
    'key: apikeys',
    'surplus',
    '"apikeys" of ruby Parcels.send() does not match the code: found "apikeys"',
  ],
  ['ruby', 'key: accepted', 'key: is_accepted', 'surplus', 'found "is_accepted", expected one of "accepted"'],
  ['ruby', 'key: delivered_at', 'key: deliveredAt', 'nearest', '(nearest "delivered_at")'],
  ['ruby', 'key: country', 'key: land', 'nested', 'found "land", expected one of "street", "country"'],
  [
    'ruby',
    'speed, type: String',
    'speed, type: Integer',
    'type',
    'found the type "Integer", expected "String", as its js type is "string"',
  ],
  ['ruby', 'type: Array<Hash>', 'type: Hash', 'type', 'found the type "Hash", expected "Array<Hash>"'],
  [
    'ruby',
    'type: Array<Hash>',
    'type: Array<String>',
    'type',
    'found the type "Array<String>", expected "Array<Hash>"',
  ],
  [
    'ruby',
    "type: 'String, nil'",
    'type: String',
    'nil',
    'found the type "String", expected "String, nil", as its js type is "string | null"',
  ],
  ['ruby', 'labels, type: Hash', "labels, type: 'Hash, nil'", 'nil', 'found the type "Hash, nil", expected "Hash"'],
  ['ruby', 'accepted, type: Boolean', 'accepted, type: String', 'type', 'found the type "String", expected "Boolean"'],
  ['ruby', 'return_of, type: Parcel', 'return_of, type: Hash', 'entry', 'found the type "Hash", expected "Parcel"'],
  [
    'ruby',
    'parcel, type: Parcel, optional: true',
    'parcel, type: Parcel',
    'optional',
    'found it required, expected it optional',
  ],
  [
    'ruby',
    'items, type: Array<Hash>',
    'items, type: Array<Hash>, optional: true',
    'optional',
    'found it optional, expected it required',
  ],
  [
    'ruby',
    '        - { key: labels, type: Hash }\n',
    '',
    'missing',
    'found no row for "labels", expected "labels", of type "Hash", required',
  ],
  [
    'ruby',
    'unwrap: true',
    'unwrap: true\n          optional: true',
    'options',
    '"options" of ruby Parcels.send() does not match the code: found it optional',
  ],
  [
    'ruby',
    'id: send\n',
    'id: send\n      leftOut: [gone]\n',
    'leftOut',
    'found "gone", expected a name of the js entry',
  ],
  ['python', 'key: things', 'key: items', 'own name', 'found "items", expected one of "address", "things"'],
  ['python', "'str | list[str]'", "'str | list[int]'", 'list', 'found the type "str | list[int]"'],
  ['python', "'str | None'", 'str', 'None', 'found the type "str", expected "str | None"'],
  [
    'python',
    'price_cents, type: int',
    'price_cents, type: str',
    'type',
    'found the type "str", expected "int", as its js type is "number"',
  ],
  [
    'python',
    'speed, type: str, optional: true',
    'speed, type: str',
    'optional',
    'found it required, expected it optional',
  ],
  [
    'python',
    'accepted, type: bool',
    'accepted, type: bool, optional: true',
    'optional',
    'found it optional, expected it required',
  ],
  ['python', 'key: price, type: int', 'key: price, type: dict', 'result', 'found the type "dict", expected "int"'],
  [
    'python',
    'key: price_of',
    'key: priceOf',
    'key',
    'found "priceOf", expected "price_of", as its js entry is "priceOf"',
  ],
  ['python', '        - { key: grams, type: float }\n', '', 'missing', 'found no row for "grams"'],
  [
    'python',
    'key: speed, type: str }',
    'key: speed, type: str, optional: true }',
    'own requirement',
    'found it optional, expected it required',
  ],
  ['python', 'type: Callable', 'type: str', 'function', 'found the type "str", expected "Callable"'],
];

it.each(DRIFTS)('reports a drift of %s: %s → %s (%s)', (language, from, to, _code, finding) => {
  const start = REFERENCE.indexOf(`  ${language}:\n`);
  const at = REFERENCE.indexOf(from, start);
  expect(at).toBeGreaterThan(start);
  const drifted = REFERENCE.slice(0, at) + to + REFERENCE.slice(at + from.length);
  expect(findingsOf(drifted).join('\n')).toContain(finding);
});
