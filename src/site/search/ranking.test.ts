import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { type SearchPage, describeOutline, describeSearch } from '../../docs/artifacts/index.ts';
import { describePages, readContent } from '../../docs/describe/index.ts';
import { type Finder, createFinder, markWords } from './finder.ts';

const REFERENCE = '/reference/authkit/session-helpers';

/** What readers type, and the page that has to be the first answer. */
const QUERIES: [query: string, first: string][] = [
  ['sealedsession', `${REFERENCE}/load-sealed-session`],
  ['load_sealed', `${REFERENCE}/load-sealed-session`],
  ['loadSealedSession', `${REFERENCE}/load-sealed-session`],
  ['load sealed session', `${REFERENCE}/load-sealed-session`],
  ['laod sealed', `${REFERENCE}/load-sealed-session`],
  ['getLogOut', `${REFERENCE}/get-logout-url`],
  ['get_logout_url', `${REFERENCE}/get-logout-url`],
  ['logout url', `${REFERENCE}/get-logout-url`],
  ['authenticate', `${REFERENCE}/authenticate`],
  ['autenticate', `${REFERENCE}/authenticate`],
  ['refresh', `${REFERENCE}/refresh`],
  ['seal session', `${REFERENCE}/seal-session`],
  ['seal format', `${REFERENCE}/seal-format`],
  ['performance', `${REFERENCE}/performance`],
  ['errors', `${REFERENCE}/errors`],
  ['cookiePassword', `${REFERENCE}/load-sealed-session`],
  ['missing_cookie_password', `${REFERENCE}/errors`],
  ['cookie pasword', '/guides/rotate-the-cookie-password'],
  ['rotate password', '/guides/rotate-the-cookie-password'],
  ['chunkCookie', `${REFERENCE}/cookies`],
  ['clockTolerance', `${REFERENCE}/client`],
  ['large cookie', '/guides/large-cookies'],
  ['signing out', '/guides/sign-out'],
  ['how do I sign out', '/guides/sign-out'],
  ['organizations', '/guides/switch-organizations'],
  ['switch org', '/guides/switch-organizations'],
  ['emulator', '/reference/authkit/session-helpers/emulator'],
  ['express', '/guides/protect-routes'],
  ['race', '/guides/refresh-without-races'],
  ['ruby', '/guides/open-a-node-session'],
  ['security', '/guides/security-model'],
  ['troubleshoot', '/guides/troubleshooting'],
  ['quick start', '/quickstart'],
];

/** Those whose word stands in no title, heading or name. */
const IN_TEXT_ONLY = new Set(['express']);

let pages: SearchPage[];
let whole: Finder;
let outline: Finder;

beforeAll(async () => {
  const content = await readContent(fileURLToPath(new URL('../../../', import.meta.url)));
  pages = describePages(content).map(describeSearch);
  whole = createFinder(pages);
  outline = createFinder(pages.map(describeOutline));
}, 60_000);

it.each(QUERIES)('answers %j with %s first', (query, first) => {
  expect(
    whole(query)
      .pages.map(({ page }) => page.path)
      .slice(0, 3)[0],
  ).toBe(first);
});

it.each(QUERIES.filter(([query]) => !IN_TEXT_ONLY.has(query)))(
  'answers %j with %s among the first before the text is there',
  (query, first) => {
    expect(
      outline(query)
        .pages.map(({ page }) => page.path)
        .slice(0, 3),
    ).toContain(first);
  },
);

describe('an answer', () => {
  it('leads to the row of the reference that has the name', () => {
    const [found] = whole('cookiePassword', 'js').pages;
    const lines = found!.sections.map(({ line }) => line?.text ?? '');
    expect(lines.some((text) => text.startsWith('cookiePassword ('))).toBe(true);
  });

  it.each(['js', 'ruby', 'python'])('tells of an entry once, in %s where the reader has chosen that', (language) => {
    const [found] = whole('cookie password', language).pages;
    const anchors = found!.sections.map(({ section }) => section.anchor);
    expect(anchors).toContain(`${language}.load_sealed_session`);
    expect(anchors.filter((anchor) => anchor.endsWith('.load_sealed_session'))).toHaveLength(1);
  });

  it('tells of an entry in another language where only that has the word', () => {
    const sections = whole('Hash', 'js').pages.flatMap((found) => found.sections);
    expect(sections.some(({ section }) => section.anchor.startsWith('ruby.'))).toBe(true);
  });

  it('shows of a program the line that has the word, with its language', () => {
    const lines = whole('chunkCookie', 'js').pages.flatMap(({ sections }) => sections.map(({ line }) => line));
    const code = lines.find((line) => line?.kind === 'code' && line.text.includes('chunkCookie'));
    expect(code?.text).toContain('chunkCookie');
    expect(code?.text).not.toContain('\n');
    expect(code?.language).toBe('js');
    const inPython = whole('sealed', 'python').pages.flatMap(({ sections }) =>
      sections.flatMap(({ line }) => (line?.kind === 'code' ? line : [])),
    );
    expect(inPython.map((line) => line.language)).toContain('python');
  });

  it('is empty for what is on no page, and for nothing', () => {
    expect(whole('zzzzzzzz').pages).toEqual([]);
    expect(whole('  ').pages).toEqual([]);
  });

  it('marks the words it was found by, also misspelt ones', () => {
    expect(markWords('Seal the cookie password', whole('pasword').terms)).toEqual(['Seal the cookie ', 'password', '']);
    expect(markWords('session.getLogOutUrl()', whole('logout').terms)).toEqual(['session.', 'getLogOutUrl', '()']);
  });
});
