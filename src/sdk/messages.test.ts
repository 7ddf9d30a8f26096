/** The words of errors: what failed, what is wrong and what was expected, with the name of the option. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { chunkCookie, serializeSessionCookie, WorkOS, type SessionCookieOptions, type WorkOSOptions } from './index.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';
import { PASSWORD, sealText } from './testdata/seal-by-hand.ts';
import { goodClaims } from './testdata/signer.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const client = (options: WorkOSOptions = {}) => new WorkOS({ clientId: 'c', apiKey: 'sk_1', ...options });
const management = (options: WorkOSOptions = {}) =>
  new WorkOS({ ...api.options, maxRetries: 0, ...options }).userManagement;
const write = (options: SessionCookieOptions, value = 'x') => serializeSessionCookie(value, options);
const load = (accessToken: string, options: WorkOSOptions = {}) =>
  management(options).loadSealedSession({
    sessionData: sealText(JSON.stringify({ accessToken, refreshToken: 'r', user: { id: 'user_01' } }), PASSWORD),
    cookiePassword: PASSWORD,
  });
const cookiePassword = (password: unknown) =>
  client().userManagement.loadSealedSession({ sessionData: 'x', cookiePassword: password as string });
const authorize = (options: object) =>
  client().userManagement.getAuthorizationUrl({ provider: 'authkit', redirectUri: 'https://example.com', ...options });
const signIn = () => management().authenticateWithCode({ code: 'c' });

test.each<[message: string, provoke: () => unknown]>([
  ['Cannot create client: "https" must be true or false', () => client({ https: 'no' as never })],
  [
    'Cannot create client: "apiHostname" (WORKOS_API_HOSTNAME) must be a host name without protocol and path',
    () => client({ apiHostname: 'https://x' }),
  ],
  ['Cannot create client: "issuer" must be a string or a list of strings', () => client({ issuer: [] })],
  ['Cannot create client: "store" must be an object with "get" and "set"', () => client({ store: {} as never })],
  ['Cannot create client: "port" (WORKOS_API_PORT) must be a number from 1 to 65535', () => client({ port: 0 })],
  ['Cannot create client: "maxRetries" must be a number from 0 to 10', () => client({ maxRetries: 11 })],
  ['Cannot create client: "jwks" must be a JSON Web Key Set', () => client({ jwks: {} as never })],
  ['Cannot create client: "onRefresh" must be a function', () => client({ onRefresh: 1 as never })],
  ['Cannot create client: "apiKey" must be a string', () => client({ apiKey: 1 as never })],
  [
    'Cannot get authorization URL: "provider", "connectionId" or "organizationId" must be set',
    () => authorize({ provider: undefined }),
  ],
  [
    'Cannot get authorization URL: "screenHint" needs the provider "authkit"',
    () => authorize({ provider: 'GoogleOAuth', screenHint: 'sign-up' }),
  ],
  ['Cannot get authorization URL: "redirectUri" must be a URL', () => authorize({ redirectUri: '/callback' })],
  [
    'Cannot check session: "refreshBefore" must be a number of seconds, 0 or more',
    () => client().userManagement.checkSession('', { cookiePassword: PASSWORD, refreshBefore: -1 }),
  ],
  ['Cannot serialize session cookie: "name" must be a token of RFC 9110', () => write({ name: 'a b' })],
  ['Cannot serialize session cookie: the value must be a seal, plain ASCII', () => write({}, 'ü')],
  [
    'Cannot serialize session cookie: "path" must begin with a slash, without control characters and ";"',
    () => write({ path: 'app' }),
  ],
  ['Cannot serialize session cookie: "domain" must be a host name', () => write({ domain: 'a:80' })],
  ['Cannot serialize session cookie: "maxAge" must be a whole number of seconds', () => write({ maxAge: 1.5 })],
  [
    'Cannot serialize session cookie: "sameSite" must be "strict", "lax" or "none"',
    () => write({ sameSite: 'Lax' as never }),
  ],
  [
    'Cannot serialize session cookie: "secure" must be true if "sameSite" is "none"',
    () => write({ sameSite: 'none', secure: false }),
  ],
  [
    'Cannot serialize session cookie: "secure" must be true if "partitioned" is true',
    () => write({ partitioned: true, secure: false }),
  ],
  [
    'Cannot serialize session cookie: "secure" must be true if "name" has such a prefix',
    () => write({ name: '__Secure-a', secure: false }),
  ],
  [
    'Cannot serialize session cookie: if "name" begins with __Host-, "domain" must be absent and "path" must be "/"',
    () => write({ name: '__Host-a', path: '/app' }),
  ],
  [
    'Cannot chunk session cookie: it has 20000 characters, expected at most 15548',
    () => chunkCookie('x'.repeat(20_000)),
  ],
  [
    'Cannot load sealed session: neither "cookiePassword" nor WORKOS_COOKIE_PASSWORD is set, expected one of them',
    () => cookiePassword([]),
  ],
  [
    'Cannot load sealed session: "cookiePassword" (WORKOS_COOKIE_PASSWORD) must be a string, a list of strings, or a map from ids of letters and digits to strings',
    () => cookiePassword({ 'a b': PASSWORD }),
  ],
  [
    'Cannot load sealed session: "cookiePassword" (WORKOS_COOKIE_PASSWORD) has 1 characters, expected at least 32',
    () => cookiePassword('x'),
  ],
  [
    'Cannot seal session: it would have 93607 characters, expected at most 65536',
    () =>
      client().userManagement.sealSession({ accessToken: 'x'.repeat(70_000), user: { id: 'user_01' } } as never, {
        cookiePassword: PASSWORD,
      }),
  ],
  [
    'Cannot seal session: "user.id" is missing or empty, expected a string',
    () => client().userManagement.sealSession({ accessToken: 'x', user: {} } as never, { cookiePassword: PASSWORD }),
  ],
  [
    'Cannot get log out URL: the cookie contains no session (no_session_cookie_provided), expected a sealed session',
    () => client().userManagement.loadSealedSession({ sessionData: '', cookiePassword: PASSWORD }).getLogOutUrl(),
  ],
  [
    'Cannot refresh session: neither "apiKey" of new WorkOS() nor WORKOS_API_KEY is set, expected one of them',
    () => load('x', { apiKey: undefined }).refresh(),
  ],
  [
    'Cannot revoke session: "apiKey" (WORKOS_API_KEY) is not set, expected an API key',
    () => management({ apiKey: undefined }).revokeSession({ sessionId: 's' }),
  ],
  [
    'Cannot get JWKS URL: neither "clientId" of new WorkOS() nor WORKOS_CLIENT_ID is set, expected one of them',
    () => management({ clientId: undefined }).getJwksUrl(),
  ],
  [
    'Cannot authenticate with code: the API answered 200 with a body that is not a session, expected JSON with a user and tokens',
    () => {
      api.onAuthenticate = (_request, response) => sendJson(response, 200, {});
      return signIn();
    },
  ],
  [
    'Cannot authenticate with code: the API answered 403 (odd_code), expected 200',
    () => {
      api.onAuthenticate = (_request, response) => sendJson(response, 403, { code: 'odd_code' });
      return signIn();
    },
  ],
  [
    'Cannot authenticate with code: ORIGIN did not answer in time, expected an answer',
    () => {
      api.onAuthenticate = () => {};
      return management({ timeout: 50 }).authenticateWithCode({ code: 'c' });
    },
  ],
  [
    'Cannot authenticate with code: ORIGIN is unreachable (UND_ERR_SOCKET), expected a connection',
    () => {
      api.onAuthenticate = (_request, response) => response.destroy();
      return signIn();
    },
  ],
  [
    'Cannot authenticate with code: the answer of ORIGIN exceeds a megabyte, expected less',
    () => {
      api.onAuthenticate = (_request, response) => response.end('x'.repeat(1_100_000));
      return signIn();
    },
  ],
  [
    'Cannot authenticate with code: "fetchFn" returned no response, it must resolve to a Response with "status" and "text()"',
    () => management({ fetchFn: (async () => 1) as never }).authenticateWithCode({ code: 'c' }),
  ],
  [
    'Cannot verify access token: "fetchFn" returned no response, it must resolve to a Response with "status" and "text()"',
    () => load(api.signer.token(goodClaims()), { fetchFn: (async () => 1) as never }).authenticate(),
  ],
  [
    'Cannot verify access token: ORIGIN/sso/jwks/empty gave no usable keys, expected a JSON Web Key Set with an RS256 key',
    () => {
      api.keys = { keys: [] };
      return load(api.signer.token(goodClaims()), { clientId: 'empty' }).authenticate();
    },
  ],
])('%s', async (message, provoke) => {
  const { origin } = new URL(management().getJwksUrl('c'));
  const error = await (async () => provoke())().catch((thrown: Error) => thrown);
  expect((error as Error).message?.replaceAll(origin, 'ORIGIN')).toBe(message);
});

test.each<[action: string, call: (given: WorkOS['userManagement']) => Promise<unknown>]>([
  ['authenticate with password', (given) => given.authenticateWithPassword({ email: '', password: 'p' })],
  ['authenticate with refresh token', (given) => given.authenticateWithRefreshToken({ refreshToken: '' })],
  [
    'authenticate with code and verifier',
    (given) => given.authenticateWithCodeAndVerifier({ code: 'c', codeVerifier: '' }),
  ],
  ['authenticate with magic auth', (given) => given.authenticateWithMagicAuth({ code: '', email: 'e' })],
  [
    'authenticate with email verification',
    (given) => given.authenticateWithEmailVerification({ code: '', pendingAuthenticationToken: 'p' }),
  ],
  [
    'authenticate with organization selection',
    (given) => given.authenticateWithOrganizationSelection({ organizationId: '', pendingAuthenticationToken: 'p' }),
  ],
  [
    'authenticate with TOTP',
    (given) =>
      given.authenticateWithTotp({ code: '', authenticationChallengeId: 'a', pendingAuthenticationToken: 'p' }),
  ],
  ['revoke session', (given) => given.revokeSession({ sessionId: '' })],
  ['get log out URL', async (given) => given.getLogoutUrl({ sessionId: '' })],
])('Cannot %s: the message names what was called and the option', async (action, call) => {
  await expect(call(management())).rejects.toThrow(
    new RegExp(`^Cannot ${action}: "\\w+" is missing or empty, expected a string$`),
  );
});
