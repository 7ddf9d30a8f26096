import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkOS, type WorkOSOptions } from './index.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';
import { createSigner, goodClaims, tokenHs256 } from './testdata/signer.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const token = (claims: object = {}) => api.signer.token(goodClaims({ ...claims }));
const authenticate = (authorization: unknown, options: WorkOSOptions = {}) =>
  new WorkOS({ ...api.options, apiKey: undefined, ...options }).userManagement.authenticateBearer(
    authorization as string,
  );

test('a valid token identifies the caller, with any case of the scheme and without an API key', async () => {
  const accessToken = token({ exp: 4_000_000_000 });
  for (const scheme of ['Bearer', 'bearer', 'BEARER ']) {
    expect(await authenticate(`${scheme} ${accessToken}`)).toEqual({
      authenticated: true,
      userId: 'user_01',
      sessionId: 'session_01',
      organizationId: 'org_01',
      role: 'admin',
      roles: ['admin'],
      permissions: ['posts:write'],
      entitlements: ['audit-logs'],
      featureFlags: ['new-editor'],
      expiresAt: 4_000_000_000_000,
      accessToken,
      claims: expect.objectContaining({ sid: 'session_01' }),
    });
  }
  expect(api.keyRequests).toBe(1);
});

test.each([
  [65_536, true],
  [65_537, false],
])('a header of %i characters is read: %s', async (length, authenticated) => {
  const header = `Bearer ${token()}`;
  expect(await authenticate(header.padEnd(length))).toMatchObject({ authenticated });
});

test.each<[string, () => unknown, string]>([
  ['no header', () => undefined, 'no_access_token_provided'],
  ['null', () => null, 'no_access_token_provided'],
  ['another scheme', () => 'Basic dXNlcjpwYXNz', 'no_access_token_provided'],
  ['a number', () => 7, 'no_access_token_provided'],
  ['a token without the scheme', () => token(), 'no_access_token_provided'],
  ['the scheme alone', () => 'Bearer', 'invalid_jwt'],
  ['text', () => 'Bearer text', 'invalid_jwt'],
  ['two tokens', () => `Bearer ${token()} ${token()}`, 'invalid_jwt'],
  ['an expired token', () => `Bearer ${token({ exp: 1 })}`, 'invalid_jwt'],
  [
    'a token of another key',
    () => `Bearer ${createSigner('key_1', 'a pair of others').token(goodClaims())}`,
    'invalid_jwt',
  ],
  ['a token with a shared secret', () => `Bearer ${tokenHs256(goodClaims(), 'secret')}`, 'invalid_jwt'],
  ['a header without end', () => `Bearer ${'a.'.repeat(1_000_000)}`, 'invalid_jwt'],
])('%s is refused', async (_about, header, reason) => {
  expect(await authenticate(header())).toEqual({ authenticated: false, reason });
});

test('issuer and audience are checked as for cookies', async () => {
  const header = `Bearer ${token({ aud: 'https://b.example' })}`;
  expect(await authenticate(header, { audience: 'https://a.example' })).toMatchObject({ reason: 'invalid_jwt' });
  expect(await authenticate(header, { issuer: 'https://other.example' })).toMatchObject({ reason: 'invalid_jwt' });
});

test('an unreachable key server is thrown', async () => {
  api.onKeys = (_request, response) => sendJson(response, 500, {});
  await expect(authenticate(`Bearer ${token()}`)).rejects.toMatchObject({ code: 'keys_unavailable' });
});
