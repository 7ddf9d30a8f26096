import type { ServerResponse } from 'node:http';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { SessionError, WorkOS, type RefreshResult, type WorkOSOptions } from './index.ts';
import { parseSettings } from './settings.ts';
import { API_KEY, apiUser, sendJson, startApi, type Behaviour, type TestApi } from './testdata/api-server.ts';
import { nightly } from './testdata/effort.ts';
import { OLD_PASSWORD, PASSWORD, openText, sealText } from './testdata/seal-by-hand.ts';
import { goodClaims } from './testdata/signer.ts';

let api: TestApi;
let cookies = 0;
/** The cookie of a visitor whose access token has just expired; each call makes another visitor. */
function expiredCookie(overrides: object = {}, claims: object = {}): string {
  const accessToken = api.signer.token(goodClaims({ exp: 1_700_000_000, ...claims }));
  const user = { id: 'user_01', email: 'old@example.com' };
  const refreshToken = `old_refresh_token_${++cookies}`;
  return sealText(JSON.stringify({ accessToken, refreshToken, user, ...overrides }), PASSWORD);
}
const sessionOf = (sessionData: string | undefined, options: WorkOSOptions = {}) =>
  new WorkOS({ ...api.options, ...options }).userManagement.loadSealedSession({
    sessionData,
    cookiePassword: PASSWORD,
  });
const refresh = (options: WorkOSOptions = {}) => sessionOf(expiredCookie(), options).refresh();

beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

describe('a refresh that succeeds', () => {
  test('gives the session of the answer, sealed and with its size', async () => {
    api.answer = {
      user: { ...apiUser, email: 'new@example.com' },
      impersonator: { email: 'i@example.com', reason: null },
    };
    const result = await refresh();
    if (!result.authenticated) throw new Error(result.reason);
    expect(result).toMatchObject({
      sessionId: 'session_01',
      organizationId: 'org_01',
      role: 'admin',
      permissions: ['posts:write'],
      user: { email: 'new@example.com', emailVerified: true, metadata: { team: 'engines' } },
      impersonator: { email: 'i@example.com', reason: null },
      authenticationMethod: 'Password',
      needsReseal: false,
      cookieBytes: 'wos-session'.length + result.sealedSession.length,
      session: { sealedSession: result.sealedSession, refreshToken: expect.stringMatching(/^refresh_token_/) },
    });
    expect(result.expiresAt).toBe(result.claims.exp * 1000);
    expect(result).not.toHaveProperty('accessToken');
    expect(JSON.parse(openText(result.sealedSession, PASSWORD))).toMatchObject({
      user: { email: 'new@example.com' },
      refreshToken: result.session.refreshToken,
    });
  });

  test('sends what the API documents, with one key that makes retries safe', async () => {
    await refresh();
    const [{ headers, body }] = api.requests as [TestApi['requests'][0]];
    expect(headers).toMatchObject({
      authorization: `Bearer ${API_KEY}`,
      'content-type': 'application/json',
      'idempotency-key': expect.stringMatching(/^[\w-]{36}$/),
    });
    expect(body).toEqual({
      grant_type: 'refresh_token',
      client_id: 'client_01',
      client_secret: API_KEY,
      refresh_token: `old_refresh_token_${cookies}`,
      organization_id: 'org_01',
    });
  });

  test('the session goes on with the new cookie', async () => {
    const session = sessionOf(expiredCookie());
    expect(await session.authenticate()).toEqual({ authenticated: false, reason: 'invalid_jwt' });
    const first = await session.refresh();
    expect(await session.authenticate()).toMatchObject({ authenticated: true, user: { email: 'ada@example.com' } });
    await session.refresh();
    expect(first.authenticated && first.session.refreshToken).toBe(api.requests[1]!.body['refresh_token']);
  });

  test('a new password seals the new session, and the session continues with it', async () => {
    const session = sessionOf(expiredCookie());
    const result = await session.refresh({ cookiePassword: OLD_PASSWORD });
    expect(openText((result.authenticated && result.sealedSession) || '', OLD_PASSWORD)).toContain('user_01');
    expect(await session.authenticate()).toMatchObject({ authenticated: true, needsReseal: false });
  });

  test.each([
    ['the one asked for', { organizationId: 'org_02' }, {}, {}, 'org_02'],
    ['that of the old token', {}, {}, { organizationId: 'org_03' }, 'org_01'],
    [
      'that of the cookie, when the old token names none',
      {},
      { org_id: undefined },
      { organizationId: 'org_03' },
      'org_03',
    ],
    ['none, when nothing names one', {}, { org_id: undefined }, {}, undefined],
  ])('is for an organization: %s', async (_about, options, claims, overrides, organization) => {
    await sessionOf(expiredCookie(overrides, claims)).refresh(options);
    expect(api.requests[0]!.body['organization_id']).toBe(organization);
  });

  test('works when the old access token is no token at all', async () => {
    expect(await sessionOf(expiredCookie({ accessToken: 'x' })).refresh()).toMatchObject({ authenticated: true });
  });

  test('the way the user had signed in stays known when the answer does not repeat it', async () => {
    api.answer = { authentication_method: undefined };
    const session = sessionOf(expiredCookie({ authenticationMethod: 'Passkey' }));
    expect(await session.refresh()).toMatchObject({ authenticationMethod: 'Passkey' });
    expect(await session.authenticate()).toMatchObject({ authenticationMethod: 'Passkey' });
  });

  test('own claims are typed', async () => {
    api.signer = { ...api.signer, token: (claims) => startSigner.token({ ...claims, plan: 'team' }) };
    const startSigner = (await import('./testdata/signer.ts')).createSigner();
    const result = await sessionOf(expiredCookie()).refresh<{ plan: 'free' | 'team' }>();
    const plan: 'free' | 'team' | false = result.authenticated && result.claims.plan;
    expect(plan).toBe('team');
  });
});

describe('concurrent callers', () => {
  const slowly: Behaviour = (_request, _response, next) => void setTimeout(next, 50);
  const refreshTokenOf = (result: RefreshResult) => result.authenticated && result.session.refreshToken;

  test.each([
    ['in one instance', (cookie: string) => Array<ReturnType<typeof sessionOf>>(50).fill(sessionOf(cookie))],
    ['in fifty instances', (cookie: string) => Array.from({ length: 50 }, () => sessionOf(cookie))],
  ])('%s make one API call, are all signed in, and so is a straggler', async (_about, sessionsOf) => {
    api.onAuthenticate = slowly;
    const cookie = expiredCookie();
    const results = await Promise.all(sessionsOf(cookie).map((session) => session.refresh()));
    expect(new Set(results.map((result) => result.authenticated))).toEqual(new Set([true]));
    expect(new Set(results.map((result) => result.authenticated && result.sealedSession)).size).toBe(1);
    const straggler = await sessionOf(cookie).refresh();
    expect(refreshTokenOf(straggler)).toBe(refreshTokenOf(results[0]!));
    expect(api.requests).toHaveLength(1);
  });

  test('for another organization make a call of their own', async () => {
    const cookie = expiredCookie();
    await Promise.all([sessionOf(cookie).refresh(), sessionOf(cookie).refresh({ organizationId: 'org_02' })]);
    expect(api.requests.map(({ body }) => body['organization_id']).sort()).toEqual(['org_01', 'org_02']);
  });

  test('with other passwords share the call, and each gets a cookie of its own password', async () => {
    const cookie = expiredCookie();
    const [one, other] = await Promise.all([
      sessionOf(cookie).refresh(),
      sessionOf(cookie).refresh({ cookiePassword: OLD_PASSWORD }),
    ]);
    expect(openText((one.authenticated && one.sealedSession) || '', PASSWORD)).toContain('user_01');
    expect(openText((other.authenticated && other.sealedSession) || '', OLD_PASSWORD)).toContain('user_01');
    expect(api.requests).toHaveLength(1);
  });

  test('of another fetch function, another key or another client do not get each other’s session', async () => {
    const cookie = expiredCookie();
    await sessionOf(cookie).refresh();
    await sessionOf(cookie, { apiKey: 'sk_test_other' }).refresh();
    await sessionOf(cookie, { clientId: 'client_02' }).refresh();
    await sessionOf(cookie, { fetchFn: (url, init) => fetch(url, init) }).refresh();
    expect(api.requests).toHaveLength(4);
  });

  test('share a failure, and the next one tries again', async () => {
    let failing = true;
    api.onAuthenticate = (request, response, next) =>
      slowly(request, response, () => (failing ? sendJson(response, 400, { error: 'invalid_grant' }) : next()));
    const cookie = expiredCookie();
    const results = await Promise.all([sessionOf(cookie).refresh(), sessionOf(cookie).refresh()]);
    expect(results).toMatchObject([{ reason: 'invalid_grant' }, { reason: 'invalid_grant' }]);
    expect(api.requests).toHaveLength(1);
    failing = false;
    expect(await sessionOf(cookie).refresh()).toMatchObject({ authenticated: true });
  });

  test.each<[string, unknown]>([
    ['a text', 'abc'],
    ['a token without a session id', { sid: undefined }],
    ['a token that never expires', { exp: undefined }],
  ])('do not get %s again, where the API gave it for an access token', async (_about, token) => {
    const accessToken = typeof token === 'string' ? token : api.signer.token(goodClaims({ ...(token as object) }));
    api.answer = { access_token: accessToken };
    const cookie = expiredCookie();
    const failure = { authenticated: false, reason: 'server_error', retryable: true };
    expect(await Promise.all([sessionOf(cookie).refresh(), sessionOf(cookie).refresh()])).toMatchObject([
      failure,
      failure,
    ]);
    api.answer = {};
    expect(await sessionOf(cookie).refresh()).toMatchObject({ authenticated: true });
    expect(api.requests).toHaveLength(2);
  });

  test('a call that started earlier and ends later does not restore an older session', async () => {
    const session = sessionOf(expiredCookie());
    let release = () => {};
    api.onAuthenticate = (request, _response, next) => {
      if (request.body['organization_id'] === 'org_slow') release = next;
      else next();
    };
    const slow = session.refresh({ organizationId: 'org_slow' });
    await expect.poll(() => api.requests.length).toBe(1);
    const fast = await session.refresh({ organizationId: 'org_fast' });
    release();
    await slow;
    await session.refresh();
    expect(api.requests[2]!.body['refresh_token']).toBe(refreshTokenOf(fast));
  });
});

describe('the session is over', () => {
  test.each<[string, Behaviour, string]>([
    [
      'as OAuth says it',
      refusal(400, { error: 'invalid_grant', error_description: 'Session has ended' }),
      'invalid_grant',
    ],
    ['as the API says it', refusal(400, { code: 'invalid_grant', message: 'Session has ended' }), 'invalid_grant'],
    ['under 401', refusal(401, { error: 'invalid_grant' }), 'invalid_grant'],
    ['for want of a second factor', refusal(403, { code: 'mfa_enrollment', message: 'Enroll' }), 'mfa_enrollment'],
    ['for want of single sign-on', refusal(403, { error: 'sso_required', connection_ids: ['c'] }), 'sso_required'],
    ['for want of single sign-on, as a code', refusal(422, { code: 'sso_required' }), 'sso_required'],
    ['beside another code', refusal(400, { code: 'bad_request', error: 'invalid_grant' }), 'invalid_grant'],
  ])('%s', async (_about, behaviour, reason) => {
    api.onAuthenticate = behaviour;
    const result = await refresh();
    expect(result).toMatchObject({ authenticated: false, reason, retryable: false, sessionEnded: true });
    expect(result).toHaveProperty('error.code', reason);
    expect(api.requests).toHaveLength(1);
  });

  test.each<[string, () => string | undefined, string]>([
    ['without a cookie', () => undefined, 'no_session_cookie_provided'],
    ['with an empty cookie', () => '', 'no_session_cookie_provided'],
    ['with garbage', () => 'Fe26.2*garbage', 'invalid_session_cookie'],
    [
      'with a cookie that holds no refresh token',
      () => expiredCookie({ refreshToken: undefined }),
      'invalid_session_cookie',
    ],
  ])('before it began: %s', async (_about, cookie, reason) => {
    const result = await sessionOf(cookie()).refresh();
    expect(result).toEqual({ authenticated: false, reason, retryable: false, sessionEnded: true });
    expect(api.requests).toHaveLength(0);
  });
});

describe('a switch of organization that is refused', () => {
  const url = 'https://example.authkit.app/next?token=secret_of_the_step';
  const body = { code: 'mfa_enrollment', pending_authentication_token: 'pending_secret', authkit_redirect_url: url };
  const switching = (behaviour: Behaviour, organizationId: string | undefined) => {
    api.onAuthenticate = behaviour;
    return sessionOf(expiredCookie()).refresh({ organizationId });
  };

  test.each<[string, Behaviour, string | undefined, boolean]>([
    ['for want of a second factor leaves the session', refusal(403, body), 'org_02', false],
    ['for want of single sign-on leaves it', refusal(400, { error: 'sso_required' }), 'org_02', false],
    ['because the session is over does not', refusal(400, { error: 'invalid_grant' }), 'org_02', true],
    ['by the organization it is in does not', refusal(403, body), 'org_01', true],
    ['is not the same as a refresh that is', refusal(403, body), undefined, true],
  ])('%s', async (_about, behaviour, organizationId, sessionEnded) => {
    expect(await switching(behaviour, organizationId)).toMatchObject({ retryable: false, sessionEnded });
  });

  test('for want of the code of a second factor is thrown, with what the step needs', async () => {
    const failed = switching(refusal(403, { ...body, code: 'mfa_challenge' }), 'org_02');
    await expect(failed).rejects.toMatchObject({
      name: 'AuthenticationException',
      code: 'authentication_incomplete',
      pendingAuthenticationToken: 'pending_secret',
    });
  });

  test('has getters for where the API sends the visitor and what to send back, which no log shows', async () => {
    const result = await switching(refusal(403, body), 'org_02');
    if (result.authenticated || result.retryable) throw new Error('it is final');
    expect(result.authkitRedirectUrl).toBe(url);
    expect(result.pendingAuthenticationToken).toBe('pending_secret');
    const told = JSON.stringify(result) + inspect(result, { depth: 20, showHidden: true }) + inspect(result);
    expect(told).not.toContain('secret');
  });

  test.each(['javascript:alert(1)', '//evil.example', 'https://', 7])('sends nobody to %s', async (to) => {
    const result = await switching(refusal(403, { ...body, authkit_redirect_url: to }), 'org_02');
    expect(result).toMatchObject({ reason: 'mfa_enrollment', authkitRedirectUrl: undefined });
  });
});

describe('nobody is signed out', () => {
  const once: WorkOSOptions = { maxRetries: 1 };
  /** For a server that does not answer. */
  const fast: WorkOSOptions = { ...once, timeout: 250, refreshBudget: 1_500 };
  // Said when it is asked: the tests before may take their time.
  const inAnHour: Behaviour = (...asked) =>
    refusal(429, {}, { 'Retry-After': new Date(Date.now() + 3_600_000).toUTCString() })(...asked);

  test.each<[string, Behaviour, { reason: string; retryAfter?: unknown }]>([
    ['by 500', refusal(500, { message: 'no' }), { reason: 'server_error' }],
    ['by a 500 that claims the session is over', refusal(500, { error: 'invalid_grant' }), { reason: 'server_error' }],
    ['by 501', refusal(501, {}), { reason: 'server_error' }],
    ['by 599', refusal(599, {}), { reason: 'server_error' }],
    ['by 502 in HTML', (_q, response) => html(response, 502), { reason: 'server_error' }],
    ['by 503 without a body', (_q, response) => void response.writeHead(503).end(), { reason: 'server_error' }],
    ['by 200 in HTML', (_q, response) => html(response, 200), { reason: 'server_error' }],
    ['by 200 without a body', (_q, response) => void response.writeHead(200).end(), { reason: 'server_error' }],
    [
      'by 200 with half an answer',
      (_q, response) => void response.writeHead(200).end('{"user":'),
      { reason: 'server_error' },
    ],
    ['by 200 with null', refusal(200, null), { reason: 'server_error' }],
    ['by 200 without tokens', refusal(200, { user: apiUser }), { reason: 'server_error' }],
    ['by 200 without a user', refusal(200, { access_token: 'a', refresh_token: 'b' }), { reason: 'server_error' }],
    [
      'by 200 with an invalid token',
      refusal(200, { user: apiUser, access_token: 'a', refresh_token: 'b' }),
      { reason: 'server_error' },
    ],
    ['by 204', (_q, response) => void response.writeHead(204).end(), { reason: 'server_error' }],
    [
      'by a redirect',
      (_q, response) => void response.writeHead(302, { Location: '/' }).end(),
      { reason: 'server_error' },
    ],
    [
      'by an answer without end',
      (_q, response) => void response.writeHead(200).end('x'.repeat(2_000_000)),
      { reason: 'server_error' },
    ],
    ['by 408', refusal(408, {}), { reason: 'timeout' }],
    ['by a 408 that claims the session is over', refusal(408, { error: 'invalid_grant' }), { reason: 'timeout' }],
    ['by silence', () => {}, { reason: 'timeout' }],
    ['by a body that stalls', (_q, response) => void response.writeHead(200).write('{'), { reason: 'timeout' }],
    ['by a connection that breaks', (_q, response) => void response.destroy(), { reason: 'network_error' }],
    ['by a body that breaks', (_q, response) => breakOff(response), { reason: 'network_error' }],
    ['by 429', refusal(429, {}), { reason: 'rate_limit_exceeded' }],
    [
      'by a 429 that claims the session is over',
      refusal(429, { error: 'invalid_grant' }),
      { reason: 'rate_limit_exceeded' },
    ],
    [
      'by 429 for an hour',
      refusal(429, {}, { 'Retry-After': '3600' }),
      { reason: 'rate_limit_exceeded', retryAfter: 3600 },
    ],
    ['by 429 until a date', inAnHour, { reason: 'rate_limit_exceeded', retryAfter: expect.closeTo(3600, -1) }],
    ['by 503 for an hour', refusal(503, {}, { 'Retry-After': '3600' }), { reason: 'server_error', retryAfter: 3600 }],
    ['by 429 for ever', refusal(429, {}, { 'Retry-After': '9'.repeat(40) }), { reason: 'rate_limit_exceeded' }],
  ])('%s', { concurrent: true }, async (_about, behaviour, result) => {
    const own = await startApi();
    own.onAuthenticate = behaviour;
    const failure = await sessionOf(expiredCookie(), {
      ...own.options,
      ...(result.reason === 'timeout' ? fast : once),
    }).refresh();
    await own.close();
    expect(failure).toMatchObject({ authenticated: false, retryable: true, sessionEnded: false, ...result });
    if (failure.authenticated || !failure.retryable) throw new Error('not retryable');
    expect(failure.error).toBeInstanceOf(SessionError);
    expect(failure.error.code).toBe(failure.reason);
  });

  test('by a server that is not there', async () => {
    const nobody = await startApi();
    await nobody.close();
    expect(await refresh({ ...once, port: nobody.port })).toMatchObject({ reason: 'network_error', retryable: true });
  });

  test('by a transient failure, which is retried with the same key', async () => {
    const failures = [
      refusal(503, {}),
      refusal(429, {}, { 'Retry-After': '0' }),
      (_q, response) => void response.destroy(),
    ] as Behaviour[];
    api.onAuthenticate = (request, response, next) => (failures.shift() ?? next)(request, response, next);
    expect(await refresh()).toMatchObject({ authenticated: true });
    expect(api.requests).toHaveLength(4);
    expect(new Set(api.requests.map(({ headers }) => headers['idempotency-key'])).size).toBe(1);
  });

  test('by a wait that fits into the budget', async () => {
    api.onAuthenticate = (request, response, next) =>
      api.requests.length === 1 ? refusal(429, {}, { 'Retry-After': '1' })(request, response, next) : next();
    const start = performance.now();
    expect(await refresh()).toMatchObject({ authenticated: true });
    expect(performance.now() - start).toBeGreaterThan(950);
  });

  /** The pauses before repeats, in milliseconds, with the smallest or the largest random part. They take no time. */
  async function pausesOf(chance: 0 | 1, options: object): Promise<number[]> {
    const pauses: number[] = [];
    const { setTimeout } = globalThis;
    vi.spyOn(Math, 'random').mockReturnValue(chance);
    // Time limits of attempts are longer.
    const skip = (run: () => void, ms = 0, ...rest: []) => {
      if (ms > 0 && ms <= 2_000) pauses.push(ms);
      return setTimeout(run, ms <= 2_000 ? 0 : ms, ...rest);
    };
    vi.spyOn(globalThis, 'setTimeout').mockImplementation(skip as typeof setTimeout);
    await refresh({ timeout: 20_000, refreshBudget: 25_000, ...options }).finally(() => vi.restoreAllMocks());
    return pauses;
  }

  test('after pauses that double up to two seconds, between half and all of them', async () => {
    api.onAuthenticate = refusal(503, {});
    expect(await pausesOf(1, { maxRetries: 6 })).toEqual([200, 400, 800, 1_600, 2_000, 2_000]);
    expect(await pausesOf(0, { maxRetries: 5 })).toEqual([100, 200, 400, 800, 1_000]);
  });

  test('after the seconds that the API asks for', async () => {
    api.onAuthenticate = refusal(429, {}, { 'Retry-After': '2' });
    expect(await pausesOf(1, { maxRetries: 1 })).toEqual([2_000]);
  });

  test.each([408, 429, 500, 502, 503, 504])('by %i, which is tried again', async (status) => {
    api.onAuthenticate = refusal(status, {});
    expect(await pausesOf(0, { maxRetries: 1 })).toEqual([100]);
    expect(api.requests).toHaveLength(2);
  });

  test.each([400, 501, 505])('by %i, which is not tried again', async (status) => {
    api.onAuthenticate = refusal(status, {});
    await refresh().catch(() => {});
    expect(api.requests).toHaveLength(1);
  });

  test('and no more repeats are made than allowed', async () => {
    api.onAuthenticate = refusal(503, {});
    await refresh({ maxRetries: 0 });
    expect(api.requests).toHaveLength(1);
    await refresh({ maxRetries: 2 });
    expect(api.requests).toHaveLength(4);
  });
});

describe('every refresh settles within its budget', () => {
  test('also of a client with a shorter time limit than the first one', async () => {
    const cookie = expiredCookie();
    let release = () => {};
    api.onAuthenticate = (_request, _response, next) => (release = next);
    const patient = sessionOf(cookie).refresh();
    await expect.poll(() => api.requests.length).toBe(1);
    const result = await sessionOf(cookie, { refreshBudget: 100 }).refresh();
    expect(result).toMatchObject({ reason: 'timeout', retryable: true });
    release();
    expect(await patient).toMatchObject({ authenticated: true });
    expect(api.requests).toHaveLength(1);
  });

  test('which is less than 25 seconds unless set, and never more', () => {
    expect(parseSettings({ clientId: 'c' }).endpoint.budgetMs).toBeLessThan(25_000);
    expect(() => parseSettings({ clientId: 'c', refreshBudget: 25_001 })).toThrow(/refreshBudget/);
  });

  test.each<[string, Behaviour]>([
    ['in silence', () => {}],
    ['after the headers', (_q, response) => void response.writeHead(200).write('{')],
    ['drop by drop', (_q, response) => drip(response)],
    ['with failures', refusal(503, {})],
    ['with a wait that just fits', refusal(429, {}, { 'Retry-After': '1' })],
  ])('when the server stalls %s', { timeout: 60_000, concurrent: true }, async (_about, behaviour) => {
    const own = await startApi();
    own.onAuthenticate = behaviour;
    // The nightly run waits out the default settings, the others a smaller budget.
    const options = nightly ? {} : { refreshBudget: 1_200, maxRetries: 10 };
    const start = performance.now();
    const session = sessionOf(expiredCookie(), { ...own.options, ...options });
    expect(await session.refresh()).toMatchObject({ authenticated: false, retryable: true });
    expect(performance.now() - start).toBeLessThan(nightly ? 25_000 : 7_000);
    await own.close();
  });
});

describe('the program is wrong', () => {
  test.each<[string, Behaviour, object]>([
    ['for 401', refusal(401, { message: 'Unauthorized' }), { code: 'api_key_refused', status: 401 }],
    ['for 403', refusal(403, {}), { code: 'access_denied', status: 403 }],
    ['for 404', refusal(404, { message: 'Not Found' }), { code: 'not_found', status: 404 }],
    ['for 404 in HTML', (_q, response) => html(response, 404), { code: 'not_found', status: 404 }],
    [
      'for 422',
      refusal(422, { code: 'invalid_request' }),
      { code: 'request_refused', status: 422, apiCode: 'invalid_request' },
    ],
    [
      'for an unknown client',
      refusal(400, { error: 'invalid_client' }),
      { code: 'request_refused', apiCode: 'invalid_client' },
    ],
    [
      'for a step it has to lead to',
      refusal(403, { code: 'organization_selection_required' }),
      { code: 'authentication_incomplete' },
    ],
  ])('%s', async (_about, behaviour, error) => {
    api.onAuthenticate = behaviour;
    await expect(refresh()).rejects.toMatchObject(error);
    expect(api.requests).toHaveLength(1);
  });

  test('for calling without an API key', async () => {
    await expect(refresh({ apiKey: undefined })).rejects.toMatchObject({ code: 'missing_api_key' });
  });

  test('for a password that is too short, before the token is used up', async () => {
    const session = sessionOf(expiredCookie());
    await expect(session.refresh({ cookiePassword: 'short' })).rejects.toMatchObject({ code: 'short_cookie_password' });
    expect(api.requests).toHaveLength(0);
  });

  test('and the request id of the answer are in the error, and nothing else of the answer is', async () => {
    api.onAuthenticate = refusal(422, { message: `${API_KEY} is wrong`, code: 'x y' }, { 'X-Request-ID': 'req_01' });
    const error = await refresh().catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ requestId: 'req_01' });
    expect(error).not.toHaveProperty('apiCode');
    expect(String(error)).not.toContain(API_KEY);
  });
});

function refusal(status: number, body: unknown, headers: Record<string, string> = {}): Behaviour {
  return (_request, response) => sendJson(response, status, body, headers);
}

function html(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'Content-Type': 'text/html' }).end('<!doctype html><h1>Bad gateway</h1>');
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Length': '1000' });
  response.write('{"user":', () => response.destroy());
}

function drip(response: ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const timer = setInterval(() => response.write(' '), 20);
  response.on('close', () => clearInterval(timer));
}
