import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkOS, type CookiePassword, type WorkOSOptions } from './index.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';
import { OLD_PASSWORD, PASSWORD, sealText } from './testdata/seal-by-hand.ts';
import { createSigner, goodClaims } from './testdata/signer.ts';

let api: TestApi;
const user = { id: 'user_01', email: 'ada@example.com' };
function cookie(claims: object = {}, overrides: object = {}, password = PASSWORD): string {
  const accessToken = api.signer.token(goodClaims({ ...claims }));
  return sealText(JSON.stringify({ accessToken, refreshToken: 'refresh_token', user, ...overrides }), password);
}
function load(sessionData: unknown, options: WorkOSOptions = {}, cookiePassword: CookiePassword = PASSWORD) {
  const workos = new WorkOS({ ...api.options, ...options });
  return workos.userManagement.loadSealedSession({ sessionData: sessionData as string, cookiePassword });
}

beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

test('signing in gives a cookie that authenticates, refreshes and logs out', async () => {
  const workos = new WorkOS(api.options);
  const { sealedSession } = await workos.userManagement.authenticateWithCode({
    code: 'code_1',
    session: { sealSession: true, cookiePassword: PASSWORD },
  });
  const session = workos.userManagement.loadSealedSession({ sessionData: sealedSession, cookiePassword: PASSWORD });
  const authenticated = { authenticated: true, sessionId: 'session_01', user: { email: 'ada@example.com' } };
  expect(await session.authenticate()).toMatchObject(authenticated);
  expect(await session.refresh()).toMatchObject(authenticated);
  expect(await session.getLogOutUrl()).toContain('session_id=session_01');
});

describe('a loaded session', () => {
  test('can be awaited, as the documented samples do', async () => {
    expect(await (await load(cookie())).authenticate()).toMatchObject({ authenticated: true });
  });

  test('shows its four methods and nothing else', () => {
    expect(Object.keys(load(cookie()))).toEqual(['authenticate', 'refresh', 'getLogOutUrl', 'getLogoutUrl']);
  });

  test('has one method under both spellings of log out', () => {
    const { getLogOutUrl, getLogoutUrl } = load(cookie());
    expect(getLogOutUrl).toBe(getLogoutUrl);
  });

  test('has methods that work on their own', async () => {
    const { authenticate } = load(cookie());
    expect(await authenticate()).toMatchObject({ authenticated: true });
  });
});

describe('authenticate', () => {
  test('returns everything in the cookie and the token', async () => {
    const impersonator = { email: 'support@example.com', reason: 'Ticket 7' };
    const data = cookie(
      { exp: 4_000_000_000 },
      { impersonator, authenticationMethod: 'SSO', organizationId: 'org_old' },
    );
    expect(await load(data).authenticate()).toEqual({
      authenticated: true,
      sessionId: 'session_01',
      organizationId: 'org_01',
      role: 'admin',
      roles: ['admin'],
      permissions: ['posts:write'],
      entitlements: ['audit-logs'],
      featureFlags: ['new-editor'],
      user,
      authenticationMethod: 'SSO',
      impersonator,
      accessToken: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      claims: expect.objectContaining({ sid: 'session_01', sub: 'user_01' }),
      expiresAt: 4_000_000_000_000,
      needsReseal: false,
    });
  });

  test('omits fields that neither the cookie nor the token contains', async () => {
    const absent = { org_id: undefined, role: undefined, roles: undefined, permissions: undefined };
    const result = await load(cookie({ ...absent, entitlements: undefined, feature_flags: undefined })).authenticate();
    expect(Object.keys(result).sort()).toEqual(
      ['accessToken', 'authenticated', 'claims', 'expiresAt', 'needsReseal', 'sessionId', 'user'].sort(),
    );
  });

  test('returns no permissions if the token has a string for them', async () => {
    const wrong = { role: ['admin'], roles: 'admin', permissions: 'posts:write all', entitlements: 7, org_id: {} };
    const result = await load(cookie({ ...wrong, feature_flags: 'new-editor' })).authenticate();
    expect(Object.keys(result).sort()).toEqual(
      ['accessToken', 'authenticated', 'claims', 'expiresAt', 'needsReseal', 'sessionId', 'user'].sort(),
    );
  });

  test('takes an audience out of a list, and none when none is set', async () => {
    const data = cookie({ aud: 'https://b.example' });
    const authenticate = (audience?: string | string[]) => load(data, { audience }).authenticate();
    expect(await authenticate()).toMatchObject({ authenticated: true });
    expect(await authenticate(['https://a.example', 'https://b.example'])).toMatchObject({ authenticated: true });
    expect(await authenticate('https://a.example')).toEqual({ authenticated: false, reason: 'invalid_jwt' });
  });

  test('returns custom claims with their types', async () => {
    const result = await load(cookie({ plan: 'team' })).authenticate<{ plan: 'free' | 'team' }>();
    const plan: 'free' | 'team' | undefined = result.authenticated ? result.claims.plan : undefined;
    expect(plan).toBe('team');
  });

  test.each([
    ['undefined', undefined, 'no_session_cookie_provided'],
    ['null', null, 'no_session_cookie_provided'],
    ['an empty text', '', 'no_session_cookie_provided'],
    ['garbage', 'garbage', 'invalid_session_cookie'],
    ['a list', ['a', 'b'], 'invalid_session_cookie'],
    ['a number', 0, 'invalid_session_cookie'],
  ])('says why %s is no session', async (_about, sessionData, reason) => {
    expect(await load(sessionData).authenticate()).toEqual({ authenticated: false, reason });
    expect(api.keyRequests).toBe(0);
  });

  test.each([
    ['an expired token', { exp: 1_700_000_000 }, {}],
    ['a token not yet valid', { nbf: 4_000_000_000 }, {}],
    ['a token without session id', { sid: undefined }, {}],
    ['a token of another issuer', { iss: 'https://b.example' }, { issuer: ['https://a.example'] }],
  ])('says invalid_jwt of %s', async (_about, claims, options) => {
    expect(await load(cookie(claims), options).authenticate()).toEqual({ authenticated: false, reason: 'invalid_jwt' });
  });

  test('says invalid_jwt of a token that somebody else signed', async () => {
    const accessToken = createSigner('key_1', 'the attacker’s own pair').token(goodClaims());
    const result = await load(cookie({}, { accessToken })).authenticate();
    expect(result).toEqual({ authenticated: false, reason: 'invalid_jwt' });
  });

  test('takes an issuer out of a list, and a token as old as clocks may differ', async () => {
    const data = cookie({ iss: 'https://b.example', exp: Math.floor(Date.now() / 1000) - 20 });
    const options = { issuer: ['https://a.example', 'https://b.example'], clockTolerance: 60 };
    expect(await load(data, options).authenticate()).toMatchObject({ authenticated: true });
  });

  test('throws, and signs nobody out, when the key set is unreachable', async () => {
    api.onKeys = (_request, response) => sendJson(response, 503, {});
    await expect(load(cookie()).authenticate()).rejects.toMatchObject({
      name: 'SessionError',
      code: 'keys_unavailable',
    });
  });

  test('makes no request when keys were given beforehand', async () => {
    const options = { jwks: { keys: [api.signer.jwk] } };
    expect(await load(cookie(), options).authenticate()).toMatchObject({ authenticated: true });
    expect(api.keyRequests).toBe(0);
  });

  test('makes one request for keys, however many clients ask at once', async () => {
    const data = cookie();
    await Promise.all(Array.from({ length: 50 }, () => load(data).authenticate()));
    expect(api.keyRequests).toBe(1);
  });

  test('opens cookies of an older password, and says that they need a new seal', async () => {
    const result = await load(cookie({}, {}, OLD_PASSWORD), {}, [PASSWORD, OLD_PASSWORD]).authenticate();
    expect(result).toMatchObject({ authenticated: true, needsReseal: true });
  });
});

describe('keys given with jwks', () => {
  const own = createSigner('key_own');
  const ownToken = () => ({ accessToken: own.token(goodClaims()) });
  const signedIn = { authenticated: true };

  test('are trusted by the client that got them, and by no other client of the same address', async () => {
    const options = { jwks: { keys: [own.jwk] } };
    expect(await load(cookie({}, ownToken()), options).authenticate()).toMatchObject(signedIn);
    expect(await load(cookie({}, ownToken())).authenticate()).toEqual({ authenticated: false, reason: 'invalid_jwt' });
    expect(await load(cookie()).authenticate()).toMatchObject(signedIn);
  });

  test('do not come from another client that has fetched its keys', async () => {
    expect(await load(cookie()).authenticate()).toMatchObject(signedIn);
    const options = { jwks: { keys: [own.jwk] } };
    expect(await load(cookie({}, ownToken()), options).authenticate()).toMatchObject(signedIn);
  });

  test('of two clients stay apart', async () => {
    const mine = { jwks: { keys: [own.jwk] } };
    const theirs = { jwks: { keys: [api.signer.jwk] } };
    expect(await load(cookie(), theirs).authenticate()).toMatchObject(signedIn);
    expect(await load(cookie({}, ownToken()), mine).authenticate()).toMatchObject(signedIn);
    expect(await load(cookie({}, ownToken()), theirs).authenticate()).toMatchObject({ reason: 'invalid_jwt' });
  });
});

describe('fake timers', () => {
  afterEach(() => vi.useRealTimers());
  // The helpers decide by the time; what moves sockets stays real.
  const fakeTime = () => vi.useFakeTimers({ toFake: ['Date'] });

  test('set after the first use make keys old', async () => {
    const [later, before] = [cookie({ exp: 4_000_000_000 }), cookie()];
    const workos = new WorkOS(api.options);
    const authenticate = (sessionData: string) =>
      workos.userManagement.loadSealedSession({ sessionData, cookiePassword: PASSWORD }).authenticate();
    expect(await authenticate(before)).toMatchObject({ authenticated: true });
    fakeTime();
    vi.setSystemTime(Date.now() + 25 * 60 * 60_000);
    api.keys = { keys: [createSigner('key_1', 'the pair after').jwk] };
    expect(await authenticate(later)).toEqual({ authenticated: false, reason: 'invalid_jwt' });
    expect(api.keyRequests).toBe(2);
  });

  test('set after the first use end the replay of a refresh', async () => {
    const data = cookie();
    await load(data).refresh();
    await load(data).refresh();
    expect(api.requests).toHaveLength(1);
    fakeTime();
    vi.setSystemTime(Date.now() + 26_000);
    await load(data).refresh();
    expect(api.requests).toHaveLength(2);
  });

  test('that are removed again leave no endless replay', async () => {
    fakeTime();
    vi.setSystemTime(Date.now() + 365 * 24 * 60 * 60_000);
    const data = cookie();
    await load(data).refresh();
    vi.useRealTimers();
    await load(data).refresh();
    expect(api.requests).toHaveLength(2);
  });
});

describe('getLogOutUrl', () => {
  const base = () => `http://127.0.0.1:${api.port}/user_management/sessions/logout?session_id=session_01`;

  test('names the session', async () => {
    expect(await load(cookie()).getLogOutUrl()).toBe(base());
  });

  test('names the place to return to, encoded', async () => {
    const returnTo = 'https://example.com/bye?a=1&b=2';
    expect(await load(cookie()).getLogoutUrl({ returnTo })).toBe(`${base()}&return_to=${encodeURIComponent(returnTo)}`);
  });

  test('works for an expired session', async () => {
    expect(await load(cookie({ exp: 1_700_000_000 })).getLogOutUrl()).toBe(base());
  });

  test.each([
    ['no cookie', () => undefined, 'no_session_cookie_provided'],
    ['garbage', () => 'garbage', 'invalid_session_cookie'],
    ['a token that names no session', () => cookie({ sid: undefined }), 'invalid_jwt'],
    ['an invalid token', () => cookie({}, { accessToken: 'a.b.c' }), 'invalid_jwt'],
  ])('throws for %s', async (_about, data, reason) => {
    await expect(load(data()).getLogOutUrl()).rejects.toMatchObject({ code: 'session_unusable', reason });
  });

  test.each([
    ['the token was signed by a key that is gone', () => createSigner('key_0', 'a pair before').token(goodClaims())],
    ['the token has no times', () => api.signer.token({ sid: 'session_01' })],
  ])('works if %s, and asks for no keys', async (_about, accessToken) => {
    api.onKeys = (_request, response) => sendJson(response, 503, {});
    expect(await load(cookie({}, { accessToken: accessToken() })).getLogOutUrl()).toBe(base());
    expect(api.keyRequests).toBe(0);
  });
});

describe('of several cookies', () => {
  const soon = Math.floor(Date.now() / 1000) + 60;
  const stale = (email = 'stale@example.com') => cookie({ exp: 1_700_000_000 }, { user: { id: 'user_01', email } });
  const fresh = () =>
    cookie({ exp: soon + 60, sid: 'session_02' }, { user: { id: 'user_02', email: 'new@example.com' } });

  test.each([
    ['a stale one and the fresh one', () => [stale(), fresh()]],
    ['the fresh one and a stale one', () => [fresh(), stale()]],
    ['one that does not open and the fresh one', () => ['garbage', cookie({}, {}, OLD_PASSWORD), fresh()]],
    ['an older good one and the fresh one', () => [cookie({ exp: soon }), fresh()]],
  ])('%s, the fresh one counts', async (_about, cookies) => {
    expect(await load(cookies()).authenticate()).toMatchObject({ user: { email: 'new@example.com' } });
    expect(await load(cookies()).getLogOutUrl()).toContain('session_id=session_02');
  });

  test('one with a forged token does not hide a good one', async () => {
    const accessToken = createSigner('key_1', 'the attacker’s own pair').token(goodClaims({ exp: soon + 600 }));
    expect(await load([cookie({}, { accessToken }), fresh()]).authenticate()).toMatchObject({ authenticated: true });
  });

  test('the newest is refreshed where all have expired', async () => {
    const newest = cookie({ exp: 1_700_000_001 }, { refreshToken: 'refresh_token_newest' });
    expect(await load([stale(), newest, stale()]).refresh()).toMatchObject({ authenticated: true });
    expect(api.requests.map(({ body }) => body['refresh_token'])).toEqual(['refresh_token_newest']);
  });

  test('none that opens is an invalid cookie, and none at all is no cookie', async () => {
    expect(await load(['a', 'b']).authenticate()).toEqual({ authenticated: false, reason: 'invalid_session_cookie' });
    expect(await load(['', undefined]).authenticate()).toMatchObject({ reason: 'no_session_cookie_provided' });
    expect(await load([]).authenticate()).toMatchObject({ reason: 'no_session_cookie_provided' });
  });

  test('no more than ten are opened', async () => {
    const many = Array.from({ length: 10 }, () => 'garbage');
    expect(await load([...many.slice(1), fresh()]).authenticate()).toMatchObject({ authenticated: true });
    expect(await load([...many, fresh()]).authenticate()).toMatchObject({ reason: 'invalid_session_cookie' });
  });
});

test('a session is loaded with the password of the environment, as far as the compiler is concerned', async () => {
  vi.stubEnv('WORKOS_COOKIE_PASSWORD', PASSWORD);
  const session = new WorkOS(api.options).userManagement.loadSealedSession({ sessionData: cookie() });
  vi.unstubAllEnvs();
  expect(await session.authenticate()).toMatchObject({ authenticated: true });
});
