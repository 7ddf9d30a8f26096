import { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkOS, type CheckSessionOptions, type WorkOSOptions } from './index.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';
import { OLD_PASSWORD, PASSWORD, openText, sealText } from './testdata/seal-by-hand.ts';
import { goodClaims } from './testdata/signer.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

let cookies = 0;
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;
const sealed = (claims: object = {}, password = PASSWORD) =>
  sealText(
    JSON.stringify({
      user: { id: 'user_01' },
      accessToken: api.signer.token(goodClaims({ ...claims })),
      refreshToken: `refresh_token_of_check_${++cookies}`,
    }),
    password,
  );
const cookie = (claims: object = {}, password = PASSWORD) => `theme=dark; wos-session=${sealed(claims, password)}`;
const expired = () => cookie({ exp: 1_700_000_000 });
const check = (request: unknown, options: CheckSessionOptions = {}, client: WorkOSOptions = {}) =>
  new WorkOS({ ...api.options, maxRetries: 0, ...client }).userManagement.checkSession(request as string, {
    cookiePassword: PASSWORD,
    ...options,
  });
const refusing = (status: number, body: object, headers = {}) => {
  api.onAuthenticate = (_request, response) => sendJson(response, status, body, headers);
};
const names = (headers: [string, string][]) => headers.map(([name]) => name);

describe('a good session', () => {
  test.each<[string, (header: string) => unknown]>([
    ['a Cookie header', (header) => header],
    ['a request of the web', (header) => new Request('https://example.com', { headers: { cookie: header } })],
    [
      'a request of Node',
      (header) => Object.assign(new IncomingMessage(new Socket()), { headers: { cookie: header } }),
    ],
    ['cookies by name', (header) => ({ 'wos-session': header.split('wos-session=')[1] })],
    ['two headers', (header) => ['theme=light', header]],
  ])('of %s is returned, with its token and without headers', async (_about, request) => {
    const result = await check(request(cookie()));
    expect(result).toMatchObject({ authenticated: true, user: { id: 'user_01' }, headers: [] });
    expect(result).toHaveProperty('accessToken', expect.stringMatching(/^ey/));
    expect(api.requests).toHaveLength(0);
  });

  test('is refreshed in its last minute, and sets the cookie for this visitor alone', async () => {
    const result = await check(cookie({ exp: inSeconds(50) }), { cookie: { domain: 'example.com' } });
    expect(result).toMatchObject({ authenticated: true, user: { email: 'ada@example.com' } });
    expect(names(result.headers)).toEqual(['Set-Cookie', 'Cache-Control']);
    expect(result.headers[0]![1]).toMatch(/^wos-session=Fe26.*; Domain=example\.com; Path=\/; Secure; HttpOnly/);
    expect(result.headers[1]![1]).toBe('private, no-store');
    const value = result.headers[0]![1].replace(/^wos-session=|;.*$/g, '');
    expect(JSON.parse(openText(value, PASSWORD))).toHaveProperty(
      'accessToken',
      (result as { accessToken: string }).accessToken,
    );
  });

  test.each([
    [{}, 100, 0],
    [{}, 40, 1],
    [{ refreshBefore: 600 }, 700, 0],
    [{ refreshBefore: 600 }, 500, 1],
  ])('with %o and %i seconds left makes %i refreshes', async (options, seconds, refreshes) => {
    await check(cookie({ exp: inSeconds(seconds) }), options);
    expect(api.requests).toHaveLength(refreshes);
  });

  test('is refreshed as early as the option says, and not at all for 0', async () => {
    expect((await check(cookie(), { refreshBefore: 3_600 })).headers).toHaveLength(2);
    expect((await check(cookie({ exp: inSeconds(2) }), { refreshBefore: 0 })).headers).toEqual([]);
  });

  test('of an older password is sealed with the present one', async () => {
    const result = await check(cookie({}, OLD_PASSWORD), { cookiePassword: [PASSWORD, OLD_PASSWORD] });
    expect(names(result.headers)).toEqual(['Set-Cookie', 'Cache-Control']);
    expect(openText(result.headers[0]![1].replace(/^wos-session=|;.*$/g, ''), PASSWORD)).toContain('user_01');
  });

  test.each([500, 429])('of an older password outlives a refresh that is answered %i', async (status) => {
    refusing(status, {});
    const passwords = { cookiePassword: [PASSWORD, OLD_PASSWORD] };
    expect(await check(cookie({}, OLD_PASSWORD), passwords)).toMatchObject({ authenticated: true, headers: [] });
  });

  test('is refreshed from exactly that time before it expires', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: 1_900_000_000_000 });
    try {
      const at = (seconds: number) => check(cookie({ exp: inSeconds(seconds) }), {}, { onWarning: () => {} });
      expect((await at(61)).headers).toEqual([]);
      expect((await at(60)).headers).toHaveLength(2);
    } finally {
      vi.useRealTimers();
    }
  });

  test.each([500, 429])('in its last minute outlives a refresh that is answered %i', async (status) => {
    refusing(status, {});
    expect(await check(cookie({ exp: inSeconds(30) }))).toMatchObject({ authenticated: true, headers: [] });
  });

  test('that was ended at the API ends in its last minute', async () => {
    refusing(400, { error: 'invalid_grant' });
    expect(await check(cookie({ exp: inSeconds(30) }))).toMatchObject({ authenticated: false, sessionEnded: true });
  });

  test('is found next to a stale cookie, which is replaced together with its chunks', async () => {
    const stale = sealed({ exp: 1_700_000_000 });
    const result = await check(`wos-session=${stale}; wos-session=${sealed()}`);
    expect(result).toMatchObject({ authenticated: true });
    const left = await check(`${expired()}; wos-session.0=x; wos-session.1=y`);
    expect(left.headers.map(([, value]) => value.split('=')[0])).toEqual([
      'wos-session',
      'wos-session.0',
      'wos-session.1',
      'private, no-store',
    ]);
  });
});

describe('no session', () => {
  test('sets nothing for a request without a cookie', async () => {
    for (const request of [undefined, null, '', {}, [], 'theme=dark', new Request('https://example.com')]) {
      const result = await check(request);
      expect(result).toMatchObject({ reason: 'no_session_cookie_provided', retryable: false, sessionEnded: true });
      expect(result.headers).toEqual([['Cache-Control', 'private, no-store']]);
    }
  });

  test.each([
    ['a forged cookie', () => 'wos-session=Fe26.2*forged; wos-session.0=x', 'invalid_session_cookie'],
    ['a session that was ended', () => (refusing(400, { error: 'invalid_grant' }), expired()), 'invalid_grant'],
    ['an organization that refuses it', () => (refusing(403, { code: 'sso_required' }), expired()), 'sso_required'],
  ])('deletes the cookie of %s', async (_about, request, reason) => {
    const result = await check(request(), { cookie: { path: '/app' } });
    expect(result).toMatchObject({ authenticated: false, reason, retryable: false, sessionEnded: true });
    const deleted = result.headers.filter(([name]) => name === 'Set-Cookie').map(([, value]) => value);
    expect(deleted.length).toBeGreaterThan(0);
    for (const header of deleted) expect(header).toMatch(/=; Max-Age=0; Path=\/app/);
  });

  test('has a getter for where the API sends the visitor', async () => {
    const url = 'https://example.authkit.app/step?token=secret';
    refusing(403, { code: 'mfa_enrollment', authkit_redirect_url: url });
    const result = await check(expired());
    expect(result).toHaveProperty('authkitRedirectUrl', url);
    expect(JSON.stringify(result) + inspect(result, { showHidden: true })).not.toContain('secret');
  });
});

describe('an outage', () => {
  test.each<[string, () => void, object, string]>([
    ['of the API', () => refusing(503, {}), { reason: 'server_error' }, '5'],
    ['that names its end', () => refusing(503, {}, { 'Retry-After': '90' }), { reason: 'server_error' }, '90'],
    ['of its patience', () => refusing(429, {}), { reason: 'rate_limit_exceeded' }, '5'],
  ])('%s keeps the cookie and says when to come back', async (_about, prepare, result, seconds) => {
    prepare();
    const checked = await check(expired());
    expect(checked).toMatchObject({ authenticated: false, retryable: true, sessionEnded: false, ...result });
    expect(checked.headers).toEqual([
      ['Retry-After', seconds],
      ['Cache-Control', 'private, no-store'],
    ]);
  });

  test('of the key server is one', async () => {
    api.onKeys = (_request, response) => sendJson(response, 500, {});
    const result = await check(cookie());
    expect(result).toMatchObject({ reason: 'keys_unavailable', retryable: true, sessionEnded: false });
    expect(result).toHaveProperty('error.code', 'keys_unavailable');
  });
});

test('what the program is to blame for is thrown', async () => {
  refusing(401, {});
  await expect(check(expired())).rejects.toMatchObject({ code: 'api_key_refused' });
  await expect(check(cookie(), { refreshBefore: -1 })).rejects.toMatchObject({ code: 'invalid_option' });
  await expect(check(cookie(), { refreshBefore: '60' as never })).rejects.toMatchObject({ code: 'invalid_option' });
  await expect(check(cookie(), { cookiePassword: 'short' })).rejects.toMatchObject({ code: 'short_cookie_password' });
});

test('a refresh that requires another step is thrown, and so is a session that does not fit into four cookies', async () => {
  refusing(403, { code: 'mfa_challenge' });
  await expect(check(expired())).rejects.toMatchObject({ code: 'authentication_incomplete' });
  api.onAuthenticate = (_request, _response, next) => next();
  api.answer = { access_token: api.signer.token(goodClaims({ permissions: Array(2_000).fill('posts:write') })) };
  const given = check(expired(), {}, { onWarning: () => {} });
  await expect(given).rejects.toMatchObject({ code: 'session_too_large' });
});

test('an aborted call rejects with the reason, and the refresh continues for the others', async () => {
  const answers: (() => void)[] = [];
  api.onAuthenticate = (_request, _response, next) => answers.push(next);
  const request = expired();
  const abort = new AbortController();
  const given = check(request, { signal: abort.signal }, { timeout: 5_000 });
  const other = check(request, {}, { timeout: 5_000 });
  await expect.poll(() => answers.length).toBe(1);
  abort.abort(new Error('left'));
  await expect(given).rejects.toThrow('left');
  answers[0]!();
  expect(await other).toMatchObject({ authenticated: true });
  await expect(check(cookie(), { signal: AbortSignal.abort(new Error('gone')) })).rejects.toThrow('gone');
  expect(api.requests).toHaveLength(1);
});
