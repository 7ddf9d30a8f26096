import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ErrorCatalogue } from '../options/index.ts';
import { readPage } from '../pages/index.ts';
import { type LinkedPage, checkFacts } from './index.ts';
import { measure, quantitiesOf } from './quantities.ts';

const CODE = `/** Keys are fresh for 10 minutes. */
export const FRESH_MS = 10 * 60_000;
export function loadKeys({ retries = 3 }) {
  return { retryable: true, route: 'GET /keys', code: 'busy' };
}

export interface Limits {
  /** How many keys, at most 10. Times are in milliseconds since 1970 (RFC 7517, section 5). */
  readonly limit: 10;
  nowMs: number;
}

/** Not exported, so 77 does not matter. */
function compare() {}
// only a comment names forgottenName
`;
const LEDGER = `quantities:
  - from: code.ts FRESH_MS
    says: [fresh for 10 minutes]
  - from: code.ts "retries = 3"
    says: [Defaults to 3]
  - from: package.json engines.node
    says: [Node 20.20]
  - because: the vendor says so
    says: [for 30 seconds, since 1970, 'a third larger, and a hundred lines']
names:
  - because: a command of the machine
    names: [curl]
links:
  - says: See how
    leads: /keys
`;
const PAGE = `---
descriptions:
  retries: How often. Defaults to 3.
---
# Start

The keys are fresh for 10 minutes and the API accepts them for 30 seconds. It needs Node 20.20.
A sealed key is a third larger, and a hundred lines of code read it. A third key comes more often.

Call \`loadKeys\` with \`curl\`, or \`GET /keys\`; then \`retryable: true\`. \`npm run build\` runs \`code.ts\`. [See how](/keys),
[\`busy\`](/keys#busy), [\`loadKeys\`](/keys) or [Keys](/keys).
`;
const KEYS = `# Keys

All about them.

<ErrorCatalogue appears="thrown" />

<CodeBlock>
  <CodeBlockTab title="Express" file="with-express" />
</CodeBlock>
`;
const CATALOGUE: ErrorCatalogue = { thrown: [{ code: 'busy', meaning: 'It is busy.', remedy: 'Wait.' }] };

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'facts-'));
  await writeFile(
    join(root, 'package.json'),
    JSON.stringify({
      name: 'keys',
      scripts: { build: 'node code.ts' },
      engines: { node: '>=20.20' },
      devDependencies: { express: '5.0.0' },
    }),
  );
});
afterAll(() => rm(root, { recursive: true }));

interface Change {
  page?: [was: string, becomes: string];
  code?: [was: string, becomes: string];
  ledger?: [was: string, becomes: string];
  /** Of the other page. */
  keys?: [was: string, becomes: string];
  /** The title of its entry. */
  title?: string;
}

/** What is found after one piece of the text was replaced. */
async function findingsOf({
  page = ['', ''],
  code = ['', ''],
  ledger = ['', ''],
  keys = ['', ''],
  title = 'client.loadKeys()',
}: Change = {}): Promise<string[]> {
  await writeFile(join(root, 'code.ts'), CODE.replace(...code));
  await writeFile(join(root, 'facts.yaml'), LEDGER.replace(...ledger));
  const pageOf = (path: string, title: string, text: string, entries: string[]): LinkedPage => ({
    path,
    title,
    description: '',
    tree: readPage(root, `content${path}.mdx`, text, []),
    entries: entries.map((title) => ({ key: 'loadKeys', id: 'load_keys', language: 'js', title })),
  });
  const findings = checkFacts({
    root,
    content: 'content',
    facts: { ledger: 'facts.yaml', code: ['code.ts', 'package.json'], comments: ['code.ts'] },
    source: '.',
    pages: [
      pageOf('/start', 'Start', PAGE.replace(...page), []),
      pageOf('/keys', 'Keys', KEYS.replace(...keys), [title]),
    ],
    catalogue: CATALOGUE,
    programs: new Map([
      ['with-express', "import express from 'express';"],
      ['plain', ''],
    ]),
  });
  return findings.map(({ code: id, file, line }) => `${id} ${file}:${line}`);
}

it('finds nothing if the code confirms every number, name and link', async () => {
  expect(await findingsOf()).toEqual([]);
});

it.each<[string, Change, string]>([
  ['a number in prose', { page: ['10 minutes', '5 minutes'] }, 'quantity-unbound content/start.mdx:7'],
  ['a unit in prose', { page: ['30 seconds', '30 minutes'] }, 'quantity-unbound content/start.mdx:7'],
  ['a version', { page: ['20.20', '18.20'] }, 'quantity-unbound content/start.mdx:7'],
  ['a default in a description', { page: ['Defaults to 3', 'Defaults to 5'] }, 'quantity-unbound content/start.mdx:3'],
  ['a number in a doc comment', { code: ['for 10 min', 'for 1 min'] }, 'quantity-unbound code.ts:1'],
  ['a limit in a doc comment', { code: ['at most 10', 'at most 5'] }, 'quantity-unbound code.ts:8'],
  ['a unit in a doc comment', { code: ['in milliseconds since', 'in seconds since'] }, 'quantity-unbound code.ts:8'],
  ['a part in words', { page: ['a third larger', 'a tenth larger'] }, 'quantity-unbound content/start.mdx:8'],
  ['a large number in words', { page: ['a hundred', 'a thousand'] }, 'quantity-unbound content/start.mdx:8'],
  ['a constant', { code: ['10 * 60', '20 * 60'] }, 'quantity-differs facts.yaml:3'],
  ['a default in the code', { code: ['retries = 3', 'retries = 4'] }, 'quantity-differs facts.yaml:5'],
  ['a source that is not there', { ledger: ['FRESH_MS', 'STALE_MS'] }, 'quantity-differs facts.yaml:3'],
  ['a phrase that no page has', { ledger: ['for 30 s', 'in 30 s'] }, 'fact-unused facts.yaml:9'],
  ['a field of the file', { ledger: ['because: the', 'reason: the'] }, 'facts-malformed facts.yaml:8'],
  ['a name', { page: ['`loadKeys` with', '`loadSets` with'] }, 'name-unknown content/start.mdx:10'],
  ['a name that only comments have', { page: ['`curl`', '`forgottenName`'] }, 'name-unknown content/start.mdx:10'],
  ['the value of a field', { page: ['retryable: true', 'retryable: false'] }, 'name-unknown content/start.mdx:10'],
  ['the method of a route', { page: ['GET /keys', 'POST /keys'] }, 'name-unknown content/start.mdx:10'],
  ['a command', { page: ['npm run build', 'npm run built'] }, 'name-unknown content/start.mdx:10'],
  ['a file', { page: ['`code.ts`', '`cod.ts`'] }, 'name-unknown content/start.mdx:10'],
  ['a link of an error code', { page: ['#busy', ''] }, 'link-misleads content/start.mdx:11'],
  [
    'a link of a method',
    { page: ['[`loadKeys`](/keys)', '[`loadKeys`](/start)'] },
    'link-misleads content/start.mdx:11',
  ],
  ['a link of a title', { page: ['[Keys](/keys)', '[Keys](/start)'] }, 'link-misleads content/start.mdx:11'],
  ['a tab', { keys: ['with-express', 'plain'] }, 'tab-title-differs content/keys.mdx:8'],
  ['the title of an entry', { title: 'client.loadKey()' }, 'entry-title-differs content/keys.mdx:1'],
])('reports %s that is wrong, at its place', async (_, change, expected) => {
  expect(await findingsOf(change)).toContain(expected);
});

it('tells numbers and units from words that look like them', () => {
  expect(
    quantitiesOf('A second factor, twice in 24 hours, at `port` 80 (default 8), a few minutes').map((q) => q.text),
  ).toEqual(['twice', '24 hours', '80', 'default 8', 'minutes']);
});

it.each([
  ['for 24 hours', 86_400_000],
  ['half a second', 500],
  ['ten minutes', 600_000],
  ['over 4,096 bytes', 4_096],
  ['a free one (default 4010)', 4_010],
])('measures %j', (phrase, value) => {
  expect(measure(phrase)?.value).toBe(value);
});
