import { readFile } from 'node:fs/promises';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEmulator, createEmulator, startEmulator } from '../index.ts';
import { ORGANIZATIONS } from '../seed.ts';
import { type Caller, createCaller } from '../testdata/caller.ts';

const [ORCHARD, HARBOUR] = ORGANIZATIONS.map(({ id }) => id);

let emulator: RunningEmulator;
let caller: Caller;

/** A clock that stands still: only what a test does moves it. */
const now = () => Date.UTC(2030, 0, 1);

beforeEach(async () => {
  emulator = await startEmulator({ now });
  caller = createCaller(emulator, await emulator.issueEnvironment());
});
afterEach(() => emulator.close());

const refresh = (refresh_token: string, more: Record<string, unknown> = {}) =>
  caller.authenticate({ grant_type: 'refresh_token', refresh_token, ...more });

describe('a password', () => {
  it('signs its user in, with the whole user object in snake case', async () => {
    const { status, body } = await caller.authenticate({
      grant_type: 'password',
      email: 'Ada@example.com',
      password: 'orchards in may',
    });
    expect(status).toBe(200);
    expect(body).toEqual({
      user: {
        object: 'user',
        id: expect.stringMatching(/^user_[0-9A-HJKMNP-TV-Z]{26}$/),
        email: 'ada@example.com',
        email_verified: true,
        name: 'Ada Lindqvist',
        first_name: 'Ada',
        last_name: 'Lindqvist',
        profile_picture_url: null,
        last_sign_in_at: expect.stringMatching(/^\d{4}-.*Z$/),
        locale: 'sv-SE',
        external_id: null,
        metadata: {},
        created_at: expect.stringMatching(/^\d{4}-.*Z$/),
        updated_at: expect.stringMatching(/^\d{4}-.*Z$/),
      },
      organization_id: ORCHARD,
      access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
      refresh_token: expect.any(String),
      authentication_method: 'Password',
    });
  });

  it('signs a user without organizations in without one', async () => {
    const { body } = await caller.authenticate({
      grant_type: 'password',
      email: 'chiara@example.com',
      password: 'bread before dawn',
    });
    expect(body).not.toHaveProperty('organization_id');
    expect(decodeJwt(body['access_token'])).not.toHaveProperty('org_id');
  });
});

describe('an authorization code', () => {
  const exchange = () =>
    caller.authenticate({
      grant_type: 'authorization_code',
      code: caller.environment.WORKOS_AUTHORIZATION_CODE,
    });

  it('signs its user in once', async () => {
    expect(await exchange()).toMatchObject({ status: 200, body: { user: { email: 'ada@example.com' } } });
    expect(await exchange()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('is exchanged by one of two requests at once', async () => {
    const statuses = (await Promise.all([exchange(), exchange()])).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 400]);
  });

  it('is good for ten minutes', async () => {
    emulator.advanceClock(601);
    expect(await exchange()).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
    emulator.advanceClock(-1);
    expect(await exchange()).toMatchObject({ status: 200 });
  });

  it('needs no verifier without a challenge, and ignores one', async () => {
    const code = caller.environment.WORKOS_AUTHORIZATION_CODE;
    const grant = { grant_type: 'authorization_code', code, code_verifier: 'any' };
    expect((await caller.authenticate(grant)).status).toBe(200);
  });

  it('needs the key, even with a verifier, because there are no public clients', async () => {
    const code = caller.environment.WORKOS_AUTHORIZATION_CODE;
    const grant = { grant_type: 'authorization_code', code, code_verifier: 'any', client_secret: undefined };
    expect((await caller.authenticate(grant)).status).toBe(401);
  });

  it.each([
    ['signed-in', 'ada@example.com', ORCHARD, 'Password', undefined],
    ['expired', 'ada@example.com', ORCHARD, 'Password', undefined],
    [
      'impersonated',
      'ada@example.com',
      ORCHARD,
      'Impersonation',
      { email: 'support@example.com', reason: 'Helping with a billing question' },
    ],
    ['no-organization', 'chiara@example.com', undefined, 'GoogleOAuth', undefined],
  ] as const)(
    'of an environment %s signs in the same user in the same way, as of now',
    async (session, email, organization, method, impersonator) => {
      caller = createCaller(emulator, await emulator.issueEnvironment({ session }));
      emulator.advanceClock(60);
      const { body } = await exchange();
      expect([
        body['user'].email,
        body['organization_id'],
        body['authentication_method'],
        body['impersonator'],
      ]).toEqual([email, organization, method, impersonator]);
      const atSec = now() / 1000 + 60;
      expect(decodeJwt(body['access_token'])).toMatchObject({ auth_time: atSec, iat: atSec });
    },
  );

  it('begins a session of its own', async () => {
    const first = decodeJwt((await exchange()).body['access_token']);
    const second = decodeJwt((await caller.signIn())['access_token']);
    expect(first['sid']).not.toBe(second['sid']);
  });
});

describe('a refresh token', () => {
  it('is exchanged for another one, in the same session', async () => {
    const before = await caller.signIn();
    const { status, body: after } = await refresh(before['refresh_token']);
    expect(status).toBe(200);
    expect(after['refresh_token']).not.toBe(before['refresh_token']);
    expect(after['access_token']).not.toBe(before['access_token']);
    expect(decodeJwt(after['access_token'])['sid']).toBe(decodeJwt(before['access_token'])['sid']);
    expect(after).toMatchObject({
      user: before['user'],
      organization_id: ORCHARD,
      authentication_method: 'Password',
    });
    expect((await refresh(after['refresh_token'])).status).toBe(200);
  });

  it('gets the same answer again for thirty seconds', async () => {
    const { refresh_token: token } = await caller.signIn();
    const first = await refresh(token);
    emulator.advanceClock(30);
    expect((await refresh(token)).body).toEqual(first.body);
  });

  it('gets the same answer again even for another organization', async () => {
    const { refresh_token: token } = await caller.signIn();
    const first = await refresh(token);
    expect((await refresh(token, { organization_id: HARBOUR })).body).toEqual(first.body);
  });

  it('is good for years, and its session keeps the time of its sign-in', async () => {
    const { refresh_token: token } = await caller.signIn();
    emulator.advanceClock(10 * 31_536_000);
    const { status, body } = await refresh(token);
    expect(status).toBe(200);
    const signedInAt = now() / 1000;
    const issuedAt = signedInAt + 10 * 31_536_000;
    expect(decodeJwt(body['access_token'])).toMatchObject({
      auth_time: signedInAt,
      iat: issuedAt,
      exp: issuedAt + 300,
    });
  });

  it('is refused after thirty seconds, and its successor is not', async () => {
    const { refresh_token: token } = await caller.signIn();
    const successor = (await refresh(token)).body['refresh_token'];
    emulator.advanceClock(31);
    expect(await refresh(token)).toMatchObject({
      status: 400,
      body: { error: 'invalid_grant', error_description: 'Refresh token already exchanged.' },
    });
    expect((await refresh(successor)).status).toBe(200);
  });

  it('gives any number of requests at once one answer', async () => {
    const { refresh_token: token } = await caller.signIn();
    const replies = await Promise.all(Array.from({ length: 8 }, () => refresh(token)));
    expect(new Set(replies.map(({ body }) => body['refresh_token'])).size).toBe(1);
  });

  it('is refused once its session has ended, even for a replay', async () => {
    const { refresh_token: token, access_token: accessToken } = await caller.signIn();
    const successor = (await refresh(token)).body['refresh_token'];
    const logOutUrl = `${emulator.url}/user_management/sessions/logout`;
    await fetch(`${logOutUrl}?session_id=${decodeJwt(accessToken)['sid']}`, { redirect: 'manual' });
    for (const each of [token, successor]) {
      expect(await refresh(each)).toMatchObject({
        status: 400,
        body: { error: 'invalid_grant', error_description: 'Session has already ended.' },
      });
    }
  });

  it('keeps the impersonator in the answer and in the token', async () => {
    caller = createCaller(emulator, await emulator.issueEnvironment({ session: 'impersonated' }));
    const { body } = await caller.authenticate({
      grant_type: 'authorization_code',
      code: caller.environment.WORKOS_AUTHORIZATION_CODE,
    });
    const impersonator = { email: 'support@example.com', reason: 'Helping with a billing question' };
    const { body: refreshed } = await refresh(body['refresh_token']);
    expect(refreshed).toMatchObject({ impersonator, authentication_method: 'Impersonation' });
    expect(decodeJwt(refreshed['access_token'])['act']).toEqual({ sub: impersonator.email });
  });

  it('survives a restart in the fixed environment', async () => {
    caller = createCaller(emulator, await emulator.issueFixedEnvironment());
    const { refresh_token: token, access_token: accessToken } = await caller.signIn();
    await emulator.close();
    emulator = await startEmulator({ now });
    caller = createCaller(emulator, caller.environment);
    const replies = await Promise.all([refresh(token), refresh(token)]);
    expect(replies.map(({ status }) => status)).toEqual([200, 200]);
    expect(replies[0]?.body).toEqual(replies[1]?.body);
    expect(decodeJwt(replies[0]?.body['access_token'])['sid']).toBe(decodeJwt(accessToken)['sid']);
  });

  it('is good again after a restart if it was used, and if its session was ended', async () => {
    caller = createCaller(emulator, await emulator.issueFixedEnvironment());
    const { refresh_token: token, access_token: accessToken } = await caller.signIn();
    await refresh(token);
    const headers = { authorization: `Bearer ${caller.environment.WORKOS_API_KEY}` };
    const ended = { session_id: decodeJwt(accessToken)['sid'] };
    expect((await caller.post('/user_management/sessions/revoke', ended, headers)).status).toBe(200);
    expect((await refresh(token)).status).toBe(400);
    await emulator.close();
    emulator = await startEmulator({ now });
    caller = createCaller(emulator, caller.environment);
    expect((await refresh(token)).status).toBe(200);
  });

  it('keeps everything about its session across a restart', async () => {
    caller = createCaller(emulator, await emulator.issueFixedEnvironment({ session: 'impersonated' }));
    const code = caller.environment.WORKOS_AUTHORIZATION_CODE;
    const { body: before } = await caller.authenticate({ grant_type: 'authorization_code', code });
    const { body: switched } = await refresh(before['refresh_token'], { organization_id: HARBOUR });
    await emulator.close();
    emulator = await startEmulator({ now: () => now() + 60_000 });
    caller = createCaller(emulator, caller.environment);
    const { body: after } = await refresh(switched['refresh_token']);
    const { access_token: _, refresh_token: __, ...lasting } = switched;
    expect(after).toMatchObject(lasting);
    const former = decodeJwt(switched['access_token']);
    const later = { jti: expect.any(String), iss: expect.any(String), iat: former.iat! + 60, exp: former.exp! + 60 };
    expect(decodeJwt(after['access_token'])).toEqual({ ...former, ...later });
  });

  it('is refused when a letter of it was changed', async () => {
    const { refresh_token: token } = await caller.signIn();
    const changed = token.replace(/^(.{20})(.)/, (_: string, head: string, letter: string) => {
      return head + (letter === 'A' ? 'B' : 'A');
    });
    expect(await refresh(changed)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it.each([
    ['with a third part', (token: string) => `${token}.x`],
    ['cut to five letters', (token: string) => token.replace(/^(.{5})[^.]*/, '$1')],
    ['without a signature', (token: string) => token.replace(/\..*/, '')],
  ])('is refused %s', async (_, change) => {
    const { refresh_token: token } = await caller.signIn();
    expect(await refresh(change(token))).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });

  it('differs from all others by 16 random letters', async () => {
    const { refresh_token: token } = await caller.signIn();
    const { nonce } = JSON.parse(Buffer.from(token.split('.')[0], 'base64url').toString());
    expect(nonce).toMatch(/^\w{16}$/);
  });

  it('of one environment is refused in another', async () => {
    const { refresh_token: token } = await caller.signIn();
    caller = createCaller(emulator, await emulator.issueEnvironment());
    expect(await refresh(token)).toMatchObject({ status: 400, body: { error: 'invalid_grant' } });
  });
});

describe('a switch of organizations', () => {
  it('changes the role and the permissions, and persists', async () => {
    const { refresh_token: token } = await caller.signIn();
    const { body: switched } = await refresh(token, { organization_id: HARBOUR });
    expect(switched['organization_id']).toBe(HARBOUR);
    expect(decodeJwt(switched['access_token'])).toMatchObject({
      org_id: HARBOUR,
      role: 'member',
      roles: ['member'],
      permissions: ['posts:read'],
      entitlements: ['audit-logs'],
      feature_flags: [],
    });
    expect((await refresh(switched['refresh_token'])).body['organization_id']).toBe(HARBOUR);
  });

  it('to one the user does not belong to is refused, and leaves the refresh token good', async () => {
    const ben = { email: 'ben@example.com', password: 'boats at low tide' };
    const { body } = await caller.authenticate({ grant_type: 'password', ...ben });
    expect(await refresh(body['refresh_token'], { organization_id: ORCHARD })).toMatchObject({
      status: 400,
      body: { error: 'organization_membership_not_found' },
    });
    const again = await refresh(body['refresh_token']);
    expect(again).toMatchObject({ status: 200, body: { organization_id: HARBOUR } });
  });
});

describe('an Idempotency-Key', () => {
  it('gets the first answer again, for a code that is spent by now', async () => {
    const code = caller.environment.WORKOS_AUTHORIZATION_CODE;
    const exchange = (key: string) =>
      caller.authenticate({ grant_type: 'authorization_code', code }, { 'idempotency-key': key });
    const first = await exchange('one');
    expect(await exchange('one')).toMatchObject({ status: 200, body: first.body });
    expect(await exchange('two')).toMatchObject({ status: 400 });
    expect(await exchange('two')).toMatchObject({ status: 400 });
  });

  it('gets the first answer again for another body, and for a refusal', async () => {
    const answerTo = async (key: string, password: string) => {
      const grant = { grant_type: 'password', email: 'ada@example.com', password };
      return (await caller.authenticate(grant, { 'idempotency-key': key })).status;
    };
    expect([await answerTo('one', 'orchards in may'), await answerTo('one', 'wrong')]).toEqual([200, 200]);
    expect([await answerTo('two', 'wrong'), await answerTo('two', 'orchards in may')]).toEqual([400, 400]);
  });

  it('is not needed: without one, each request is answered for itself', async () => {
    const [one, other] = [await caller.signIn(), await caller.signIn()];
    expect(one['refresh_token']).not.toBe(other['refresh_token']);
  });

  it('is remembered until there are 1,000 later ones', async () => {
    const idempotent = createEmulator();
    const origin = 'http://127.0.0.1';
    const environment = await idempotent.issueEnvironment(origin);
    const statusOf = async (key: string, grant: Record<string, string>) => {
      const { WORKOS_CLIENT_ID: client_id, WORKOS_API_KEY: client_secret } = environment;
      const request = new Request(`${origin}/user_management/authenticate`, {
        method: 'POST',
        headers: { 'idempotency-key': key, 'content-type': 'application/json' },
        body: JSON.stringify({ client_id, client_secret, ...grant }),
      });
      return (await idempotent.fetch(request)).status;
    };
    const exchange = () =>
      statusOf('first', { grant_type: 'authorization_code', code: environment.WORKOS_AUTHORIZATION_CODE });
    const refuse = (key: number) => statusOf(`${key}`, { grant_type: 'refresh_token', refresh_token: 'x' });
    expect(await exchange()).toBe(200);
    for (let key = 1; key < 1_000; key += 1) await refuse(key);
    expect(await exchange()).toBe(200);
    await refuse(1_000);
    expect(await exchange()).toBe(400);
  });

  it('answers a refresh token long after its replay window', async () => {
    const { refresh_token: token } = await caller.signIn();
    const grant = { grant_type: 'refresh_token', refresh_token: token };
    const exchange = () => caller.authenticate(grant, { 'idempotency-key': 'one' });
    const first = await exchange();
    emulator.advanceClock(3600);
    expect((await exchange()).body).toEqual(first.body);
  });

  it('of one environment means nothing in another', async () => {
    const headers = { 'idempotency-key': 'one' };
    const grant = { grant_type: 'password', email: 'ada@example.com', password: 'orchards in may' };
    const here = await caller.authenticate(grant, headers);
    const other = createCaller(emulator, await emulator.issueEnvironment());
    expect((await other.authenticate(grant, headers)).body).not.toEqual(here.body);
  });
});

describe('the key', () => {
  const grant = { grant_type: 'password', email: 'ada@example.com', password: 'orchards in may' };

  it('is taken from the Authorization header too', async () => {
    const { WORKOS_API_KEY: key } = caller.environment;
    const headers = { authorization: `Bearer ${key}` };
    expect((await caller.authenticate({ ...grant, client_secret: undefined }, headers)).status).toBe(200);
    expect((await caller.authenticate(grant, headers)).status).toBe(200);
  });

  it.each(['bearer %', 'BEARER %'])('is taken from an Authorization header that is spelled %s', async (header) => {
    const headers = { authorization: header.replace('%', caller.environment.WORKOS_API_KEY) };
    expect((await caller.authenticate({ ...grant, client_secret: undefined }, headers)).status).toBe(200);
  });

  it.each(['%', 'Basic %', 'Bearer', 'Bearer % %', 'Bearer %x'])(
    'is not taken from the Authorization header "%s"',
    async (header) => {
      const headers = { authorization: header.replaceAll('%', caller.environment.WORKOS_API_KEY) };
      for (const client_secret of [undefined, caller.environment.WORKOS_API_KEY]) {
        expect((await caller.authenticate({ ...grant, client_secret }, headers)).status).toBe(401);
      }
    },
  );

  it('of another environment is refused', async () => {
    const other = await emulator.issueEnvironment();
    expect((await caller.authenticate({ ...grant, client_secret: other.WORKOS_API_KEY })).status).toBe(401);
  });

  it('must be right in each place', async () => {
    const wrong = { authorization: 'Bearer sk_test_wrong' };
    expect((await caller.authenticate(grant, wrong)).status).toBe(401);
    const { WORKOS_API_KEY: key } = caller.environment;
    const right = { authorization: `Bearer ${key}` };
    expect((await caller.authenticate({ ...grant, client_secret: 'sk_test_wrong' }, right)).status).toBe(401);
  });
});

describe('a sign-in', () => {
  it('ignores the fields that DIFFERENCES.md lists', async () => {
    const text = await readFile(new URL('../DIFFERENCES.md', import.meta.url), 'utf8');
    const [, row = ''] = /^\| ignores (.*?) +\|/m.exec(text) ?? [];
    const fields = Array.from(row.matchAll(/`(\w+)`/g), ([, name]) => [name, 'any']);
    expect(fields).toHaveLength(5);
    const grant = { grant_type: 'password', email: 'ada@example.com', password: 'orchards in may' };
    const [plain, more] = [
      await caller.authenticate(grant),
      await caller.authenticate({ ...grant, ...Object.fromEntries(fields) }),
    ];
    const tokens = { access_token: expect.any(String), refresh_token: expect.any(String) };
    expect([more.status, more.body]).toEqual([200, { ...plain.body, ...tokens }]);
  });

  it.each([
    ['ada', ORCHARD],
    ['ben', HARBOUR],
    ['chiara', undefined],
    ['dana', HARBOUR],
    ['eli', ORCHARD],
    ['fay', ORCHARD],
  ])(
    'of %s with a code by email needs no other step, and is for their first organization',
    async (name, organization) => {
      const grant = { grant_type: 'urn:workos:oauth:grant-type:magic-auth:code', code: '123456' };
      const { status, body } = await caller.authenticate({ ...grant, email: `${name}@example.com` });
      expect([status, body['user'].email, body['organization_id'], body['authentication_method']]).toEqual([
        200,
        `${name}@example.com`,
        organization,
        'MagicAuth',
      ]);
    },
  );
});
