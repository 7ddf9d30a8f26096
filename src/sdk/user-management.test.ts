import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SessionError, WorkOS, type SessionWarning, type WorkOSOptions } from './index.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';
import { PASSWORD, openText } from './testdata/seal-by-hand.ts';
import { goodClaims } from './testdata/signer.ts';

let api: TestApi;
const management = (options: WorkOSOptions = {}) => new WorkOS({ ...api.options, ...options }).userManagement;
const session = { sealSession: true, cookiePassword: PASSWORD };
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

test('a code gives user and tokens, and no cookie unless one is asked for', async () => {
  const response = await management().authenticateWithCode({ code: 'code_1' });
  expect(response).toMatchObject({
    user: { id: 'user_01' },
    organizationId: 'org_01',
    authenticationMethod: 'Password',
  });
  expect(response).not.toHaveProperty('sealedSession');
  const notSealed = await management().authenticateWithCode({ code: 'c', session: { sealSession: false } });
  expect(notSealed).not.toHaveProperty('sealedSession');
});

test('each way of signing in sends its own fields', async () => {
  const client = management();
  await client.authenticateWithCode({
    code: 'code_1',
    codeVerifier: 'v',
    ipAddress: '192.0.2.1',
    userAgent: 'Browser',
  });
  await client.authenticateWithPassword({ email: 'ada@example.com', password: 'secret', clientId: 'client_02' });
  await client.authenticateWithRefreshToken({ refreshToken: 'r', organizationId: 'org_02' });
  const secret = { client_id: 'client_01', client_secret: api.options.apiKey };
  expect(api.requests.map(({ body }) => body)).toEqual([
    {
      ...secret,
      grant_type: 'authorization_code',
      code: 'code_1',
      code_verifier: 'v',
      ip_address: '192.0.2.1',
      user_agent: 'Browser',
    },
    { ...secret, grant_type: 'password', email: 'ada@example.com', password: 'secret', client_id: 'client_02' },
    { ...secret, grant_type: 'refresh_token', refresh_token: 'r', organization_id: 'org_02' },
  ]);
});

test('each way of signing in seals the session', async () => {
  const client = management();
  const responses = [
    await client.authenticateWithCode({ code: 'c', session }),
    await client.authenticateWithPassword({ email: 'e', password: 'p', session }),
    await client.authenticateWithRefreshToken({ refreshToken: 'r', session }),
  ];
  for (const { sealedSession, refreshToken, cookieBytes } of responses) {
    expect(JSON.parse(openText(sealedSession!, PASSWORD))).toMatchObject({ refreshToken });
    expect(cookieBytes).toBe('wos-session'.length + sealedSession!.length);
  }
});

test('a public client signs in with a code and its verifier, and sends no secret', async () => {
  const { authenticateWithCode } = Object.getPrototypeOf(management()) as WorkOS['userManagement'];
  await authenticateWithCode.call(management({ apiKey: undefined }), { code: 'c', codeVerifier: 'v' });
  expect(api.requests[0]!.body).toEqual({
    grant_type: 'authorization_code',
    client_id: 'client_01',
    code: 'c',
    code_verifier: 'v',
  });
  expect(api.requests[0]!.headers).not.toHaveProperty('authorization');
});

test('a session too large for browsers is reported to the callback', async () => {
  const warnings: SessionWarning[] = [];
  api.answer = { access_token: api.signer.token(goodClaims({ permissions: Array(400).fill('posts:write') })) };
  const client = management({ onWarning: (warning) => warnings.push(warning) });
  const { cookieBytes } = await client.authenticateWithCode({ code: 'c', session });
  expect(cookieBytes).toBeGreaterThan(4_096);
  expect(warnings).toMatchObject([{ code: 'cookie_too_large', cookieBytes }]);
});

describe('options are refused before any request', () => {
  test.each<[string, WorkOSOptions, (client: WorkOS['userManagement']) => Promise<unknown>, string]>([
    [
      'a code without key or verifier',
      { apiKey: undefined },
      (client) => client.authenticateWithCode({ code: 'c' }),
      'missing_api_key',
    ],
    [
      'a seal without key',
      { apiKey: undefined },
      (client) => client.authenticateWithRefreshToken({ refreshToken: 'r', session }),
      'missing_api_key',
    ],
    [
      'a seal without password',
      {},
      (client) => client.authenticateWithCode({ code: 'c', session: { sealSession: true } }),
      'missing_cookie_password',
    ],
    [
      'a seal with a short password',
      {},
      (client) => client.authenticateWithCode({ code: 'c', session: { ...session, cookiePassword: 'x' } }),
      'short_cookie_password',
    ],
    [
      'no client id',
      { clientId: undefined },
      (client) => client.authenticateWithCode({ code: 'c' }),
      'missing_client_id',
    ],
    [
      'no code',
      {},
      (client) => client.authenticateWithCode({ code: undefined as unknown as string }),
      'invalid_option',
    ],
    [
      'an empty password',
      {},
      (client) => client.authenticateWithPassword({ email: 'e', password: '' }),
      'invalid_option',
    ],
    ['no refresh token', {}, (client) => client.authenticateWithRefreshToken({ refreshToken: '' }), 'invalid_option'],
    [
      'a log out URL without session id',
      {},
      async (client) => client.getLogoutUrl({ sessionId: '' }),
      'invalid_option',
    ],
    [
      'a JWKS URL without client id',
      { clientId: undefined },
      async (client) => client.getJwksUrl(),
      'missing_client_id',
    ],
  ])('%s', async (_about, options, call, code) => {
    await expect(call(management(options))).rejects.toMatchObject({ code });
    expect(api.requests).toHaveLength(0);
  });
});

describe('signing in throws', () => {
  test.each<[string, number, unknown, object]>([
    ['when the code is used up', 400, { error: 'invalid_grant' }, { code: 'invalid_grant', status: 400 }],
    [
      'when the address is not verified',
      403,
      { code: 'email_verification_required', pending_authentication_token: 'p' },
      { code: 'authentication_incomplete', apiCode: 'email_verification_required' },
    ],
    ['if single sign-on is required', 403, { error: 'sso_required' }, { code: 'sso_required' }],
    ['when the key is unknown', 401, {}, { code: 'api_key_refused' }],
    ['when there are too many', 429, {}, { code: 'rate_limit_exceeded', status: 429 }],
    ['when the server is broken', 500, {}, { code: 'server_error', status: 500 }],
  ])('%s', async (_about, status, body, error) => {
    api.onAuthenticate = (_request, response) => sendJson(response, status, body);
    const call = management({ maxRetries: 0 }).authenticateWithCode({ code: 'c' });
    await expect(call).rejects.toMatchObject(error);
    await expect(call).rejects.toBeInstanceOf(SessionError);
  });
});

test('URLs use the address of the client', () => {
  const client = new WorkOS({ clientId: 'client_01' }).userManagement;
  expect(client.getJwksUrl()).toBe('https://api.workos.com/sso/jwks/client_01');
  expect(client.getJwksUrl('a/../b')).toBe('https://api.workos.com/sso/jwks/a%2F..%2Fb');
  expect(client.getLogoutUrl({ sessionId: 'session_01', returnTo: 'https://example.com/?a=b' })).toBe(
    'https://api.workos.com/user_management/sessions/logout?session_id=session_01&return_to=https%3A%2F%2Fexample.com%2F%3Fa%3Db',
  );
});

test('a fetch that returns no response causes an error that says so, at once', async () => {
  const asked: string[] = [];
  const client = management({ fetchFn: (async (url: string) => (asked.push(url), { ok: true })) as never });
  const error = await client.authenticateWithCode({ code: 'c' }).catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'invalid_option', message: expect.stringContaining('"fetchFn"') });
  expect(asked).toHaveLength(1);
});

test('a stub with status and text() works as fetch', async () => {
  const fetchFn = async () => ({ status: 200, text: async () => JSON.stringify(api.session()) });
  expect(await management({ fetchFn }).authenticateWithCode({ code: 'c' })).toMatchObject({ user: { id: 'user_01' } });
});

describe('revoking a session', () => {
  test('is done once the API says so', async () => {
    api.onAuthenticate = (_request, response) => void response.writeHead(200).end();
    expect(await management().revokeSession({ sessionId: 'session_01' })).toBeUndefined();
    expect(api.requests[0]!.body).toEqual({ session_id: 'session_01' });
  });

  test.each([201, 299])('is done with status %i', async (status) => {
    api.onAuthenticate = (_request, response) => void response.writeHead(status).end();
    expect(await management().revokeSession({ sessionId: 'session_01' })).toBeUndefined();
  });

  test.each([300, 304])('is not done with status %i', async (status) => {
    api.onAuthenticate = (_request, response) => void response.writeHead(status).end();
    await expect(management().revokeSession({ sessionId: 'session_01' })).rejects.toMatchObject({ status });
  });

  test('throws if the API does not answer', async () => {
    api.onAuthenticate = (_request, response) => void response.destroy();
    const message = expect.stringMatching(
      /^Cannot revoke session: http:\/\/127\.0\.0\.1:\d+ is unreachable \(\w+\)/,
    ) as string;
    await expect(management().revokeSession({ sessionId: 's' })).rejects.toMatchObject({
      code: 'network_error',
      message,
    });
  });

  test('throws what the API answers, and wants an id and a key', async () => {
    api.onAuthenticate = (_request, response) => sendJson(response, 404, { message: 'No such session' });
    await expect(management().revokeSession({ sessionId: 's' })).rejects.toMatchObject({ code: 'not_found' });
    await expect(management().revokeSession({ sessionId: '' })).rejects.toMatchObject({ code: 'invalid_option' });
    const keyless = management({ apiKey: undefined }).revokeSession({ sessionId: 's' });
    await expect(keyless).rejects.toMatchObject({ code: 'missing_api_key' });
  });
});

test('an aborted sign-in rejects with the reason', async () => {
  api.onAuthenticate = () => {};
  const abort = new AbortController();
  const call = management().authenticateWithCode({ code: 'c', signal: abort.signal });
  await expect.poll(() => api.requests.length).toBe(1);
  abort.abort(new Error('left'));
  await expect(call).rejects.toThrow('left');
});

test('options of a sign-in URL that AuthKit would refuse are refused', () => {
  const client = management();
  const redirectUri = 'https://example.com/';
  for (const options of [
    {},
    { provider: 'GoogleOAuth', screenHint: 'sign-in' },
    { provider: 'authkit', redirectUri: 'x' },
  ]) {
    const call = () => client.getAuthorizationUrl({ redirectUri, ...options } as { redirectUri: string });
    expect(call).toThrow(expect.objectContaining({ code: 'invalid_option' }) as Error);
  }
});
