/** Compares what the reference says that methods throw with the error codes of the package. */
import { fileURLToPath } from 'node:url';
import { type SealedSession, WorkOS, type WorkOSOptions, errorCatalogue } from 'authkit-session-helpers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type TestApi, sendJson, startApi } from '../sdk/testdata/api-server.ts';
import { PASSWORD, sealText } from '../sdk/testdata/seal-by-hand.ts';
import { goodClaims } from '../sdk/testdata/signer.ts';
import { readReference } from '../docs/reference/index.ts';
import { readPages } from '../docs/pages/index.ts';
import { siteProject } from './docs-options.ts';
import { errorCodeLists } from './error-code-lists.ts';

const sources = await readPages(fileURLToPath(new URL('../../', import.meta.url)));
const { pages } = await readReference(
  sources.map(({ frontmatter }) => frontmatter),
  siteProject(),
);
const entries = pages.flatMap((page) => page.entries);
const methods = entries.filter(({ language, title }) => language === 'js' && title.endsWith('()'));
const codesOf = ({ throws = [] }: (typeof entries)[number]) =>
  throws.flatMap(({ names }) => names.map(({ text }) => text));

/** These only read or measure what they are given. */
const NEVER_THROW = ['countCookieBytes()', 'joinCookie()', 'readSessionCookie()'];

it('says of every method what it throws, with codes that can be thrown', () => {
  const silent = methods.filter((entry) => codesOf(entry).length === 0).map(({ title }) => title);
  expect(silent.toSorted()).toEqual(NEVER_THROW);
  const thrown = Object.entries(errorCatalogue).filter(([, { appears }]) => ['thrown', 'both'].includes(appears));
  expect(new Set(methods.flatMap(codesOf))).toEqual(new Set(thrown.map(([code]) => code)));
});

it('says of each code that results also contain what throws it', () => {
  const throwsOf = (title: string) => codesOf(methods.find((entry) => entry.title.endsWith(title))!);
  const noted = errorCodeLists().returned!.filter(({ note }) => note !== undefined);
  const [atSignIn, elsewhere] = [throwsOf('.authenticateWithCode()'), throwsOf('session.authenticate()')];
  expect(noted.length).toBeGreaterThan(5);
  for (const { code, note } of noted) {
    expect({ code, note }).toEqual({
      code,
      note: atSignIn.includes(code) ? 'thrown at sign-in' : 'thrown by authenticate()',
    });
    expect([...atSignIn, ...elsewhere]).toContain(code);
  }
});

it('says the same in every language', () => {
  const pairs = methods.flatMap((method) =>
    entries
      .filter(({ id, page, language }) => id === method.id && page === method.page && language !== 'js')
      .map((entry) => ({ method, entry })),
  );
  expect(pairs.length).toBeGreaterThan(10);
  for (const { method, entry } of pairs) expect(codesOf(entry)).toEqual(codesOf(method));
});

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

/** What can be wrong with a call, by the code that it causes. The API refuses every request, and has no keys. */
interface Situation {
  options?: WorkOSOptions;
  cookiePassword?: string;
  status?: number;
  body?: object;
}
const SITUATIONS: Record<string, Situation> = {
  missing_client_id: { options: { clientId: undefined } },
  missing_api_key: { options: { apiKey: undefined } },
  missing_cookie_password: { cookiePassword: '' },
  short_cookie_password: { cookiePassword: 'short' },
  keys_unavailable: {},
  invalid_grant: { status: 400, body: { error: 'invalid_grant' } },
  api_key_refused: { status: 401 },
  access_denied: { status: 403 },
  mfa_enrollment: { status: 403, body: { code: 'mfa_enrollment' } },
  sso_required: { status: 403, body: { code: 'sso_required' } },
  authentication_incomplete: { status: 403, body: { code: 'mfa_challenge' } },
  not_found: { status: 404 },
  request_refused: { status: 422 },
  rate_limit_exceeded: { status: 429 },
  server_error: { status: 500 },
};

type Management = WorkOS['userManagement'];
interface Given {
  management: Management;
  cookiePassword: string;
  /** A session whose access token has expired, and one whose token is valid. */
  expired: string;
  valid: string;
  token: string;
  /** A session with a password, also where `management` cannot load it. */
  load: (sessionData: string) => SealedSession;
}
const session = ({ cookiePassword }: Given) => ({ session: { sealSession: true, cookiePassword } });
const step = { pendingAuthenticationToken: 'p', code: '1' };
const redirectUri = 'https://example.com/callback';

/** One call of each method that can fail because of a setting or an answer. */
const CALLS: Record<string, (given: Given) => unknown> = {
  'session.authenticate()': ({ load, valid }) => load(valid).authenticate(),
  'session.refresh()': ({ load, expired, cookiePassword }) => load(expired).refresh({ cookiePassword }),
  'userManagement.authenticateBearer()': ({ management, token }) => management.authenticateBearer(`Bearer ${token}`),
  'userManagement.checkSession()': ({ management, expired, cookiePassword }) =>
    management.checkSession(`wos-session=${expired}`, { cookiePassword }),
  'userManagement.getJwksUrl()': ({ management }) => management.getJwksUrl(),
  'userManagement.revokeSession()': ({ management }) => management.revokeSession({ sessionId: 's' }),
  'userManagement.loadSealedSession()': ({ management, valid, cookiePassword }) =>
    management.loadSealedSession({ sessionData: valid, cookiePassword }),
  'userManagement.authenticateWithCode()': (given) =>
    given.management.authenticateWithCode({ code: 'c', ...session(given) }),
  'userManagement.authenticateWithCodeAndVerifier()': (given) =>
    given.management.authenticateWithCodeAndVerifier({ code: 'c', codeVerifier: 'v', ...session(given) }),
  'userManagement.authenticateWithPassword()': (given) =>
    given.management.authenticateWithPassword({ email: 'a@example.com', password: 'p', ...session(given) }),
  'userManagement.authenticateWithRefreshToken()': (given) =>
    given.management.authenticateWithRefreshToken({ refreshToken: 'r', ...session(given) }),
  'userManagement.authenticateWithMagicAuth()': (given) =>
    given.management.authenticateWithMagicAuth({ email: 'a@example.com', code: 'c', ...session(given) }),
  'userManagement.authenticateWithEmailVerification()': (given) =>
    given.management.authenticateWithEmailVerification({ ...step, ...session(given) }),
  'userManagement.authenticateWithOrganizationSelection()': (given) =>
    given.management.authenticateWithOrganizationSelection({ ...step, organizationId: 'o', ...session(given) }),
  'userManagement.authenticateWithTotp()': (given) =>
    given.management.authenticateWithTotp({ ...step, authenticationChallengeId: 'a', ...session(given) }),
  'userManagement.getAuthorizationUrl()': ({ management }) =>
    management.getAuthorizationUrl({ redirectUri, provider: 'authkit' }),
  'userManagement.getAuthorizationUrlWithPKCE()': ({ management }) =>
    management.getAuthorizationUrlWithPKCE({ redirectUri, provider: 'authkit' }),
  'userManagement.startSignIn()': ({ management, cookiePassword }) =>
    management.startSignIn({ redirectUri, cookiePassword }),
  'userManagement.finishSignIn()': async ({ management, cookiePassword }) => {
    const started = await new WorkOS(api.options).userManagement.startSignIn({ redirectUri, cookiePassword: PASSWORD });
    const state = new URL(started.url).searchParams.get('state');
    const cookie = started.headers[0]![1].split(';')[0]!;
    return management.finishSignIn({ url: `/?code=c&state=${state}`, headers: { cookie } }, { cookiePassword });
  },
  'userManagement.sealSession()': ({ management, cookiePassword }) =>
    management.sealSession({ accessToken: 'a', refreshToken: 'r', user: { id: 'u' } } as never, { cookiePassword }),
  'userManagement.unsealSession()': ({ management, valid, cookiePassword }) =>
    management.unsealSession(valid, { cookiePassword }),
};

async function thrownBy(call: (given: Given) => unknown, name: string): Promise<boolean> {
  const { options = {}, cookiePassword = PASSWORD, status = 500, body = {} } = SITUATIONS[name]!;
  api.onAuthenticate = (_request, response) => sendJson(response, status, body);
  api.onKeys = (_request, response) => sendJson(response, 404, {});
  const token = api.signer.token(goodClaims({}));
  const seal = (accessToken: string) =>
    sealText(JSON.stringify({ accessToken, refreshToken: 'r', user: { id: 'user_01' } }), PASSWORD);
  const expired = seal(api.signer.token(goodClaims({ exp: 1 })));
  const settings = { ...api.options, maxRetries: 0, ...options };
  const { userManagement: management } = new WorkOS(settings);
  // A session of a client without an id cannot be loaded, so no call of it can fail because of that.
  const { userManagement: loading } = new WorkOS({ ...settings, clientId: api.options.clientId });
  const load = (sessionData: string) => loading.loadSealedSession({ sessionData, cookiePassword: PASSWORD });
  try {
    await call({ management, cookiePassword, load, token, expired, valid: seal(token) });
    return false;
  } catch (error) {
    return (error as { code?: string }).code === name;
  }
}

it('says of each method which settings and answers make it throw', async () => {
  const documented = new Map(methods.map((entry) => [entry.title, codesOf(entry)]));
  for (const [title, call] of Object.entries(CALLS)) {
    // The API gives the codes of a sign-in only to what signs in.
    const possible = Object.keys(SITUATIONS).filter(
      (name) => title !== 'userManagement.revokeSession()' || SITUATIONS[name]?.body === undefined,
    );
    const thrown: string[] = [];
    for (const name of possible) if (await thrownBy(call, name)) thrown.push(name);
    const said = documented.get(title)?.filter((code) => code in SITUATIONS);
    expect({ title, codes: said?.toSorted() }).toEqual({ title, codes: thrown.toSorted() });
  }
});
