import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Finding } from '../findings/index.ts';
import type { ErrorCatalogue } from '../options/index.ts';
import { readPage } from '../pages/index.ts';
import { type LinkedPage, checkFacts, packageFolders } from './index.ts';
import { passagesOfComments } from './passages.ts';
import { measure, quantitiesOf } from './quantities.ts';

const CODE = `/** Keys are fresh for 10 minutes. */
export const FRESH_MS = 10 * 60_000;
export function loadKeys({ retries = 3 }) {
  return { retryable: true, route: 'GET /keys', cookie: 'Max-Age=0', code: 'busy' };
}
app.post('/sign-out', loadKeys, { client: ['gone', 'late', 'key_old'], port: { type: 'string' } });
const PORT = 4010;

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
    says: [It needs Node 20.20]
  - because: the vendor says so
    says: [for 30 seconds, since 1970, 'a third larger, and a hundred lines']
statements:
  - from: code.ts "app.post('/sign-out', loadKeys"
    says:
      - To end it, send POST /sign-out
      - "for 30 seconds\\n  B-->>A: busy"
      - Without a retry
      - Express | with-express | load_keys
  - from: code.ts "retries = 3"
    says: ['client.loadKeys() retries | How often']
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

To end it, send POST /sign-out and delete the cookie with \`Max-Age=0\`. \`client.loadKeys()\` throws \`busy\` or \`gone\`,
and never throws \`late\`. When \`loadKeys\` returns \`late\`, wait. A \`busy\` from \`loadKeys\` is rare. Start it with \`npx keys --port 4010\`.

| Call | Codes |
| --- | --- |
| \`loadKeys\` | \`gone\`, \`late\` |

\`\`\`mermaid title="Without a retry"
sequenceDiagram
  participant A as Browser
  participant B as Your server
  A->>B: POST /sign-out, for 30 seconds
  B-->>A: busy
\`\`\`

## Later

It warns with \`key_old\`.
`;
const KEYS = `# Keys

All about them.

<ErrorCatalogue appears="thrown" />

<CodeBlock>
  <CodeBlockTab title="Express" file="with-express" referenceId="load_keys" />
</CodeBlock>
`;
const CATALOGUE: ErrorCatalogue = {
  thrown: ['busy', 'gone'].map((code) => ({ code, meaning: 'It failed.', remedy: 'Wait.' })),
  warned: [{ code: 'key_old', meaning: 'It is old.', remedy: 'Wait.' }],
  returned: [{ code: 'late', meaning: 'It is late.', remedy: 'Wait.' }],
};

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
  /** The description of the parameter of its entry. */
  description?: string;
}

/** What is found after one piece of the text was replaced. */
async function findingsOf(change: Change = {}): Promise<string[]> {
  return (await check(change)).map(({ code, file, line }) => `${code} ${file}:${line}`);
}

async function messagesOf(change: Change): Promise<string[]> {
  return (await check(change)).map(({ message, nearest }) => message + (nearest ? ` (nearest "${nearest}")` : ''));
}

async function check({
  page = ['', ''],
  code = ['', ''],
  ledger = ['', ''],
  keys = ['', ''],
  title = 'client.loadKeys()',
  description = 'How often it tries again.',
}: Change): Promise<Finding[]> {
  await writeFile(join(root, 'code.ts'), CODE.replace(...code));
  await writeFile(join(root, 'facts.yaml'), LEDGER.replace(...ledger));
  const pageOf = (path: string, title: string, text: string, entries: string[]): LinkedPage => ({
    path,
    title,
    description: '',
    tree: readPage(root, `content${path}.mdx`, text, []),
    entries: entries.map((title) => ({
      key: 'loadKeys',
      id: 'load_keys',
      language: 'js',
      title,
      parameters: [{ key: 'options', properties: [{ key: 'retries', description }] }],
      returns: [{ properties: [{ values: [{ text: 'late' }] }] }],
      throws: [{ names: [{ text: 'busy' }, { text: 'gone' }] }],
    })),
  });
  return checkFacts({
    root,
    content: 'content',
    facts: { ledger: 'facts.yaml', code: ['code.ts', 'package.json'], comments: ['code.ts'] },
    sources: ['.'],
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
  ['a limit in a doc comment', { code: ['at most 10', 'at most 5'] }, 'quantity-unbound code.ts:10'],
  ['a unit in a doc comment', { code: ['in milliseconds since', 'in seconds since'] }, 'quantity-unbound code.ts:10'],
  ['a part in words', { page: ['a third larger', 'a tenth larger'] }, 'quantity-unbound content/start.mdx:8'],
  ['a small part in words', { page: ['a third larger', 'a hundredth larger'] }, 'quantity-unbound content/start.mdx:8'],
  ['a large number in words', { page: ['a hundred', 'a thousand'] }, 'quantity-unbound content/start.mdx:8'],
  ['a number in code', { page: ['Max-Age=0', 'Max-Age=1'] }, 'name-unknown content/start.mdx:13'],
  ['a number in a command', { page: ['--port 4010', '--port 3'] }, 'name-unknown content/start.mdx:14'],
  ['a method in prose', { page: ['POST /sign-out and', 'GET /sign-out and'] }, 'route-unknown content/start.mdx:13'],
  ['a method in a diagram', { page: ['POST /sign-out, ', 'GET /sign-out, '] }, 'route-unknown content/start.mdx:24'],
  [
    'a number in a diagram',
    { page: ['for 30 seconds\n  B', 'for 3 seconds\n  B'] },
    'quantity-unbound content/start.mdx:24',
  ],
  ['a path in a diagram', { page: ['A: busy', 'A: Open /sign-up'] }, 'name-unknown content/start.mdx:25'],
  ['a name in a diagram', { page: ['A: busy', 'A: signOut'] }, 'name-unknown content/start.mdx:25'],
  ['a code in a diagram', { page: ['A: busy', 'A: key_old'] }, 'diagram-code-unexplained content/start.mdx:25'],
  ['what a method throws', { page: ['throws `busy`', 'throws `late`'] }, 'method-code-differs content/start.mdx:13'],
  ['a second code', { page: ['or `gone`', 'or `late`'] }, 'method-code-differs content/start.mdx:13'],
  ['what a method returns', { page: ['returns `late`', 'returns `busy`'] }, 'method-code-differs content/start.mdx:14'],
  ['a code from a method', { page: ['A `busy` from', 'A `key_old` from'] }, 'method-code-differs content/start.mdx:14'],
  [
    'a code beside a method',
    { page: ['`gone`, `late`', '`gone`, `key_old`'] },
    'method-code-differs content/start.mdx:18',
  ],
  ['a constant', { code: ['10 * 60', '20 * 60'] }, 'quantity-differs facts.yaml:3'],
  ['a default in the code', { code: ['retries = 3', 'retries = 4'] }, 'quantity-differs facts.yaml:5'],
  ['a source that is not there', { ledger: ['FRESH_MS', 'STALE_MS'] }, 'quantity-differs facts.yaml:3'],
  ['a phrase that no page has', { ledger: ['for 30 s', 'in 30 s'] }, 'fact-unused facts.yaml:9'],
  ['a statement', { page: ['To end it', 'To extend it'] }, 'fact-unused facts.yaml:13'],
  [
    'a statement that is not everywhere',
    { ledger: ['    says:\n      - To end it', '    times: 2\n    says:\n      - To end it'] },
    'fact-unused facts.yaml:14',
  ],
  ['the description of a parameter', { description: 'Whether it tries again.' }, 'fact-unused facts.yaml:18'],
  ['an arrow of a diagram', { page: ['B-->>A: busy', 'A-->>B: busy'] }, 'fact-unused facts.yaml:14'],
  [
    'the order of a diagram',
    {
      page: [
        '  A->>B: POST /sign-out, for 30 seconds\n  B-->>A: busy',
        '  B-->>A: busy\n  A->>B: POST /sign-out, for 30 seconds',
      ],
    },
    'fact-unused facts.yaml:14',
  ],
  ['the title of a diagram', { page: ['Without a retry', 'With a retry'] }, 'fact-unused facts.yaml:15'],
  ['the entry below a title', { keys: ['"load_keys"', '"keys"'] }, 'fact-unused facts.yaml:16'],
  ['the example below a title', { keys: ['with-express', 'plain'] }, 'fact-unused facts.yaml:16'],
  [
    'what confirms a statement',
    { code: ["app.post('/sign-out'", "app.post('/end'"] },
    'statement-unconfirmed facts.yaml:13',
  ],
  [
    'a source without a piece of it',
    { ledger: ['"app.post(\'/sign-out\', loadKeys"', 'FRESH_MS'] },
    'statement-unconfirmed facts.yaml:13',
  ],
  ['a field of the file', { ledger: ['because: the', 'reason: the'] }, 'facts-malformed facts.yaml:8'],
  ['a name', { page: ['`loadKeys` with', '`loadSets` with'] }, 'name-unknown content/start.mdx:10'],
  ['a name that only comments have', { page: ['`curl`', '`forgottenName`'] }, 'name-unknown content/start.mdx:10'],
  ['the value of a field', { page: ['retryable: true', 'retryable: false'] }, 'name-unknown content/start.mdx:10'],
  ['the method of a route', { page: ['GET /keys', 'POST /keys'] }, 'name-unknown content/start.mdx:10'],
  ['a command', { page: ['npm run build', 'npm run built'] }, 'name-unknown content/start.mdx:10'],
  [
    'a script behind options',
    { page: ['npm run build', 'npm --prefix keys run --silent built'] },
    'name-unknown content/start.mdx:10',
  ],
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

it.each<[string, Change, string]>([
  [
    'the word that has changed beside a number',
    { page: ['Node 20.20', 'Bun 20.20'] },
    'Cannot confirm "It needs Bun 20.20": facts.yaml:7 says "It needs Node 20.20", with "Node" instead of "Bun"',
  ],
  [
    'the number that has changed, and the nearest phrase',
    { page: ['needs Node 20.20', 'needs Node 18.20'] },
    'Cannot confirm "18.20" in "needs Node 18.20": facts.yaml does not say where it comes from (nearest "It needs Node 20.20")',
  ],
  [
    'the method that a route has',
    { page: ['POST /sign-out and', 'GET /sign-out and'] },
    'Cannot find the route "GET /sign-out" in the code of this project (nearest "POST /sign-out")',
  ],
  [
    'the number that a name has in code',
    { page: ['Max-Age=0', 'Max-Age=1'] },
    'Cannot find "Max-Age=1" in the code of this project (nearest "Max-Age=0")',
  ],
  [
    'what confirms a statement that has vanished',
    { page: ['To end it', 'To keep it'] },
    'Cannot find "To end it, send POST /sign-out", which code.ts "app.post(\'/sign-out\', loadKeys" confirms, on any page: the nearest text is "To keep it send POST /sign-out" in content/start.mdx:13',
  ],
  [
    'the line of a statement of several that has vanished',
    { page: ['B-->>A: busy', 'B-->>A: gone'] },
    'Cannot find "B-->>A: busy", which code.ts "app.post(\'/sign-out\', loadKeys" confirms, on any page',
  ],
  [
    'that the lines of a statement have another order',
    {
      page: [
        '  A->>B: POST /sign-out, for 30 seconds\n  B-->>A: busy',
        '  B-->>A: busy\n  A->>B: POST /sign-out, for 30 seconds',
      ],
    },
    'Cannot find the lines from "for 30 seconds" to "B-->>A: busy" in this order, which code.ts "app.post(\'/sign-out\', loadKeys" confirms, on any page',
  ],
  [
    'the place of a statement that is no longer everywhere',
    {
      page: ['To end it', 'To keep it'],
      ledger: ['    says:\n      - To end it', '    times: 2\n    says:\n      - To end it'],
    },
    'Cannot find "To end it, send POST /sign-out", which code.ts "app.post(\'/sign-out\', loadKeys" confirms, in 2 places: it is in 0: the nearest text is "To keep it send POST /sign-out" in content/start.mdx:13',
  ],
  [
    'where a phrase that has vanished is now',
    { page: ['for 30 seconds. It', 'for some seconds. It'], ledger: ['for 30 seconds', 'accepts them for 30 seconds'] },
    'Cannot find "accepts them for 30 seconds" on any page: the nearest text is "accepts them for some seconds" in content/start.mdx:7',
  ],
  [
    'where a phrase is now of which little is left, if something is wrong there',
    {
      page: ['for 30 seconds. It', 'for a minute. It'],
      ledger: ['says: [for 30 seconds', 'says: [for 30 seconds. It needs'],
    },
    'Cannot find "for 30 seconds. It needs" on any page: the nearest text is "for a minute It needs" in content/start.mdx:7',
  ],
  [
    'where a name that has vanished is now',
    { page: ['`curl`', '`curls`'] },
    'Cannot find "curl" on any page: the nearest text is "curls" in content/start.mdx:10',
  ],
  [
    'only a name of the other place for a name in the wrong place',
    { page: ['npx keys --port', 'npx keys --PORT'] },
    'Cannot find "--PORT" of "npx keys --PORT 4010" in the code of this project (nearest "--port")',
  ],
])('names %s', async (_, change, expected) => {
  expect(await messagesOf(change)).toContain(expected);
});

it('reads the comments of the package and of its emulator', () => {
  const package_ = { name: 'keys', source: 'code.ts' };
  expect(packageFolders({ root, package: package_, emulator: undefined })).toEqual(['.']);
  expect(packageFolders({ root, package: package_, emulator: join(root, 'src', 'emulator', 'index.ts') })).toEqual([
    '.',
    'src/emulator',
  ]);
});

it('reads paragraphs and options of the text of --help, each at its line', () => {
  const code = 'const A = 1;\nconst HELP = `Usage: keys\n\nLists keys,\nnewest first.\n\n  --all  old ones too\n`;\n';
  const passages = passagesOfComments('cli.ts', code).map(({ text, locate }) => [text, locate(0).line]);
  expect(passages).toEqual([
    ['Usage: keys', 2],
    ['Lists keys, newest first.', 4],
    ['--all  old ones too', 7],
  ]);
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

it.each([
  ['another word', ['To end it', 'To stop it'], 'To stop it, send POST /sign-out'],
  ['more words', ['To end it', 'To end it for good'], 'To end it for good, send POST /sign-out'],
  ['fewer words', ['send POST /sign-out and', 'POST /sign-out and'], 'To end it, POST /sign-out'],
  ['another last word', ['POST /sign-out and', 'POST /keys/end and'], 'To end it, send POST /keys/end'],
] as const)('suggests a statement as a page has it now, with %s', async (_, page, becomes) => {
  const found = await check({ page: [...page], code: ['const PORT', "app.post('/keys/end'); const PORT"] });
  expect(found.flatMap(({ update }) => update ?? [])).toEqual([
    { was: 'To end it, send POST /sign-out', becomes, confirmedBy: 'code.ts "app.post(\'/sign-out\', loadKeys"' },
  ]);
});
