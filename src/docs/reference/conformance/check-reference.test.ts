import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { formatFinding } from '../../findings/index.ts';
import { type PageFrontmatter, readPages } from '../../pages/index.ts';
import { CODE, type FilledEntry, type FilledRow, fillEntries, readDeclarations } from '../declared/index.ts';
import { type Property, formatComparisons, checkReference, resolveReference } from '../index.ts';
import { shownRows } from '../resolved-entry.ts';
import { readWritten } from '../resolve.ts';
import { SdkChecker } from '../../typescript/index.ts';
import { fileURLToPath } from 'node:url';
import { nightly } from '../../../sdk/testdata/effort.ts';
import { siteProject } from '../../../site/docs-options.ts';
import { type RowTruth, driftsOfReference, truthKey } from './testdata/drifts-of-reference.ts';
import { driftsOfSdk } from './testdata/drifts-of-sdk.ts';

const PROJECT_ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const { spellings } = siteProject();
const pages = (await readPages(PROJECT_ROOT)).map(({ frontmatter }) => frontmatter);
const entries = resolveReference(pages).pages.flatMap((page) =>
  page.entries.filter(({ language }) => language === 'js'),
);
const sdkDrifts = await driftsOfSdk();
/** Tests a fraction of the drifts, of every kind; the nightly run tests all. */
const SHARE = nightly ? 1 : 4;
const shareOf = <Drift>(drifts: readonly Drift[]) => drifts.filter((_, index) => index % SHARE === 0);
const checker = new SdkChecker({ root: PROJECT_ROOT, door: 'src/sdk/index.ts', client: 'WorkOS' });
afterAll(() => checker.close());
const referenceDrifts = driftsOfReference(pages, truthsOf(fill(pages)));

/** The entries in the language of the code, filled in. */
function fill(given: readonly PageFrontmatter[], edits?: ReadonlyMap<string, string>): FilledEntry[] {
  const written = readWritten(given);
  const names = written.entries.filter(({ language }) => language === CODE);
  const filled = fillEntries(written.entries, readDeclarations(names, checker.read([], edits)), spellings);
  return filled.filter(({ language }) => language === CODE);
}

function truthsOf(filled: readonly FilledEntry[]): Map<string, RowTruth> {
  const truths = new Map<string, RowTruth>();
  const collect = (title: string, group: string, rows: readonly FilledRow[], above: readonly string[]) => {
    for (const { key, type, optional, rows: inner } of shownRows(rows)) {
      truths.set(truthKey(title, group, [...above, key]), { type, optional });
      collect(title, group, inner, [...above, key]);
    }
  };
  for (const { title, parameters, returns, properties } of filled)
    for (const [group, rows] of Object.entries({ parameters, returns, properties })) collect(title, group, rows, []);
  return truths;
}

/** The pages that declare the entries with these titles. */
function pagesOf(titles: readonly string[]): PageFrontmatter[] {
  const paths = entries.filter(({ title }) => titles.includes(title)).map(({ page }) => page);
  return pages.filter(({ page }) => paths.includes(page));
}

/** The other pages whose rows this one shows by symbol. */
function pagesNamedBy({ page, yaml }: PageFrontmatter): PageFrontmatter[] {
  const symbols = new Set([...yaml.matchAll(/^ *- \((\w+)[.)]/gm)].map(([, key]) => key));
  const paths = entries.filter(({ key }) => symbols.has(key)).map((entry) => entry.page);
  return pages.filter((each) => each.page !== page && paths.includes(each.page));
}

function countShown(rows: readonly Property[]): number {
  return rows.reduce((count, { properties }) => count + 1 + countShown(properties), 0);
}

it('finds no difference between the real pages and the real SDK', () => {
  const { comparisons, findings } = checkReference(pages, { checker, whole: true, spellings });
  expect(findings.map(formatFinding)).toEqual([]);
  expect(comparisons.map(({ title }) => title)).toEqual(entries.map(({ title }) => title));
  expect(comparisons.map(({ title, subject }) => [title, subject])).toEqual(
    expect.arrayContaining([
      ['User', 'User'],
      ['session.authenticate()', 'SealedSession.authenticate'],
      ['userManagement.loadSealedSession()', 'WorkOS.userManagement.loadSealedSession'],
    ]),
  );
});

it('reports every function and method that no page documents', () => {
  const path = '/reference/authkit/session-helpers/get-logout-url';
  const others = pages.filter(({ page }) => page !== path);
  const missing = (edits?: ReadonlyMap<string, string>) =>
    checkReference(others, { checker, whole: true, spellings, ...(edits && { edits }) }).findings.map(
      ({ code, file, message }) => [code, file, message.split(':')[0]],
    );
  const messages = [
    ['entry-missing', 'src/sdk/results/session-result.ts', 'Cannot find the reference of SealedSession.getLogOutUrl'],
    ['entry-missing', 'src/sdk/results/session-result.ts', 'Cannot find the reference of SealedSession.getLogoutUrl'],
    ['entry-missing', 'src/sdk/user-management.ts', 'Cannot find the reference of UserManagement.revokeSession'],
    ['entry-missing', 'src/sdk/user-management.ts', 'Cannot find the reference of UserManagement.getLogoutUrl'],
  ];
  expect(missing()).toEqual(messages);
  expect(checkReference(others, { checker, spellings }).findings).toEqual([]);
  const file = 'src/sdk/user-management.ts';
  const text = readFileSync(join(PROJECT_ROOT, file), 'utf8');
  expect(missing(new Map([[file, text.replace(/ \*\/(?=\n {2}getLogoutUrl\()/, ' * @internal\n   */')]]))).toEqual(
    messages.slice(0, 3),
  );
});

it('compares every row that a reader sees', () => {
  const { comparisons } = checkReference(pages, { checker });
  expect(comparisons.map(({ title, parameters, returns }) => [title, parameters, returns])).toEqual(
    entries.map(({ title, parameters, returns, properties }) => [
      title,
      countShown(parameters),
      countShown(returns) + countShown(properties),
    ]),
  );
});

it('plants at least 30 drifts on each side, of every kind', () => {
  expect(referenceDrifts.length).toBeGreaterThanOrEqual(30);
  expect(sdkDrifts.length).toBeGreaterThanOrEqual(30);
  expect(new Set(shareOf(referenceDrifts).map(({ kind }) => kind)).size).toBe(5);
});

it.each(shareOf(referenceDrifts))(
  'detects "$row" of $entry $kind in the reference ($group)',
  ({ page, yaml, entry, dependents, codes }) => {
    const { comparisons } = checkReference([{ ...page, yaml }, ...pagesNamedBy(page)], { checker });
    const drifted = comparisons.filter(({ title, findings }) => findings.length > 0 && !dependents.includes(title));
    expect(drifted.map(({ title }) => title)).toEqual([entry]);
    const found = drifted.flatMap(({ findings }) => findings.map(({ code }) => code));
    for (const code of codes) expect(found.filter((each) => each.endsWith(code))).not.toEqual([]);
  },
);

/** What a page says of these entries. */
function shownOf(titles: readonly string[], edits?: ReadonlyMap<string, string>): Map<string, string> {
  const shown = fill(pagesOf(titles), edits).filter(({ title }) => titles.includes(title));
  return new Map(
    shown.map(({ title, result, parameters, returns, properties }) => [
      title,
      JSON.stringify({ result, parameters, returns, properties }),
    ]),
  );
}

it.each(shareOf(sdkDrifts))(
  'detects $what $kind in the SDK, or shows it where the page leaves it out',
  ({ edits, code, name, entries: titles }) => {
    const { comparisons } = checkReference(pagesOf(titles), { checker, edits });
    const isNamed = ({ findings }: (typeof comparisons)[number]) =>
      findings.some((finding) => finding.code === code && finding.message.includes(`"${name}"`));
    const detected = comparisons.filter(isNamed).map(({ title }) => title);
    const before = shownOf(titles);
    const after = shownOf(titles, edits);
    // Names are written on the page, so the page cannot follow the code.
    const follows = ['type-differs', 'optional-differs'].includes(code);
    const undetected = titles.filter((title) => !detected.includes(title));
    expect(undetected.filter((title) => !follows || after.get(title) === before.get(title))).toEqual([]);
  },
);

/** A page with one entry, `session.getLogOutUrl()`, in which a line is replaced; its YAML begins on line 2. */
function logOutPage(from = '', to = ''): PageFrontmatter {
  const yaml = `reference:
  js:
    - key: getLogOutUrl
      title: session.getLogOutUrl()
      parameters:
        - key: options
          type: object
          optional: true
          unwrap: true
          properties:
            - key: returnTo
              type: string
              optional: true
      returns:
        - key: url
          type: string
`;
  expect(yaml).toContain(from);
  return { file: 'content/x.mdx', page: '/x', yaml: yaml.replace(from, to), firstLine: 2 };
}

const findingsOf = (...drifted: PageFrontmatter[]) => checkReference(drifted, { checker }).findings.map(formatFinding);

const SAID: [what: string, from: string, to: string, finding: string][] = [
  [
    'a misspelt option, with its position and the nearest name',
    'key: returnTo',
    'key: retrunTo',
    'content/x.mdx:12:20 "retrunTo" of session.getLogOutUrl() does not match the code: found "retrunTo", expected one of "returnTo" (nearest "returnTo")\n  fix: Rename the row to match the code, or remove it.',
  ],
  [
    'a wrong type, at the type',
    'type: string\n              optional',
    'type: number\n              optional',
    'content/x.mdx:13:21 "returnTo" of session.getLogOutUrl() does not match the code: found the type "number", expected a type that the code accepts, such as "string"\n  fix: Write the type from the code, or change the code.',
  ],
  [
    'an unknown type, with the nearest name',
    'type: string\n              optional',
    'type: Usr\n              optional',
    `content/x.mdx:13:21 "returnTo" of session.getLogOutUrl() does not match the code: found the type "Usr" (Cannot find name 'Usr'. Did you mean 'User'?), expected a type that the code accepts, such as "string" (nearest "User")`,
  ],
  [
    'a type that TypeScript cannot read',
    'type: string\n              optional',
    "type: 'List<string'\n              optional",
    'content/x.mdx:13:21 "returnTo" of session.getLogOutUrl() does not match the code: found the type "List<string" (',
  ],
  [
    'null that the code never returns',
    'key: url\n          type: string',
    "key: url\n          type: 'string | null'",
    'content/x.mdx:17:17 "url" of session.getLogOutUrl() does not match the code: found the type "string | null", expected the type that the code returns, "string"',
  ],
  [
    'any, which matches everything',
    'key: url\n          type: string',
    'key: url\n          type: any',
    'content/x.mdx:17:17 "url" of session.getLogOutUrl() does not match the code: found the type "any", ',
  ],
  [
    'a title that does not name the key',
    'title: session.getLogOutUrl()',
    'title: session.logOutUrl()',
    'content/x.mdx:5:14 The title of session.logOutUrl() does not match the code: found "logOutUrl", expected its key, "getLogOutUrl"',
  ],
  [
    'a key that the receiver does not have',
    'key: getLogOutUrl',
    'key: getLogOutUri',
    'content/x.mdx:4:12 The entry of session.getLogOutUrl() does not match the code: found "getLogOutUri", expected a member of SealedSession (nearest "getLogOutUrl")',
  ],
  [
    'an unknown receiver',
    'title: session.getLogOutUrl()',
    'title: userManagment.getLogOutUrl()',
    'content/x.mdx:4:12 The entry of userManagment.getLogOutUrl() does not match the code: found "userManagment", expected a member of WorkOS (nearest "userManagement")',
  ],
  [
    'rows of an object for a function',
    'returns:',
    'properties:',
    'content/x.mdx:16:9 The group of rows of session.getLogOutUrl() does not match the code: found properties, expected parameters and returns, since it is a function',
  ],
];

it.each(SAID)('reports %s', (_what, from, to, finding) => {
  expect(findingsOf(logOutPage(from, to)).join('\n')).toContain(finding);
});

it('finds the entry by patternBefore if its title is prose', () => {
  const to = 'title: Where to log out\n      patternBefore: session\\.';
  expect(findingsOf(logOutPage('title: session.getLogOutUrl()', to))).toEqual([]);
});

it('accepts fields named in leftOut, and reports names in leftOut that do not exist', () => {
  const row = '            - key: returnTo\n              type: string\n              optional: true\n';
  const leaving = (names: string) =>
    findingsOf(logOutPage(`          properties:\n${row}`, `          leftOut: ${names}\n          properties: []\n`));
  expect(leaving('[returnTo]')).toEqual([]);
  expect(leaving('[]')).toEqual([
    expect.stringContaining(
      'content/x.mdx:7:16 "options" of session.getLogOutUrl() does not match the code: found no row for "returnTo"',
    ),
  ]);
  expect(leaving('[returnTo, gone]')).toEqual([
    expect.stringContaining(
      'content/x.mdx:11:20 leftOut of "options" of session.getLogOutUrl() does not match the code: found "gone"',
    ),
  ]);
});

it('compares what a symbol refers to, and reports the drift at the symbol', () => {
  const page = (type: string): PageFrontmatter => ({
    file: 'content/y.mdx',
    page: '/y',
    yaml: `reference:
  js:
    - key: Impersonator
      properties: [{ key: email, type: string }, { key: reason, type: ${type} }]
    - key: refresh
      title: session.refresh()
      returns:
        - (Impersonator)
`,
    firstLine: 2,
  });
  const places = findingsOf(page("'string | null'")).map((text) => text.split(' ')[0]);
  expect(places).toContain('content/y.mdx:9:11');
  expect(places).not.toContain('content/y.mdx:5:19');
  expect(findingsOf(page('number')).map((text) => text.split(' ')[0])).toContain('content/y.mdx:5:71');
});

it('reports errors in the metadata itself', () => {
  const broken = { ...logOutPage(), yaml: 'reference:\n  js: [\n' };
  expect(findingsOf(broken)).toEqual([expect.stringContaining('content/x.mdx:4:1 Cannot read the frontmatter')]);
});

it('prints a line per entry', () => {
  const { comparisons } = checkReference([logOutPage('key: url', 'key: address')], { checker });
  expect(formatComparisons(comparisons)).toBe(
    [
      'entry                   compared with               parameters  returns  findings',
      'session.getLogOutUrl()  SealedSession.getLogOutUrl           1        1         0',
    ].join('\n'),
  );
});
