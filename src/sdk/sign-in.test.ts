import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkOS, type FinishSignInOptions, type StartSignInOptions } from './index.ts';
import { parseReturnTo } from './sign-in.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';
import { runs } from './testdata/effort.ts';
import { OLD_PASSWORD, PASSWORD, openText, sealText } from './testdata/seal-by-hand.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const SITE = 'https://example.com';
const redirectUri = `${SITE}/callback`;
const management = () => new WorkOS({ ...api.options, maxRetries: 0 }).userManagement;
const start = async (options: Partial<StartSignInOptions> = {}) => {
  const { url, headers } = await management().startSignIn({ redirectUri, cookiePassword: PASSWORD, ...options });
  const { searchParams } = new URL(url);
  const [cookie = ''] = headers[0]![1].split(';');
  return { url, headers, cookie, state: searchParams.get('state') ?? '', query: Object.fromEntries(searchParams) };
};
const finish = (query: string, cookie: string, options: FinishSignInOptions = {}) =>
  management().finishSignIn(
    { url: `/callback?${query}`, headers: { cookie } },
    { cookiePassword: PASSWORD, ...options },
  );
const value = (cookie: string) => decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1));

test('a sign-in begins with a state and a challenge, whose verifier only the sealed cookie holds', async () => {
  const { query, headers, cookie } = await start({ loginHint: 'ada@example.com', returnTo: '/dashboard' });
  expect(query).toMatchObject({
    client_id: 'client_01',
    redirect_uri: redirectUri,
    response_type: 'code',
    provider: 'authkit',
    login_hint: 'ada@example.com',
    code_challenge_method: 'S256',
  });
  const ticket = JSON.parse(openText(value(cookie), PASSWORD)) as Record<string, string>;
  expect(ticket).toMatchObject({ state: query['state'], returnTo: '/dashboard' });
  const challenge = createHash('sha256').update(ticket['codeVerifier']!).digest('base64url');
  expect(query['code_challenge']).toBe(challenge);
  expect(headers[0]![1]).toMatch(/^wos-sign-in-[\w-]{8}=Fe26.*; Max-Age=600; Path=\/; Secure; HttpOnly; SameSite=Lax$/);
  expect(headers[1]).toEqual(['Cache-Control', 'private, no-store']);
});

test.each<[object, object]>([
  [{ provider: 'GoogleOAuth' }, { provider: 'GoogleOAuth' }],
  [{ connectionId: 'conn_01' }, { connection_id: 'conn_01', provider: undefined }],
  [{ organizationId: 'org_01' }, { organization_id: 'org_01', provider: undefined }],
  [
    { provider: 'authkit', organizationId: 'org_01' },
    { provider: 'authkit', organization_id: 'org_01' },
  ],
])('%o chooses where the visitor signs in', async (options, expected) => {
  const { query } = await start(options);
  expect({ provider: undefined, ...query }).toMatchObject(expected);
});

test('it ends with the session cookie, where the visitor wanted to go, and without the other cookie', async () => {
  const { cookie, state } = await start({ returnTo: '/dashboard?tab=1#top' });
  const ticket = JSON.parse(openText(value(cookie), PASSWORD)) as Record<string, string>;
  const result = await finish(`code=code_1&state=${state}`, `${cookie}; wos-session.0=old`, {
    cookie: { domain: 'example.com' },
    ipAddress: '192.0.2.1',
  });
  if (!result.authenticated) throw new Error(result.reason);
  expect(result).toMatchObject({ user: { id: 'user_01' }, returnTo: '/dashboard?tab=1#top' });
  expect(api.requests[0]!.body).toMatchObject({
    grant_type: 'authorization_code',
    code: 'code_1',
    code_verifier: ticket['codeVerifier'],
    ip_address: '192.0.2.1',
  });
  const set = result.headers.filter(([name]) => name === 'Set-Cookie').map(([, header]) => header);
  expect(set[0]).toMatch(/^wos-sign-in-[\w-]{8}=; Max-Age=0; Domain=example\.com/);
  expect(set[1]).toBe(
    `wos-session=${result.sealedSession}; Domain=example.com; Path=/; Secure; HttpOnly; SameSite=Lax`,
  );
  expect(set[2]).toMatch(/^wos-session\.0=; Max-Age=0/);
  expect(result.headers[0]).toEqual(['Cache-Control', 'private, no-store']);
});

test('two tabs do not disturb each other', async () => {
  const [one, two] = [await start({ returnTo: '/one' }), await start({ returnTo: '/two' })];
  const cookies = `${one.cookie}; ${two.cookie}`;
  expect(await finish(`code=a&state=${two.state}`, cookies)).toMatchObject({ authenticated: true, returnTo: '/two' });
  expect(await finish(`code=b&state=${one.state}`, cookies)).toMatchObject({ authenticated: true, returnTo: '/one' });
});

test('the request of the web is a callback too', async () => {
  const { cookie, state } = await start();
  const request = new Request(`${redirectUri}?code=a&state=${state}`, { headers: { cookie } });
  expect(await management().finishSignIn(request, { cookiePassword: PASSWORD })).toMatchObject({ returnTo: '/' });
});

describe('a callback is refused, and its code is not sent,', () => {
  test.each<[string, (given: Awaited<ReturnType<typeof start>>) => [query: string, cookie: string]]>([
    ['without the cookie', ({ state }) => [`code=a&state=${state}`, '']],
    ['without a state', ({ cookie }) => ['code=a', cookie]],
    ['with the state of somebody else', ({ cookie, state }) => [`code=a&state=${state.slice(0, 8)}x`, cookie]],
    ['with the cookie changed', ({ cookie, state }) => [`code=a&state=${state}`, `${cookie}x`]],
    [
      'with a cookie of another password',
      ({ cookie, state }) => [
        `code=a&state=${state}`,
        `${cookie.split('=')[0]}=${sealText(openText(value(cookie), PASSWORD), OLD_PASSWORD)}`,
      ],
    ],
    [
      'with a session in place of the cookie',
      ({ cookie, state }) => [
        `code=a&state=${state}`,
        `${cookie.split('=')[0]}=${sealText(JSON.stringify({ ...api.session(), state }), PASSWORD)}`,
      ],
    ],
    [
      'with a cookie whose end is not a number',
      ({ cookie, state }) => {
        const ticket = JSON.parse(openText(value(cookie), PASSWORD)) as object;
        const endless = sealText(JSON.stringify({ ...ticket, expiresAt: '9999999999999' }), PASSWORD);
        return [`code=a&state=${state}`, `${cookie.split('=')[0]}=${endless}`];
      },
    ],
    ['with an error of somebody who did not begin', () => ['error=access_denied', '']],
  ])('%s', async (_about, tamper) => {
    const [query, cookie] = tamper(await start());
    const result = await finish(query, cookie);
    expect(result).toMatchObject({ authenticated: false, reason: 'state_mismatch', retryable: false, returnTo: '/' });
    expect(api.requests).toHaveLength(0);
  });

  test('after ten minutes', async () => {
    const { cookie, state } = await start();
    vi.useFakeTimers({ toFake: ['Date'] });
    vi.setSystemTime(Date.now() + 601_000);
    const result = await finish(`code=a&state=${state}`, cookie);
    vi.useRealTimers();
    expect(result).toMatchObject({ reason: 'state_mismatch' });
  });
});

describe('a sign-in fails', () => {
  test.each<[string, string, number, object, object]>([
    ['because the visitor declined', 'error=access_denied', 200, {}, { reason: 'sign_in_denied' }],
    ['because AuthKit failed', 'error=server_error', 200, {}, { reason: 'sign_in_failed' }],
    ['because no code came', 'other=1', 200, {}, { reason: 'sign_in_failed' }],
    ['because the code is used', 'code=a', 400, { error: 'invalid_grant' }, { reason: 'invalid_grant' }],
    ['for want of single sign-on', 'code=a', 400, { error: 'sso_required' }, { reason: 'sso_required' }],
    ['because the API is down', 'code=a', 503, {}, { reason: 'server_error', retryable: true }],
    ['because it asks too often', 'code=a', 429, {}, { reason: 'rate_limit_exceeded', retryable: true }],
  ])('%s', async (_about, query, status, body, expected) => {
    const { cookie, state } = await start({ returnTo: '/kept' });
    api.onAuthenticate = (_request, response) => sendJson(response, status, body);
    const result = await finish(`${query}&state=${state}`, cookie);
    expect(result).toMatchObject({ authenticated: false, retryable: false, returnTo: '/kept', ...expected });
    // The visitor can load the page again while the API may still take the code.
    const deletes = result.headers.filter(([name]) => name === 'Set-Cookie');
    expect(deletes).toHaveLength('retryable' in expected ? 0 : 1);
  });

  test('because another step is required, which the error contains', async () => {
    const { cookie, state } = await start();
    const step = { code: 'organization_selection_required', pending_authentication_token: 'p', organizations: [] };
    api.onAuthenticate = (_request, response) => sendJson(response, 403, step);
    const result = await finish(`code=a&state=${state}`, cookie);
    expect(result).toMatchObject({ reason: 'authentication_incomplete' });
    expect(result).toHaveProperty('error.pendingAuthenticationToken', 'p');
  });

  test('by wrong settings, which throw', async () => {
    const { cookie, state } = await start();
    api.onAuthenticate = (_request, response) => sendJson(response, 401, {});
    await expect(finish(`code=a&state=${state}`, cookie)).rejects.toMatchObject({ code: 'api_key_refused' });
    await expect(start({ redirectUri: '/callback' })).rejects.toMatchObject({ code: 'invalid_option' });
    await expect(start({ cookiePassword: 'short' })).rejects.toMatchObject({ code: 'short_cookie_password' });
  });
});

describe('returnTo', () => {
  test.each<[unknown, string]>([
    ['/dashboard', '/dashboard'],
    ['/a/../b?c=d#e', '/b?c=d#e'],
    ['dashboard', '/dashboard'],
    [`${SITE}/inside`, '/inside'],
    ['https://evil.example/', '/'],
    ['//evil.example', '/'],
    ['/\\evil.example', '/'],
    ['\\\\evil.example', '/'],
    ['/\t/evil.example', '/'],
    [' //evil.example', '/'],
    [`${SITE}//evil.example`, '/'],
    [`${SITE}@evil.example`, '/'],
    [`${SITE}.evil.example`, '/'],
    ['http://example.com/', '/'],
    ['javascript:alert(1)', '/'],
    ['data:text/html,x', '/'],
    ['http://[', '/'],
    ['', '/'],
    [null, '/'],
    [undefined, '/'],
    [7, '/'],
  ])('%j leads to %j', (returnTo, path) => {
    expect(parseReturnTo(returnTo as string, redirectUri)).toBe(path);
  });

  test('never leads to another site', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '//',
      ':',
      '@',
      '.',
      '\t',
      '\n',
      ' ',
      'evil.example',
      'https',
      'a',
      '%2f',
      '?',
      '#',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.array(part, { maxLength: 8 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const path = parseReturnTo(text, redirectUri);
          expect(path).toMatch(/^\//);
          expect(new URL(path, SITE).origin).toBe(SITE);
        },
      ),
      runs(500, 20_000),
    );
  });
});
