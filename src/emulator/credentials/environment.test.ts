/** The issued environment against the vendor's own library: another hand opens what this one sealed. */
import { WorkOS } from '@workos-inc/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type IssuedEnvironment, type RunningEmulator, type SessionName, startEmulator } from '../index.ts';
import { ORGANIZATIONS } from '../seed.ts';

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
