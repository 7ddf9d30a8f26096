import { beforeAll, describe, expect, it } from 'vitest';
import { CHANGELOG_PATH, describeSearch } from '../artifacts/index.ts';
import { describePages, readContent } from '../describe/index.ts';
import { siteProject } from '../../site/docs-options.ts';
import { type Found, type Finder, type PageIndex, createFinder, indexPages, markWords } from './index.ts';

const REFERENCE = '/reference/authkit/session-helpers';

/** Queries, and the page that must come first. */
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
  ['organization selection', `${REFERENCE}/next-steps`],
  ['switch org', '/guides/switch-organizations'],
  ['emulator', `${REFERENCE}/emulator`],
  ['express', '/guides/protect-routes'],
  ['race', '/guides/refresh-without-races'],
  ['ruby', '/guides/open-a-node-session'],
  ['security', '/guides/security-model'],
  ['troubleshoot', '/guides/troubleshooting'],
  ['quick start', '/quickstart'],
];

let index: PageIndex;
let finder: Finder;

beforeAll(async () => {
  const project = siteProject();
  const pages = describePages(await readContent(project)).map(describeSearch);
  index = await indexPages(pages, {
    synonyms: project.synonyms,
    weightOf: ({ path }) => (path === CHANGELOG_PATH ? 0.2 : 1),
  });
  finder = createFinder(index, (name) => Promise.resolve(index.files.get(name)));
}, 60_000);

async function search(query: string, language?: string): Promise<Found> {
  return finder.show(await finder.find(query), language);
}

it.each(QUERIES)('ranks for %j the page %s first', async (query, first) => {
  const { pages } = await search(query);
  expect(pages.map(({ path }) => path).slice(0, 3)[0]).toBe(first);
});

describe('a result', () => {
  it('links to the reference row with the name', async () => {
    const [found] = (await search('cookiePassword', 'js')).pages;
    const lines = found!.sections.map(({ line }) => line?.text ?? '');
    expect(lines.some((text) => text.startsWith('cookiePassword ('))).toBe(true);
  });

  it.each(['js', 'ruby', 'python'])('contains an entry once, in %s if the reader has chosen it', async (language) => {
    const [found] = (await search('cookie password', language)).pages;
    const anchors = found!.sections.map(({ section }) => section.anchor);
    expect(anchors).toContain(`${language}.load_sealed_session`);
    expect(anchors.filter((anchor) => anchor.endsWith('.load_sealed_session'))).toHaveLength(1);
  });

  it('contains an entry in another language if only that one matches', async () => {
    const sections = (await search('Integer', 'js')).pages.flatMap((found) => found.sections);
    expect(sections.some(({ section }) => section.anchor.startsWith('ruby.'))).toBe(true);
  });

  it('shows the matching line of a snippet, with its language', async () => {
    const lines = (await search('hidden_field_of_no_page addHook')).pages.flatMap(({ sections }) =>
      sections.map(({ line }) => line),
    );
    const code = lines.find((line) => line?.language !== undefined);
    expect(code?.text).toContain('addHook');
    expect(code?.text).not.toContain('\n');
    expect(code?.language).toBe('js');
    const inPython = (await search('sealed', 'python')).pages.flatMap(({ sections }) =>
      sections.flatMap(({ line }) => (line?.language !== undefined ? line : [])),
    );
    expect(inPython.map((line) => line.language)).toContain('python');
  });

  it('is empty if nothing matches, and for an empty query', async () => {
    expect((await search('zzzzzzzz')).pages).toEqual([]);
    expect((await search('  ')).pages).toEqual([]);
  });

  it('marks the matching words, including misspelt ones', async () => {
    expect(markWords('Seal the cookie password', (await search('pasword')).terms)).toEqual([
      'Seal the cookie ',
      'password',
      '',
    ]);
    expect(markWords('session.getLogOutUrl()', (await search('logout')).terms)).toEqual([
      'session.',
      'getLogOutUrl',
      '()',
    ]);
  });
});
