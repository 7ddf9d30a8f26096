/** What the search of the built site finds, and in which order. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { type Found, type Finder, type IndexManifest, createFinder, markWords } from '../../../docs/search/index.ts';
import { siteProject } from '../../docs-options.ts';

const REFERENCE = '/reference/authkit/session-helpers';

const SIGN_IN = '/guides/sign-in';

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
  ['finishSignIn', `${REFERENCE}/sign-in`],
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
  ['install', '/quickstart'],
  ['npm install', '/quickstart'],
  ['getting started', '/quickstart'],
  ['login', SIGN_IN],
  ['log in', SIGN_IN],
  ['sign in', SIGN_IN],
  ['signing in', SIGN_IN],
  ['sign up', SIGN_IN],
  ['oauth callback', SIGN_IN],
  ['sso', SIGN_IN],
  ['startSignIn', `${REFERENCE}/sign-in`],
  ['magic auth', `${REFERENCE}/sign-in-by-hand`],
  ['mfa', `${REFERENCE}/next-steps`],
  ['authenticateWithTotp', `${REFERENCE}/next-steps`],
  ['sign out', '/guides/sign-out'],
  ['end session', '/guides/sign-out'],
  ['log out', `${REFERENCE}/get-logout-url`],
  ['csrf', '/guides/security-model'],
  ['xss', '/guides/security-model'],
  ['mock', `${REFERENCE}/emulator`],
  ['unit test', '/guides/test-against-the-emulator'],
  ['testing', '/guides/test-against-the-emulator'],
  ['vitest', '/guides/test-against-the-emulator'],
  ['upgrade', `${REFERENCE}/compatibility`],
  ['migrate', `${REFERENCE}/compatibility`],
  ['workos-inc/node', `${REFERENCE}/compatibility`],
  ['cookie too big', '/guides/large-cookies'],
  ['cookie to big', '/guides/large-cookies'],
  ['4096 bytes', '/guides/large-cookies'],
  ['password rotation', '/guides/rotate-the-cookie-password'],
  ['rotate key', '/guides/rotate-the-cookie-password'],
  ['why are users logged out', '/guides/troubleshooting'],
  ['not working', '/guides/troubleshooting'],
  ['token expired', `${REFERENCE}/refresh`],
  ['session expired', `${REFERENCE}/refresh`],
  ['env variables', `${REFERENCE}/client`],
  ['configuration', `${REFERENCE}/client`],
  ['typescript types', `${REFERENCE}/load-sealed-session`],
  ['middleware', '/guides/protect-routes'],
  ['next.js', '/guides/protect-routes'],
  ['fastify', '/guides/protect-routes'],
  ['race condition', '/guides/refresh-without-races'],
  ['error codes', `${REFERENCE}/errors`],
  ['invalid_jwt', `${REFERENCE}/errors`],
  ['checkSession', `${REFERENCE}/check-session`],
  ['setSessionCookie', `${REFERENCE}/cookies`],
  ['maxAge', `${REFERENCE}/cookies`],
  ['cloudflare workers', `${REFERENCE}/compatibility`],
  ['benchmark', `${REFERENCE}/performance`],
  ["what's new", '/changelog'],
  ['releases', '/changelog'],
];

let finder: Finder;

beforeAll(async () => {
  const folder = join(inject('siteFolder'), 'search');
  const read = async (file: string) => JSON.parse(await readFile(join(folder, file), 'utf8')) as unknown;
  const manifest = (await read('index.json')) as IndexManifest;
  finder = createFinder(manifest, (name) => read(`${manifest.build}/${name}.json`));
});

async function search(query: string, language?: string): Promise<Found> {
  return finder.show(await finder.find(query), language);
}

it.each(QUERIES)('ranks for %j the page %s first', async (query, first) => {
  const { pages } = await search(query);
  expect(pages[0]?.path).toBe(first);
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

  it('shows the matching step of a diagram in words', async () => {
    const sections = (await search('compare both states')).pages.flatMap((found) => found.sections);
    expect(sections.map(({ line }) => line?.text)).toContain('Your server: Compare both states');
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

it('has no synonym that finds nothing', async () => {
  for (const typed of Object.keys(siteProject().synonyms)) expect((await search(typed)).pages, typed).not.toEqual([]);
});

it('finds a page by a synonym, and marks the words that it means', async () => {
  const { pages, terms } = await search('cookie too big');
  expect(pages[0]?.title).toBe('Large cookies');
  expect(markWords('Large cookies', terms)).toEqual(['', 'Large', ' ', 'cookies', '']);
});
