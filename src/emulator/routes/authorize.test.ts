import { createHash } from 'node:crypto';
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
    expect(location.searchParams.get('error')).toBe('access_denied');
    expect(location.searchParams.get('code')).toBeNull();
  });

  it('signs in to the organization that was asked for, if the user belongs to it', async () => {
    const harbour = 'org_01JKT5RA50YM9TH01PT9R8YQFK';
    for (const [name, organization] of [
      ['Ada Lindqvist', harbour],
      ['Chiara Romano', undefined],
    ]) {
      const { location } = await follow((await links(pageUrl({ organization_id: harbour })))[name!]);
      const code = location.searchParams.get('code');
      const reply = await caller.authenticate({ grant_type: 'authorization_code', code });
      expect(reply.body['organization_id']).toBe(organization);
    }
  });

  it.each([
    ['no client', { client_id: 'client_unknown' }, 400, 'invalid_client'],
    ['no redirect URI', { redirect_uri: undefined }, 422, 'redirect_uri'],
    ['a redirect URI that is a script', { redirect_uri: 'javascript:alert(1)' }, 422, 'redirect_uri'],
    ['another response type', { response_type: 'token' }, 422, 'response_type'],
    ['no provider', { provider: undefined }, 422, 'provider'],
    ['a plain challenge', { code_challenge: 'x', code_challenge_method: 'plain' }, 422, 'code_challenge_method'],
  ])('refuses a request with %s', async (_, more, status, named) => {
    const response = await fetch(pageUrl(more));
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(named)]);
  });

  it('refuses an unknown user', async () => {
    const url = pageUrl({ user_id: 'user_nobody' }).replace('/user_management/authorize', '/_emulator/sign-in');
    expect((await follow(url)).status).toBe(422);
  });

  it('shows the query as text', async () => {
    const html = await (await fetch(pageUrl({ state: '"><script>alert(1)</script>' }))).text();
    expect(html).not.toContain('<script>');
  });
});

describe('the next step', () => {
  const token = 'pat_01JGXF68E0TF04P3S6A0XGP12C';
  const step = (name: string, fields: object) =>
    caller.authenticate({ grant_type: `urn:workos:oauth:grant-type:${name}`, ...fields });

  it.each<[string, object, object]>([
    ['magic-auth:code', { email: 'Ben@example.com', code: '123456' }, { authentication_method: 'MagicAuth' }],
    [
      'email-verification:code',
      { pending_authentication_token: token, code: '123456' },
      { authentication_method: 'Password' },
    ],
    [
      'organization-selection',
      { pending_authentication_token: token, organization_id: 'org_01JKT5RA50YM9TH01PT9R8YQFK' },
      { organization_id: 'org_01JKT5RA50YM9TH01PT9R8YQFK' },
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
    const { sid } = JSON.parse(Buffer.from(access_token.split('.')[1], 'base64url').toString());
    expect((await revoke({ session_id: sid })).status).toBe(200);
    const reply = await caller.authenticate({ grant_type: 'refresh_token', refresh_token });
    expect(reply.body).toMatchObject({ error: 'invalid_grant' });
  });

  it('needs the key, and an existing session', async () => {
    expect((await revoke({ session_id: 'session_1' }, 'sk_wrong')).status).toBe(401);
    expect((await revoke({})).status).toBe(422);
    expect((await revoke({ session_id: 'session_1' })).status).toBe(404);
  });
});
