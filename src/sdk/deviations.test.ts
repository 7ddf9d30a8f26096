/** The table "What differs" of the page on compatibility, row by row, against the vendor's SDK as it is installed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { WorkOS as Vendor } from '@workos-inc/node';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { WorkOS } from './index.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';
import { OLD_PASSWORD, PASSWORD, sealText } from './testdata/seal-by-hand.ts';
import { createSigner, goodClaims } from './testdata/signer.ts';

/** What both SDKs offer, as far as this file calls it. */
interface Session {
  authenticate(): Promise<unknown>;
  refresh(options?: { organizationId: string }): Promise<unknown>;
  getLogoutUrl(): Promise<string>;
}
interface Management {
  loadSealedSession(options: { sessionData: string; cookiePassword: string }): Session;
  authenticateWithCode(options: { code: string }): Promise<unknown>;
}

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const cookie = (claims: object = {}, password = PASSWORD, parts = {}) =>
  sealText(
    JSON.stringify({
      user: { id: 'user_01' },
      accessToken: api.signer.token(goodClaims({ ...claims })),
      refreshToken: 'r',
    }),
    password,
    parts,
  );

function managements(options: object = {}): { ours: Management; theirs: Management } {
  const all = { ...api.options, ...options };
  return {
    ours: new WorkOS(all).userManagement as unknown as Management,
    theirs: new Vendor(all).userManagement as unknown as Management,
  };
}

type Call = (session: Session) => Promise<unknown>;

/** Does the same with both, and tells what came of it. */
async function withBoth(sessionData: string, call: Call, cookiePassword: unknown = PASSWORD) {
  const settle = async (management: Management) => {
    const session = management.loadSealedSession({ sessionData, cookiePassword: cookiePassword as string });
    return call(session).catch((error: Error) => error);
  };
  const { ours, theirs } = managements();
  return { ours: await settle(ours), theirs: await settle(theirs) };
}

test.each([
  ['a payload that is not JSON', () => sealText('no json', PASSWORD)],
  ['parts that are no base64', () => 'Fe26.2*1*a*b*c**d*e~2'],
  ['an invalid expiration', () => cookie({}, PASSWORD, { expiration: 'x' })],
])('a crafted cookie throws there, and is an answer here: %s', async (_about, crafted) => {
  const { ours, theirs } = await withBoth(crafted(), (session) => session.authenticate());
  expect(theirs).toBeInstanceOf(Error);
  expect(ours).toEqual({ authenticated: false, reason: 'invalid_session_cookie' });
});

test('keys that cannot be fetched throw an error without a code of the SDK there, and keys_unavailable here', async () => {
  api.onKeys = (_request, response) => sendJson(response, 500, {});
  const { ours, theirs } = await withBoth(cookie(), (session) => session.authenticate());
  expect(theirs).toMatchObject({ name: 'JOSEError' });
  expect(ours).toMatchObject({ name: 'SessionError', code: 'keys_unavailable' });
});

test('a key server that goes down makes every request throw there once the cached keys are old, and none here', async () => {
  const { ours, theirs } = managements();
  const sessionData = cookie({ exp: Math.floor(Date.now() / 1000) + 86_400 });
  const authenticate = (management: Management) =>
    management
      .loadSealedSession({ sessionData, cookiePassword: PASSWORD })
      .authenticate()
      .catch((error: Error) => error);
  await Promise.all([authenticate(ours), authenticate(theirs)]);
  api.onKeys = (_request, response) => sendJson(response, 500, {});
  expect(await authenticate(theirs)).toMatchObject({ authenticated: true });
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 11 * 60_000 });
  onTestFinished(() => void vi.useRealTimers());
  for (let request = 0; request < 2; request++) {
    expect(await authenticate(theirs)).toMatchObject({ name: 'JOSEError' });
    expect(await authenticate(ours)).toMatchObject({ authenticated: true });
  }
});

test('a rotated key throws there, and is fetched here', async () => {
  const { ours, theirs } = managements();
  const authenticate = (management: Management) =>
    management
      .loadSealedSession({ sessionData: cookie(), cookiePassword: PASSWORD })
      .authenticate()
      .catch((error: Error) => error);
  await Promise.all([authenticate(ours), authenticate(theirs)]);
  const next = createSigner('key_2');
  api.keys = { keys: [next.jwk] };
  api.signer = next;
  expect(await authenticate(theirs)).toMatchObject({ code: 'ERR_JWKS_NO_MATCHING_KEY' });
  expect(await authenticate(ours)).toMatchObject({ authenticated: true });
});

test('two refreshes of one cookie at the same time send two requests in the SDK, one of which fails, and one request here', async () => {
  const used = new Set<string>();
  api.onAuthenticate = ({ body }, response, next) => {
    const token = body['refresh_token'] ?? '';
    if (used.has(token)) sendJson(response, 400, { error: 'invalid_grant', error_description: 'used' });
    else next();
    used.add(token);
  };
  const twice = (session: Session) => Promise.all([session.refresh(), session.refresh()]);
  const signedIn = (results: unknown) =>
    (results as { authenticated: boolean }[]).map(({ authenticated }) => authenticated).sort();
  const ours = await withBoth(cookie(), twice).then((both) => signedIn(both.ours));
  used.clear();
  const theirs = await withBoth(cookie(), twice).then((both) => signedIn(both.theirs));
  expect(theirs).not.toEqual([true, true]);
  expect(ours).toEqual([true, true]);
});

test('a gateway that answers with HTML throws there, and is retryable here', async () => {
  api.onAuthenticate = (_request, response) => void response.writeHead(502).end('<html>');
  const { ours, theirs } = managements({ maxRetries: 0 });
  const refresh = (management: Management) =>
    management
      .loadSealedSession({ sessionData: cookie(), cookiePassword: PASSWORD })
      .refresh()
      .catch((error: Error) => error);
  const [mine, yours] = await Promise.all([refresh(ours), refresh(theirs)]);
  expect(yours).toBeInstanceOf(Error);
  expect(mine).toMatchObject({ authenticated: false, reason: 'server_error', retryable: true });
});

test('a Retry-After of a minute is slept there, and returned here', async () => {
  api.onAuthenticate = (_request, response) => sendJson(response, 429, {}, { 'Retry-After': '60' });
  const { ours, theirs } = managements();
  const refresh = (management: Management) =>
    management.loadSealedSession({ sessionData: cookie(), cookiePassword: PASSWORD }).refresh();
  expect(await refresh(ours)).toMatchObject({ reason: 'rate_limit_exceeded', retryable: true, retryAfter: 60 });
  const refreshing = refresh(theirs);
  await expect.poll(() => api.requests.length).toBe(2);
  expect(await Promise.race([refreshing, sleep(300, 'waiting')])).toBe('waiting');
});

test('an API that never answers keeps the caller waiting there, and is a timeout here', async () => {
  api.onAuthenticate = () => {};
  const { ours, theirs } = managements({ refreshBudget: 100 });
  const refresh = (management: Management) =>
    management.loadSealedSession({ sessionData: cookie(), cookiePassword: PASSWORD }).refresh();
  const refreshing = refresh(theirs).catch(() => 'ended');
  expect(await refresh(ours)).toMatchObject({ reason: 'timeout', retryable: true });
  expect(await Promise.race([refreshing, sleep(100, 'waiting')])).toBe('waiting');
});

test('a cookie too large for browsers is set without a word there, and warned of here', async () => {
  const warnings: unknown[] = [];
  const printed = vi.spyOn(console, 'warn').mockImplementation(() => {});
  api.answer = { access_token: api.signer.token(goodClaims({ permissions: Array(400).fill('posts:write') })) };
  const { ours, theirs } = managements({ onWarning: (warning: unknown) => warnings.push(warning) });
  const bytes = async (management: Management) => {
    const session = management.loadSealedSession({ sessionData: cookie(), cookiePassword: PASSWORD });
    return ((await session.refresh()) as { sealedSession: string }).sealedSession.length;
  };
  expect(await bytes(theirs)).toBeGreaterThan(4_096);
  expect([warnings.length, printed.mock.calls.length]).toEqual([0, 0]);
  expect(await bytes(ours)).toBeGreaterThan(4_096);
  expect(warnings).toMatchObject([{ code: 'cookie_too_large' }]);
  printed.mockRestore();
});

test('a switch that an organization refuses is only a reason there, and here says what the session needs', async () => {
  const step = { pending_authentication_token: 'p', authkit_redirect_url: 'https://example.authkit.app/step' };
  api.onAuthenticate = (_request, response) => sendJson(response, 403, { code: 'mfa_enrollment', ...step });
  const { ours, theirs } = await withBoth(cookie(), (session) => session.refresh({ organizationId: 'org_02' }));
  expect(theirs).toEqual({ authenticated: false, reason: 'mfa_enrollment', retryable: false });
  expect(ours).toMatchObject({ authenticated: false, reason: 'mfa_enrollment', sessionEnded: false });
  expect(ours).toHaveProperty('authkitRedirectUrl', step.authkit_redirect_url);
  expect(ours).toHaveProperty('pendingAuthenticationToken', 'p');
});

test('a refused call is an exception with the code of the API there, and the same class with another code here', async () => {
  const refusal = { code: 'email_verification_required', message: 'Verify', pending_authentication_token: 'p' };
  api.onAuthenticate = (_request, response) => sendJson(response, 403, refusal);
  const { ours, theirs } = managements();
  const signIn = (management: Management) =>
    management.authenticateWithCode({ code: 'c' }).catch((error: Error) => error);
  const name = 'AuthenticationException';
  expect(await signIn(theirs)).toMatchObject({ name, code: refusal.code });
  expect(await signIn(ours)).toMatchObject({ name, code: 'authentication_incomplete', apiCode: refusal.code });
});

test('several passwords throw there, and open here', async () => {
  const { ours, theirs } = await withBoth(cookie({}, OLD_PASSWORD), (session) => session.authenticate(), [
    PASSWORD,
    OLD_PASSWORD,
  ]);
  expect(theirs).toBeInstanceOf(Error);
  expect(ours).toMatchObject({ authenticated: true, needsReseal: true });
});

test.each([
  ['an expired session', { exp: 1 }, 200],
  ['a signing key that is gone', {}, 200],
  ['an unreachable key server', {}, 503],
])('logging out with %s throws there, and works here', async (about, claims, status) => {
  const keys = about.endsWith('gone') ? { keys: [createSigner('key_2').jwk] } : api.keys;
  api.onKeys = (_request, response) => sendJson(response, status, keys);
  const { ours, theirs } = await withBoth(cookie(claims), (session) => session.getLogoutUrl());
  expect(theirs).toBeInstanceOf(Error);
  expect(ours).toMatch(/session_id=session_01$/);
});

test('a clock that is ten seconds ahead refuses there, and can be allowed for here', async () => {
  const { ours, theirs } = managements({ clockTolerance: 60 });
  const sessionData = cookie({ exp: Math.floor(Date.now() / 1000) - 10 });
  const authenticate = (management: Management) =>
    management.loadSealedSession({ sessionData, cookiePassword: PASSWORD }).authenticate();
  expect(await authenticate(theirs)).toEqual({ authenticated: false, reason: 'invalid_jwt' });
  expect(await authenticate(ours)).toMatchObject({ authenticated: true });
});
