/** The issued environment against the vendor's own library: another hand opens what this one sealed. */
import { WorkOS } from '@workos-inc/node';
import { unsealData } from 'iron-session';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IssuedEnvironment, type RunningEmulator, type SessionName, startEmulator } from '../index.ts';
import { ORGANIZATIONS, USERS } from '../seed.ts';

const [ORCHARD, HARBOUR] = ORGANIZATIONS.map(({ id }) => id);

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

function describeVendor(environment: IssuedEnvironment) {
  const workos = new WorkOS(environment.WORKOS_API_KEY, {
    clientId: environment.WORKOS_CLIENT_ID,
    apiHostname: environment.WORKOS_API_HOSTNAME,
    port: Number(environment.WORKOS_API_PORT),
    https: environment.WORKOS_API_HTTPS !== 'false',
    issuer: `${emulator.url}/user_management/${environment.WORKOS_CLIENT_ID}`,
  });
  const session = workos.userManagement.loadSealedSession({
    sessionData: environment.WORKOS_SEALED_SESSION,
    cookiePassword: environment.WORKOS_COOKIE_PASSWORD,
  });
  return { workos, session };
}

const vendorFor = async (session: SessionName) => describeVendor(await emulator.issueEnvironment({ session }));

describe('the vendor’s library', () => {
  it('finds Ada signed in, an admin of the first organization', async () => {
    const { session } = await vendorFor('signed-in');
    expect(await session.authenticate()).toEqual({
      authenticated: true,
      sessionId: expect.stringMatching(/^session_[0-9A-HJKMNP-TV-Z]{26}$/),
      organizationId: ORCHARD,
      role: 'admin',
      roles: ['admin'],
      permissions: ['posts:read', 'posts:write', 'members:manage'],
      entitlements: ['audit-logs', 'unlimited-projects'],
      featureFlags: ['advanced-analytics'],
      user: expect.objectContaining({ email: 'ada@example.com', firstName: 'Ada', emailVerified: true }),
      authenticationMethod: 'Password',
      impersonator: undefined,
      accessToken: expect.any(String),
    });
  });

  it('reads the same user from the cookie and from an answer of the API', async () => {
    const { workos, session } = await vendorFor('signed-in');
    const answer = await workos.userManagement.authenticateWithPassword({
      email: 'ada@example.com',
      password: 'orchards in may',
    });
    expect(await session.authenticate()).toMatchObject({ user: answer.user });
    expect(Object.keys(answer.user)).toHaveLength(14);
  });

  it('refreshes the session, and switches it to the second organization', async () => {
    const { session } = await vendorFor('signed-in');
    expect(await session.refresh()).toMatchObject({ authenticated: true, organizationId: ORCHARD });
    const switched = await session.refresh({ organizationId: HARBOUR ?? '' });
    expect(switched).toMatchObject({ authenticated: true, organizationId: HARBOUR, role: 'member' });
    expect(await session.authenticate()).toMatchObject({ authenticated: true, organizationId: HARBOUR });
  });

  it('keeps the old role after a change, until the session is refreshed', async () => {
    const { workos, session } = await vendorFor('signed-in');
    emulator.changeRole(workos.options.clientId ?? '', 'member');
    expect(await session.authenticate()).toMatchObject({
      role: 'admin',
      permissions: expect.arrayContaining(['posts:write']),
    });
    expect(await session.refresh()).toMatchObject({ role: 'member', permissions: ['posts:read'] });
    expect(await session.authenticate()).toMatchObject({ role: 'member' });
  });

  it('exchanges the authorization code', async () => {
    const environment = await emulator.issueEnvironment();
    const { workos } = describeVendor(environment);
    const code = environment.WORKOS_AUTHORIZATION_CODE;
    const answer = await workos.userManagement.authenticateWithCode({ code });
    expect(answer).toMatchObject({ organizationId: ORCHARD, user: { email: 'ada@example.com' } });
  });

  it('ends the session with its log out URL', async () => {
    const { session } = await vendorFor('signed-in');
    await fetch(await session.getLogoutUrl({ returnTo: 'http://localhost:3000/' }), { redirect: 'manual' });
    expect(await session.refresh()).toMatchObject({ authenticated: false, reason: 'invalid_grant' });
  });

  it('finds the expired session expired, and can refresh it', async () => {
    const { session } = await vendorFor('expired');
    expect(await session.authenticate()).toEqual({ authenticated: false, reason: 'invalid_jwt' });
    expect(await session.refresh()).toMatchObject({ authenticated: true });
    expect(await session.authenticate()).toMatchObject({ authenticated: true });
  });

  it('sees who impersonates Ada', async () => {
    const { session } = await vendorFor('impersonated');
    expect(await session.authenticate()).toMatchObject({
      authenticated: true,
      authenticationMethod: 'Impersonation',
      impersonator: { email: 'support@example.com', reason: 'Helping with a billing question' },
    });
  });

  it('finds Chiara in no organization', async () => {
    const { session } = await vendorFor('no-organization');
    const result = await session.authenticate();
    expect(result).toMatchObject({ authenticated: true, user: { email: 'chiara@example.com' } });
    expect(result).toMatchObject({ organizationId: undefined, role: undefined, permissions: undefined });
    expect(await session.refresh()).toMatchObject({ authenticated: true, organizationId: undefined });
  });

  it('reports each fault with its own reason', async () => {
    const environment = await emulator.issueEnvironment();
    const { session } = describeVendor(environment);
    const clientId = environment.WORKOS_CLIENT_ID;
    for (const [kind, reason] of [
      ['sso_required', 'sso_required'],
      ['mfa_enrollment', 'mfa_enrollment'],
    ] as const) {
      emulator.failNext({ kind, clientId });
      expect(await session.refresh()).toMatchObject({ authenticated: false, reason });
    }
    expect(await session.refresh()).toMatchObject({ authenticated: true });
  });
});

const ULID = '[0-9A-HJKMNP-TV-Z]{26}';
const ADA_SIGNED_IN = { organizationId: ORCHARD, authenticationMethod: 'Password' };
const IMPERSONATOR = { email: 'support@example.com', reason: 'Helping with a billing question' };
const CLAIMS_OF_ORCHARD = {
  org_id: ORCHARD,
  role: 'admin',
  roles: ['admin'],
  permissions: ['posts:read', 'posts:write', 'members:manage'],
  entitlements: ['audit-logs', 'unlimited-projects'],
  feature_flags: ['advanced-analytics'],
};

/** What the cookie of each session has besides user and tokens · its claims besides ids and times. */
const CONTENTS: Record<SessionName, [email: string, content: object, claims: object]> = {
  'signed-in': ['ada@example.com', ADA_SIGNED_IN, CLAIMS_OF_ORCHARD],
  expired: ['ada@example.com', ADA_SIGNED_IN, CLAIMS_OF_ORCHARD],
  impersonated: [
    'ada@example.com',
    { organizationId: ORCHARD, authenticationMethod: 'Impersonation', impersonator: IMPERSONATOR },
    { ...CLAIMS_OF_ORCHARD, act: { sub: IMPERSONATOR.email } },
  ],
  'no-organization': ['chiara@example.com', { authenticationMethod: 'GoogleOAuth' }, {}],
};

describe('a cookie', () => {
  it.each(Object.entries(CONTENTS))(
    'of a session %s has these fields and claims, and no others',
    async (session, [email, content, claims]) => {
      const environment = await emulator.issueEnvironment({ session: session as SessionName });
      const password = environment.WORKOS_COOKIE_PASSWORD;
      const user = USERS.find((each) => each.email === email)!;
      const issued = await unsealData<{ accessToken: string }>(environment.WORKOS_SEALED_SESSION, { password });
      const { sid } = decodeJwt(issued.accessToken);
      const expired = await unsealData<{ accessToken: string }>(await emulator.expireSession(String(sid)), {
        password,
      });
      for (const cookie of [issued, expired]) {
        expect(cookie).toEqual({
          ...content,
          accessToken: expect.any(String),
          refreshToken: expect.stringMatching(/^[\w-]+\.[\w-]+$/),
          user: Object.fromEntries(
            Object.entries(user).map(([name, value]) => [
              name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
              value,
            ]),
          ),
        });
        expect(decodeJwt(cookie.accessToken)).toEqual({
          ...claims,
          iss: `${emulator.url}/user_management/${environment.WORKOS_CLIENT_ID}`,
          sub: user.id,
          sid: expect.stringMatching(new RegExp(`^session_${ULID}$`)),
          jti: expect.stringMatching(new RegExp(`^${ULID}$`)),
          client_id: environment.WORKOS_CLIENT_ID,
          auth_time: expect.any(Number),
          iat: expect.any(Number),
          exp: decodeJwt(cookie.accessToken).iat! + 300,
        });
        expect(decodeJwt(cookie.accessToken)['sid']).toBe(sid);
      }
    },
  );
});

describe('the fixed environment', () => {
  it('has the same client, key and password in every emulator, and other sessions and codes', async () => {
    const [one, other] = [await emulator.issueFixedEnvironment(), await emulator.issueFixedEnvironment()];
    expect(one).toMatchObject({
      WORKOS_CLIENT_ID: 'client_01JMHBCTJR2KJ6VRKZHYQ1EWFC',
      WORKOS_API_KEY: 'sk_test_emulator_public_and_worthless',
      WORKOS_COOKIE_PASSWORD: 'public-and-worthless-cookie-password',
    });
    const different = Object.keys(one).filter((name) => one[name] !== other[name]);
    expect(different).toEqual(['WORKOS_SEALED_SESSION', 'WORKOS_AUTHORIZATION_CODE']);
  });
});

describe('two environments', () => {
  it('share no variable except the address of the API', async () => {
    const [one, other] = [await emulator.issueEnvironment(), await emulator.issueEnvironment()];
    const shared = Object.keys(one).filter((name) => one[name] === other[name]);
    expect(shared).toEqual(['WORKOS_API_HOSTNAME', 'WORKOS_API_PORT', 'WORKOS_API_HTTPS']);
  });

  it('do not open each other’s cookies or accept each other’s keys', async () => {
    const [one, other] = [await emulator.issueEnvironment(), await emulator.issueEnvironment()];
    const crossed = describeVendor({ ...one, WORKOS_COOKIE_PASSWORD: other.WORKOS_COOKIE_PASSWORD });
    expect(await crossed.session.authenticate()).toMatchObject({ reason: 'invalid_session_cookie' });
    const keyless = describeVendor({ ...one, WORKOS_API_KEY: other.WORKOS_API_KEY });
    await expect(keyless.session.refresh()).rejects.toMatchObject({ status: 401 });
  });

  it('issued at once differ too', async () => {
    const issued = await Promise.all(Array.from({ length: 20 }, () => emulator.issueEnvironment()));
    for (const name of ['WORKOS_API_KEY', 'WORKOS_CLIENT_ID', 'WORKOS_AUTHORIZATION_CODE'] as const) {
      expect(new Set(issued.map((environment) => environment[name])).size).toBe(20);
    }
  });
});

describe('an environment', () => {
  it('fits into the 4,096 bytes of a cookie in every seeded session', async () => {
    for (const session of ['signed-in', 'expired', 'impersonated', 'no-organization'] as const) {
      const { WORKOS_SEALED_SESSION: cookie } = await emulator.issueEnvironment({ session });
      expect(cookie.length, session).toBeLessThan(4096 - 'wos-session='.length);
    }
  });
});
