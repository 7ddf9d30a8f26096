/** The WorkOS SDK and iron-session, compared with this package in both directions: same cookies, same results. */
import { readFile } from 'node:fs/promises';
import * as vendorModule from '@workos-inc/node';
import fc from 'fast-check';
import { sealData, unsealData } from 'iron-session';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { AuthenticateWithSessionCookieFailureReason, RefreshSessionFailureReason, WorkOS } from './index.ts';
import { startApi, type TestApi } from './testdata/api-server.ts';
import { runs } from './testdata/effort.ts';
import { OLD_PASSWORD, PASSWORD, openText, sealText } from './testdata/seal-by-hand.ts';
import { goodClaims } from './testdata/signer.ts';

const { WorkOS: Vendor } = vendorModule;
type Vendor = vendorModule.WorkOS;

let api: TestApi;
let ours: WorkOS['userManagement'];
let vendor: Vendor['userManagement'];
beforeAll(async () => {
  api = await startApi();
  ours = new WorkOS(api.options).userManagement;
  vendor = new Vendor(api.options).userManagement;
});
afterAll(() => api.close());
beforeEach(() => {
  api.answer = {};
});

const withSeal = { code: 'code_1', session: { sealSession: true, cookiePassword: PASSWORD } };
const load = <T>(
  management: { loadSealedSession(options: { sessionData: string; cookiePassword: string }): T },
  cookie = '',
) => management.loadSealedSession({ sessionData: cookie, cookiePassword: PASSWORD });
/** Without what only ours says, and without the fields that the vendor writes as undefined. */
const comparable = ({ claims, expiresAt, needsReseal, cookieBytes, ...rest }: Record<string, unknown>) =>
  JSON.parse(JSON.stringify(rest)) as Record<string, unknown>;

describe('cookies', () => {
  test.each([
    ['a whole answer', {}],
    ['an impersonation', { impersonator: { email: 'support@example.com', reason: null } }],
    ['the least answer', { organization_id: undefined, authentication_method: undefined }],
    [
      'provider tokens, which are not sealed',
      { oauth_tokens: { access_token: 'a', refresh_token: 'b', expires_at: 1, scopes: ['c'] } },
    ],
  ])('of both hold the same text: %s', async (_about, answer) => {
    api.answer = { ...answer, access_token: api.signer.token(goodClaims()), refresh_token: 'refresh_token' };
    const [mine, theirs] = [await ours.authenticateWithCode(withSeal), await vendor.authenticateWithCode(withSeal)];
    expect(openText(mine.sealedSession!, PASSWORD)).toBe(openText(theirs.sealedSession!, PASSWORD));
    expect(comparable({ ...mine, sealedSession: 0 })).toEqual(comparable({ ...theirs, sealedSession: 0 }));
  });

  test('of ours open there, with the same answer', async () => {
    const { sealedSession } = await ours.authenticateWithCode(withSeal);
    const theirs = comparable({ ...(await load(vendor, sealedSession).authenticate()) });
    expect(theirs).toMatchObject({ authenticated: true, sessionId: 'session_01' });
    expect(comparable({ ...(await load(ours, sealedSession).authenticate()) })).toEqual(theirs);
  });

  test('of theirs open here, with the same answer', async () => {
    const { sealedSession } = await vendor.authenticateWithCode(withSeal);
    const mine = comparable({ ...(await load(ours, sealedSession).authenticate()) });
    expect(mine).toMatchObject({ authenticated: true, sessionId: 'session_01' });
    expect(comparable({ ...(await load(vendor, sealedSession).authenticate()) })).toEqual(mine);
  });

  test('refreshed here open there, and the other way round', async () => {
    const { sealedSession } = await vendor.authenticateWithCode(withSeal);
    const mine = await load(ours, sealedSession).refresh();
    const theirs = await load(vendor, (mine.authenticated && mine.sealedSession) || '').refresh();
    expect(theirs).toMatchObject({ authenticated: true });
    const last = await load(ours, (theirs.authenticated && theirs.sealedSession) || '').authenticate();
    expect(last).toMatchObject({ authenticated: true, user: { email: 'ada@example.com' } });
  });

  test('of iron-session open here, and ours there', async () => {
    const data = {
      user: { id: 'user_01' },
      accessToken: api.signer.token(goodClaims()),
      refreshToken: 'refresh_token',
    };
    for (const ttl of [0, 3_600]) {
      const sealed = await sealData(data, { password: PASSWORD, ttl });
      expect(await load(ours, sealed).authenticate()).toMatchObject({ authenticated: true, user: { id: 'user_01' } });
    }
    const { sealedSession } = await ours.authenticateWithCode(withSeal);
    expect(await unsealData(sealedSession!, { password: PASSWORD })).toMatchObject({ user: { id: 'user_01' } });
  });

  test('of iron-session with numbered passwords open here, and ours there', async () => {
    const passwords = { 1: PASSWORD, 2: 'a newer cookie password, also of 32 characters' };
    const data = { user: { id: 'user_01' }, accessToken: api.signer.token(goodClaims()) };
    const sealed = await sealData(data, { password: passwords });
    const session = ours.loadSealedSession({ sessionData: sealed, cookiePassword: passwords });
    expect(await session.authenticate()).toMatchObject({ authenticated: true, needsReseal: false });
    const mine = await ours.authenticateWithCode({
      code: 'c',
      session: { sealSession: true, cookiePassword: passwords },
    });
    expect(await unsealData(mine.sealedSession!, { password: passwords })).toMatchObject({ user: { id: 'user_01' } });
  });
});

describe('answers', () => {
  const sealed = (claims: object, overrides: object = {}, password = PASSWORD) =>
    sealText(
      JSON.stringify({
        user: { id: 'user_01' },
        accessToken: api.signer.token(goodClaims({ ...claims })),
        refreshToken: 'refresh_token',
        ...overrides,
      }),
      password,
    );

  test.each([
    ['no cookie', () => ''],
    ['a cookie of another password', () => sealed({}, {}, OLD_PASSWORD)],
    ['an expired token', () => sealed({ exp: 1 })],
    ['a token not yet valid', () => sealed({ nbf: 4_000_000_000 })],
    ['an invalid token', () => sealed({}, { accessToken: 'x' })],
    ['a cookie without token', () => sealed({}, { accessToken: undefined })],
  ])('are the same for %s', async (_about, cookie) => {
    const data = cookie();
    expect(await load(ours, data).authenticate()).toEqual(await load(vendor, data).authenticate());
  });

  test('are the same for any claims the vendor can read', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    const claims = fc.record(
      {
        org_id: fc.string({ minLength: 1 }),
        role: text,
        roles: fc.array(text),
        permissions: fc.array(text),
        feature_flags: fc.array(text),
      },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(claims, async (some) => {
        const data = sealed(some);
        const mine = comparable({ ...(await load(ours, data).authenticate()) });
        expect(mine).toEqual(comparable({ ...(await load(vendor, data).authenticate()) }));
      }),
      runs(25, 1_000),
    );
  });

  test('are the same addresses', async () => {
    const data = sealed({});
    const returnTo = 'https://example.com/bye?a=1&b=ü';
    expect(await load(ours, data).getLogOutUrl({ returnTo })).toBe(await load(vendor, data).getLogoutUrl({ returnTo }));
    expect(ours.getJwksUrl('client_01')).toBe(vendor.getJwksUrl('client_01'));
    expect(ours.getLogoutUrl({ sessionId: 's 1' })).toBe(vendor.getLogoutUrl({ sessionId: 's 1' }));
  });

  test('are asked for with the same body', async () => {
    api.requests.length = 0;
    const calls = [
      () => ({ code: 'code_1', ipAddress: '192.0.2.1', userAgent: 'Browser', codeVerifier: 'v', invitationToken: 'i' }),
    ];
    for (const options of calls) {
      await ours.authenticateWithCode(options());
      await vendor.authenticateWithCode(options());
    }
    await ours.authenticateWithPassword({ email: 'a@example.com', password: 'p' });
    await vendor.authenticateWithPassword({ email: 'a@example.com', password: 'p' });
    await ours.authenticateWithRefreshToken({ refreshToken: 'r', organizationId: 'o' });
    await vendor.authenticateWithRefreshToken({ refreshToken: 'r', organizationId: 'o' });
    const token = { pendingAuthenticationToken: 'p' };
    const steps = [
      (client: typeof ours) => client.authenticateWithMagicAuth({ code: 'c', email: 'e', invitationToken: 'i' }),
      (client: typeof ours) => client.authenticateWithEmailVerification({ code: 'c', ...token }),
      (client: typeof ours) => client.authenticateWithOrganizationSelection({ organizationId: 'o', ...token }),
      (client: typeof ours) => client.authenticateWithTotp({ code: 'c', authenticationChallengeId: 'a', ...token }),
      (client: typeof ours) => client.revokeSession({ sessionId: 'session_1' }),
    ];
    for (const step of steps) {
      await step(ours);
      await step(vendor as unknown as typeof ours);
    }
    const bodies = api.requests.map(({ body }) => body);
    const mine = bodies.filter((_, index) => index % 2 === 0);
    expect(mine).toHaveLength(8);
    expect(mine).toEqual(bodies.filter((_, index) => index % 2 === 1));
  });

  test('are the same authorization URLs', async () => {
    const options = [
      { provider: 'authkit', screenHint: 'sign-up' as const, state: 'a b&c=ü', loginHint: 'a+b@example.com' },
      { organizationId: 'org_1', maxAge: 0, prompt: 'login', domainHint: 'example.com', invitationToken: 'i' },
      { connectionId: 'c', providerScopes: ['a', 'b c'], providerQueryParams: { hd: 'x', bool: true, count: 1 } },
      { provider: 'GoogleOAuth', codeChallenge: 'x', codeChallengeMethod: 'S256' as const, clientId: 'client_2' },
    ];
    const parts = (url: string) => {
      const { origin, pathname, searchParams } = new URL(url);
      return [origin + pathname, [...searchParams].sort()];
    };
    for (const each of options) {
      const given = { redirectUri: 'https://example.com/callback?a=1', ...each };
      const url = ours.getAuthorizationUrl(given);
      expect(parts(url)).toEqual(parts(vendor.getAuthorizationUrl(given)));
      // In an order that does not depend on that of the options.
      const names = [...new URL(url).searchParams.keys()];
      expect(names).toEqual(names.toSorted());
    }
    const given = { redirectUri: 'https://example.com/', provider: 'authkit' };
    const [mine, theirs] = [
      await ours.getAuthorizationUrlWithPKCE(given),
      await vendor.getAuthorizationUrlWithPKCE(given),
    ];
    expect(Object.keys(mine).sort()).toEqual(Object.keys(theirs).sort());
    expect(mine.codeVerifier).toMatch(/^[\w-]{43}$/);
    expect([...new URL(mine.url).searchParams.keys()].sort()).toEqual(
      [...new URL(theirs.url).searchParams.keys()].sort(),
    );
  });
});

test('reasons have the names that they have there', () => {
  expect(AuthenticateWithSessionCookieFailureReason).toEqual({
    ...vendorModule.AuthenticateWithSessionCookieFailureReason,
  });
  expect(RefreshSessionFailureReason).toEqual({ ...vendorModule.RefreshSessionFailureReason });
});

describe('the table of the page on compatibility', () => {
  const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
  /** Each name of the first column with what the second one says. */
  const readRows = async () => {
    const page = await read('../../content/reference/authkit/session-helpers/compatibility.mdx');
    const [, table = ''] = page.split('\n| In the SDK |');
    const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(2);
    return rows.flatMap((row) => {
      const [, names = '', status = ''] =
        row.split(' | ', 2).length === 2 ? (/^\| (.*?) \| (.*?) \|/.exec(row) ?? []) : [];
      return Array.from(names.matchAll(/`([^`]+)`/g), ([, name = '']) => ({ name, status }));
    });
  };
  const methodsOf = (object: object, declarations: string) =>
    Object.getOwnPropertyNames(Object.getPrototypeOf(object)).filter(
      (name) => name !== 'constructor' && !new RegExp(`\\bprivate (?:async )?${name}\\b`).test(declarations),
    );
  const CONCERNS_SESSIONS =
    /session|jwks|authenticat|logout|authorizationurl|radar|magicauth|emailverification|verificationemail|^verifyEmail/i;
  const TYPES =
    /^(?:AuthenticateWith\w+|Authentication(?:Response|Method|ErrorCode|ErrorData)|\w*RefreshSession\w*|SessionCookieData|CookieSession|RevokeSessionOptions|LogoutURLOptions|UserManagementA\w+|PKCEAuthorizationURLResult|isAuthenticationErrorData|User|Impersonator|OauthTokens|\w+Exception)$/;

  const listVendor = async () => {
    const folder = new URL('.', import.meta.resolve('@workos-inc/node'));
    const index = await readFile(new URL('index.d.mts', folder), 'utf8');
    const [, factory = ''] = /from "\.\/(factory-[^"]+)\.mjs"/.exec(index) ?? [];
    const declarations = await readFile(new URL(`${factory}.d.mts`, folder), 'utf8');
    const session = load(
      vendor,
      await vendor.authenticateWithCode(withSeal).then(({ sealedSession }) => sealedSession),
    );
    const exported = Array.from(index.matchAll(/(?:as |[{,] ?(?:type )?)(\w+)(?=[,} ])/g), ([, name = '']) => name);
    return [
      ...methodsOf(vendor, declarations).filter((name) => CONCERNS_SESSIONS.test(name)),
      ...methodsOf(session, declarations).map((name) => `session.${name}`),
      ...new Set(exported.filter((name) => TYPES.test(name))),
    ];
  };

  test('has every name there that concerns sessions, once, and no other', async () => {
    const names = (await readRows()).map(({ name }) => name);
    expect(names.toSorted()).toEqual((await listVendor()).toSorted());
  });

  test('says of each name whether it is here', async () => {
    const files = ['index.ts', 'vendor-names.ts', 'results/session-result.ts'];
    const exported = (await Promise.all(files.map((file) => read(file)))).join('\n');
    const isHere = (name: string) => {
      if (name.startsWith('session.')) return name.slice('session.'.length) in load(ours, 'x');
      return name in ours || new RegExp(`\\b${name}\\b`).test(exported);
    };
    const rows = await readRows();
    expect(new Set(rows.map(({ status }) => status))).toEqual(new Set(['the same', 'different', 'not included']));
    const wrong = rows.filter(({ name, status }) => isHere(name) === (status === 'not included'));
    expect(wrong).toEqual([]);
  });
});
