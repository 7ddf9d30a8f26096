import { createHash } from 'node:crypto';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../index.ts';
import { type Caller, createCaller } from '../testdata/caller.ts';

let emulator: RunningEmulator;
let caller: Caller;
beforeAll(async () => {
  emulator = await startEmulator();
  caller = createCaller(emulator, await emulator.issueEnvironment());
});
afterAll(() => emulator.close());

const ADA = 'user_01JGXF68E0TF04P3S6A0XGP12C';
const VERIFIER = 'a-verifier-of-43-characters-or-more-0123456789';
const challenge = createHash('sha256').update(VERIFIER).digest('base64url');
function pageUrl(more: Record<string, string | undefined> = {}): string {
  const query = {
    client_id: caller.environment.WORKOS_CLIENT_ID,
    redirect_uri: 'http://localhost:3000/callback?kept=1',
    response_type: 'code',
    provider: 'authkit',
    state: 'a "state" & more',
    ...more,
  };
  const given = Object.entries(query).filter(([, value]) => value !== undefined) as [string, string][];
  return `${emulator.url}/user_management/authorize?${new URLSearchParams(given)}`;
}
/** The links of the page, by their text. */
async function links(url: string): Promise<Record<string, string>> {
  const html = await (await fetch(url)).text();
  const unescape = (text: string) =>
    text.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
  const found = html.matchAll(/<a href="([^"]*)"[^>]*>([^<]*)/g);
  return Object.fromEntries(
    Array.from(found, ([, href = '', text = '']) => [text.trim(), emulator.url + unescape(href)]),
  );
}
const follow = async (url = '') => {
  const response = await fetch(url, { redirect: 'manual' });
  return { status: response.status, location: new URL(response.headers.get('location') ?? 'http://none') };
};

describe('the sign-in page', () => {
  it('redirects the chosen user to the application, with a code that signs them in', async () => {
    const { Ada: _, ...all } = await links(pageUrl({ code_challenge: challenge, code_challenge_method: 'S256' }));
    expect(Object.keys(all)).toEqual([
      'Ada Lindqvist',
      'Ben Osei',
      'Chiara Romano',
      'Dana Novak',
      'Eli Marsh',
      'Fay Tanaka',
      'Cancel',
    ]);
    const { status, location } = await follow(all['Ben Osei']);
    expect([status, location.origin, location.searchParams.get('kept')]).toEqual([302, 'http://localhost:3000', '1']);
    expect(location.searchParams.get('state')).toBe('a "state" & more');
    const grant = { grant_type: 'authorization_code', code: location.searchParams.get('code') };
    expect(grant.code).toMatch(/^\w{26}$/);
    const reply = await caller.authenticate({ ...grant, code_verifier: VERIFIER });
    expect([reply.status, reply.body['user'].email]).toEqual([200, 'ben@example.com']);
  });

  it('issues a code with a challenge that works once', async () => {
    const all = await links(pageUrl({ code_challenge: challenge, code_challenge_method: 'S256' }));
    const code = (await follow(all['Ada Lindqvist'])).location.searchParams.get('code');
    const exchange = () => caller.authenticate({ grant_type: 'authorization_code', code, code_verifier: VERIFIER });
    expect([(await exchange()).status, (await exchange()).status]).toEqual([200, 400]);
  });

  it('issues a code for the environment of its client id, for ten minutes', async () => {
    const timed = await startEmulator();
    try {
      const [own, other] = [
        createCaller(timed, await timed.issueEnvironment()),
        createCaller(timed, await timed.issueEnvironment()),
      ];
      const page = new URL(pageUrl({ client_id: own.environment.WORKOS_CLIENT_ID, user_id: ADA }));
      const response = await fetch(`${timed.url}/_emulator/sign-in${page.search}`, { redirect: 'manual' });
      const code = new URL(response.headers.get('location') ?? '').searchParams.get('code');
      const grant = { grant_type: 'authorization_code', code };
      expect((await other.authenticate(grant)).status).toBe(400);
      timed.advanceClock(620);
      expect((await own.authenticate(grant)).status).toBe(400);
      timed.advanceClock(-30);
      expect((await own.authenticate(grant)).status).toBe(200);
    } finally {
      await timed.close();
    }
  });

  it('signs every user in without another step, each to their first organization', async () => {
    const all = Object.entries(await links(pageUrl())).filter(([name]) => name !== 'Cancel');
    const found: Record<string, unknown> = {};
    for (const [name, link] of all) {
      const code = (await follow(link)).location.searchParams.get('code');
      const { status, body } = await caller.authenticate({ grant_type: 'authorization_code', code });
      expect([status, body['user'].name, body['authentication_method']]).toEqual([200, name, 'Password']);
      found[name.split(' ')[0]!] = body['organization_id'];
    }
    const [orchard, harbour] = ['org_01JK303SQ8R2VDK97F38E46C5R', 'org_01JKT5RA50YM9TH01PT9R8YQFK'];
    expect(found).toEqual({
      Ada: orchard,
      Ben: harbour,
      Chiara: undefined,
      Dana: harbour,
      Eli: orchard,
      Fay: orchard,
    });
  });

  it('is HTML that loads nothing, and says what it is', async () => {
    const response = await fetch(pageUrl());
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    expect(response.headers.get('content-security-policy')).toBe("default-src 'none'; style-src 'unsafe-inline'");
    const html = await response.text();
    expect(html).toMatch(/^<!doctype html><html lang="en">.*<title>Sign in<\/title>/);
    expect(html).toContain('This is the AuthKit emulator. Choose a test user.');
    expect(html.match(/<small>[^<]*/g)).toEqual(
      ['ada', 'ben', 'chiara', 'dana', 'eli', 'fay'].map((name) => `<small>${name}@example.com`),
    );
    expect(html).not.toMatch(/<input|type="password"/);
  });

  it.each([
    [undefined, []],
    ['nobody@example.com', []],
    ['Ben@Example.com', ['Ben Osei']],
  ])('with the login hint %s focuses %j', async (hint, names) => {
    const html = await (await fetch(pageUrl({ login_hint: hint }))).text();
    expect(Array.from(html.matchAll(/ autofocus>([^<]*?) </g), ([, name]) => name)).toEqual(names);
  });

  it.each(['http://localhost:3000/callback', 'https://app.example.com/callback?kept=1'])(
    'redirects to %s with a code, and without a state that was not given',
    async (redirectUri) => {
      const all = await links(pageUrl({ redirect_uri: redirectUri, state: undefined }));
      const { status, location } = await follow(all['Ada Lindqvist']);
      location.searchParams.delete('code');
      expect([status, location.href]).toEqual([302, redirectUri]);
    },
  );

  it('issues a code that only works with the verifier', async () => {
    for (const code_verifier of [undefined, 'another']) {
      const all = await links(pageUrl({ code_challenge: challenge, code_challenge_method: 'S256' }));
      const { location } = await follow(all['Ada Lindqvist']);
      const code = location.searchParams.get('code');
      const reply = await caller.authenticate({ grant_type: 'authorization_code', code, code_verifier });
      expect([reply.status, reply.body['error']]).toEqual([400, 'invalid_grant']);
    }
  });

  it('redirects a user who declines, with an error', async () => {
    const { location } = await follow((await links(pageUrl()))['Cancel']);
    expect(Object.fromEntries(location.searchParams)).toEqual({
      kept: '1',
      error: 'access_denied',
      state: 'a "state" & more',
    });
  });

  it('signs in to the organization that was asked for, if the user belongs to it', async () => {
    const harbour = 'org_01JKT5RA50YM9TH01PT9R8YQFK';
    for (const [name, organization] of [
      ['Ada Lindqvist', harbour],
      ['Fay Tanaka', 'org_01JK303SQ8R2VDK97F38E46C5R'],
      ['Chiara Romano', undefined],
    ]) {
      const { location } = await follow((await links(pageUrl({ organization_id: harbour })))[name!]);
      const code = location.searchParams.get('code');
      const reply = await caller.authenticate({ grant_type: 'authorization_code', code });
      expect(reply.body['organization_id']).toBe(organization);
    }
  });

  it.each([
    ['no redirect URI', { redirect_uri: undefined }, ['redirect_uri']],
    ['a redirect URI that is a script', { redirect_uri: 'javascript:alert(1)' }, ['redirect_uri']],
    ['a redirect URI that is a path', { redirect_uri: '/callback' }, ['redirect_uri']],
    ['no response type', { response_type: undefined }, ['response_type']],
    ['another response type', { response_type: 'token' }, ['response_type']],
    ['no provider', { provider: undefined }, ['provider']],
    ['a plain challenge', { code_challenge: 'x', code_challenge_method: 'plain' }, ['code_challenge_method']],
    ['a challenge without a method', { code_challenge: 'x' }, ['code_challenge_method']],
    [
      'nothing',
      { redirect_uri: undefined, response_type: undefined, provider: undefined },
      ['redirect_uri', 'response_type', 'provider'],
    ],
  ])('refuses a request with %s', async (_, more, fields) => {
    const response = await fetch(pageUrl(more));
    const errors = fields.map((field) => ({ field, code: 'invalid', message: `${field} is invalid` }));
    expect([response.status, await response.json()]).toEqual([
      422,
      { code: 'invalid_request_parameters', message: 'Validation failed.', errors },
    ]);
  });

  it('refuses an unknown client', async () => {
    const response = await fetch(pageUrl({ client_id: 'client_unknown' }));
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: 'invalid_client', error_description: 'Invalid client ID.' },
    ]);
  });

  it.each([{ provider: 'GoogleOAuth' }, { connection_id: 'conn_1' }, { organization_id: 'org_1' }])(
    'is shown with %o',
    async (more) => {
      expect((await fetch(pageUrl({ provider: undefined, ...more }))).status).toBe(200);
    },
  );

  it('refuses an unknown user', async () => {
    const url = pageUrl({ user_id: 'user_nobody' }).replace('/user_management/authorize', '/_emulator/sign-in');
    expect((await follow(url)).status).toBe(422);
    const response = await fetch(url);
    expect(await response.json()).toMatchObject({
      errors: [{ field: 'user_id', code: 'invalid', message: 'user_id must be the id of a user' }],
    });
  });

  it('shows the query as text', async () => {
    const html = await (await fetch(pageUrl({ state: '"><script>alert(1)</script>' }))).text();
    expect(html).not.toContain('<script>');
  });
});

/** How the API refuses a wrong field of a next step. */
const WRONG = {
  email: { code: 'invalid_one_time_code', message: 'The code is incorrect.' },
  code: { code: 'invalid_one_time_code', message: 'The code is incorrect.' },
  authentication_challenge_id: { code: 'invalid_one_time_code', message: 'The code is incorrect.' },
  pending_authentication_token: {
    error: 'invalid_pending_authentication_token',
    error_description: 'The pending authentication token has expired or is invalid.',
  },
  organization_id: { error: 'organization_not_found', error_description: "Organization not found: 'wrong'." },
};

describe('the next step', () => {
  const token = 'pat_01JGXF68E0TF04P3S6A0XGP12C';
  const step = (name: string, fields: object) =>
    caller.authenticate({ grant_type: `urn:workos:oauth:grant-type:${name}`, ...fields });

  it.each<[string, object, object]>([
    [
      'magic-auth:code',
      { email: 'Ben@example.com', code: '123456' },
      { authentication_method: 'MagicAuth', organization_id: 'org_01JKT5RA50YM9TH01PT9R8YQFK' },
    ],
    [
      'email-verification:code',
      { pending_authentication_token: token, code: '123456' },
      { authentication_method: 'Password', organization_id: 'org_01JK303SQ8R2VDK97F38E46C5R' },
    ],
    [
      'organization-selection',
      { pending_authentication_token: token, organization_id: 'org_01JKT5RA50YM9TH01PT9R8YQFK' },
      { authentication_method: 'Password', organization_id: 'org_01JKT5RA50YM9TH01PT9R8YQFK' },
    ],
    [
      'mfa-totp',
      {
        pending_authentication_token: token,
        code: '123456',
        authentication_challenge_id: 'auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA',
      },
      { authentication_method: 'Password' },
    ],
  ])('%s ends in a session, and requires every field to be right', async (name, fields, expected) => {
    const reply = await step(name, fields);
    expect([reply.status, reply.body]).toEqual([200, expect.objectContaining(expected)]);
    for (const field of Object.keys(fields)) {
      expect([field, (await step(name, { ...fields, [field]: undefined })).status]).toEqual([field, 422]);
      expect([field, (await step(name, { ...fields, [field]: 'wrong' })).status]).toEqual([field, 400]);
    }
    for (const [field, error] of Object.entries(WRONG).filter(([each]) => each in fields)) {
      expect((await step(name, { ...fields, [field]: 'wrong' })).body).toMatchObject(error);
    }
  });
});

describe('a sign-in with a password', () => {
  it.each([
    ['dana', 'letters by post', 'email_verification_required', 'email-verification:code', { code: '123456' }],
    [
      'eli',
      'one of two doors',
      'organization_selection_required',
      'organization-selection',
      { organization_id: 'org_01JKT5RA50YM9TH01PT9R8YQFK' },
    ],
    [
      'fay',
      'six digits more',
      'mfa_challenge',
      'mfa-totp',
      { code: '123456', authentication_challenge_id: 'auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA' },
    ],
  ])(
    'of %s requires another step, which ends in a session of that user',
    async (name, password, code, grant, fields) => {
      const email = `${name}@example.com`;
      const refused = await caller.authenticate({ grant_type: 'password', email, password });
      expect([refused.status, refused.body['code']]).toEqual([403, code]);
      const reply = await caller.authenticate({
        grant_type: `urn:workos:oauth:grant-type:${grant}`,
        pending_authentication_token: refused.body['pending_authentication_token'],
        ...fields,
      });
      expect([reply.status, reply.body['user']]).toMatchObject([200, { email }]);
    },
  );
});

describe('revoking a session', () => {
  const revoke = (body: unknown, key = caller.environment.WORKOS_API_KEY) =>
    caller.post('/user_management/sessions/revoke', body, { authorization: `Bearer ${key}` });

  it('ends it', async () => {
    const { access_token, refresh_token } = await caller.signIn();
    const { sid } = decodeJwt(access_token);
    expect((await revoke({ session_id: sid })).status).toBe(200);
    const reply = await caller.authenticate({ grant_type: 'refresh_token', refresh_token });
    expect(reply.body).toMatchObject({ error: 'invalid_grant' });
  });

  it('answers with its id and its new status', async () => {
    const { access_token } = await caller.signIn();
    const { sid } = decodeJwt(access_token);
    const { status, body } = await revoke({ session_id: sid });
    expect([status, body]).toEqual([200, { id: sid, status: 'revoked' }]);
  });

  it('works in the fixed environment', async () => {
    const fixed = createCaller(emulator, await emulator.issueFixedEnvironment());
    const { access_token, refresh_token } = await fixed.signIn();
    expect(
      (await revoke({ session_id: decodeJwt(access_token)['sid'] }, fixed.environment.WORKOS_API_KEY)).status,
    ).toBe(200);
    expect((await fixed.authenticate({ grant_type: 'refresh_token', refresh_token })).status).toBe(400);
  });

  it.each(['', 'Bearer', 'Basic %', 'Bearer sk_wrong', '%'])('needs the key: "%s" is refused', async (header) => {
    const { access_token } = await caller.signIn();
    const authorization = header.replace('%', caller.environment.WORKOS_API_KEY);
    const body = { session_id: decodeJwt(access_token)['sid'] };
    const reply = await caller.post('/user_management/sessions/revoke', body, { authorization });
    expect([reply.status, reply.body]).toEqual([401, { message: 'Unauthorized' }]);
  });

  it('needs a session of its own environment', async () => {
    expect((await revoke({})).status).toBe(422);
    const other = createCaller(emulator, await emulator.issueEnvironment());
    for (const id of ['session_1', String(decodeJwt((await other.signIn())['access_token'])['sid'])]) {
      const { status, body } = await revoke({ session_id: id });
      const message = `Session not found: '${id}'.`;
      expect([status, body]).toEqual([404, { code: 'entity_not_found', message, entity_id: id }]);
    }
  });
});
