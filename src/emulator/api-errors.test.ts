import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEmulator, type RunningEmulator, startEmulator } from './index.ts';
import { newUlid } from './credentials/identifier.ts';
import { issueRefreshToken } from './credentials/refresh-token.ts';
import { SESSIONS, userByPassword } from './seed.ts';
import { type Caller, createCaller } from './testdata/caller.ts';

let emulator: RunningEmulator;
let caller: Caller;

beforeAll(async () => {
  emulator = await startEmulator();
  caller = createCaller(emulator, await emulator.issueEnvironment());
});
afterAll(() => emulator.close());

const invalid = (...errors: object[]) => ({
  code: 'invalid_request_parameters',
  message: 'Validation failed.',
  errors,
});
const required = (field: string) => ({ field, code: 'required', message: `${field} is required` });
const oauth = (error: string, error_description: string) => ({ error, error_description });
const UNAUTHORIZED = { message: 'Unauthorized' };
const UNKNOWN_ORGANIZATION = 'org_01JRWD7X58H4ANSKTD8TEVJB80';

type Refusal = [string, Record<string, unknown>, number, object];

/** What is wrong with a sign-in · the request, over a right client id and key · the answer, whole. */
const REFUSALS: Refusal[] = [
  ['no grant type', {}, 422, invalid(required('grant_type'))],
  ['no client id', { client_id: undefined, grant_type: 'password' }, 422, invalid(required('client_id'))],
  [
    'two fields that are not strings',
    { client_id: 7, grant_type: ['password'] },
    422,
    invalid(
      { field: 'client_id', code: 'must_be_string', message: 'client_id must be a string' },
      { field: 'grant_type', code: 'must_be_string', message: 'grant_type must be a string' },
    ),
  ],
  ['no code', { grant_type: 'authorization_code' }, 422, invalid(required('code'))],
  ['no email and no password', { grant_type: 'password' }, 422, invalid(required('email'), required('password'))],
  [
    'an empty refresh token',
    { grant_type: 'refresh_token', refresh_token: '' },
    422,
    invalid(required('refresh_token')),
  ],
  ['no key', { client_secret: undefined, grant_type: 'password' }, 401, UNAUTHORIZED],
  ['a wrong key', { client_secret: 'sk_test_wrong', grant_type: 'password' }, 401, UNAUTHORIZED],
  [
    'an unknown client',
    { client_id: 'client_unknown', grant_type: 'password' },
    400,
    oauth('invalid_client', 'Invalid client ID.'),
  ],
  [
    'a grant type that is not imitated',
    { grant_type: 'constructor' },
    400,
    oauth('unsupported_grant_type', "The grant type 'constructor' is not supported by the emulator."),
  ],
  [
    'an unknown code',
    { grant_type: 'authorization_code', code: 'abc123' },
    400,
    oauth('invalid_grant', "The code 'abc123' has expired or is invalid."),
  ],
  [
    'a wrong password',
    { grant_type: 'password', email: 'ada@example.com', password: 'apples in june' },
    400,
    { code: 'invalid_credentials', message: 'Invalid credentials.' },
  ],
  [
    'a password of somebody who does not exist',
    { grant_type: 'password', email: 'eve@example.com', password: 'orchards in may' },
    400,
    { code: 'invalid_credentials', message: 'Invalid credentials.' },
  ],
  ...['nonsense', 'a.b', 'a.b.c', '!.!', 'e30.e30'].map((token): Refusal => [
    `the refresh token ${token}`,
    { grant_type: 'refresh_token', refresh_token: token },
    400,
    oauth('invalid_grant', 'Invalid refresh token.'),
  ]),
];

describe('a sign-in with', () => {
  it.each(REFUSALS)('%s is refused in the API’s shape', async (_, body, status, expected) => {
    const reply = await caller.authenticate(body);
    expect([reply.status, reply.body]).toEqual([status, expected]);
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    expect(reply.headers.get('x-request-id')).toMatch(/^req_[0-9A-HJKMNP-TV-Z]{26}$/);
  });
});

/** Bodies that are not a JSON object, or have another content type. */
const BODIES: [string, string, string, number, string][] = [
  ['half of one', '{"grant_type": ', 'application/json', 400, 'The request body is not valid JSON.'],
  ['an array', '[]', 'application/json', 400, 'The request body must be a JSON object.'],
  ['null', 'null', 'application/json; charset=utf-8', 400, 'The request body must be a JSON object.'],
  ['nothing', '', 'application/json', 400, 'The request body is not valid JSON.'],
  ['a JSON object called text', '{}', 'text/plain', 400, 'Content-Type must be application/json.'],
  ['a JSON object called a patch', '{}', 'application/jsonp', 400, 'Content-Type must be application/json.'],
  ['a megabyte', `"${'x'.repeat(999_998)}"`, 'application/json', 400, 'The request body must be a JSON object.'],
  ['more than a megabyte', `"${'x'.repeat(999_999)}"`, 'application/json', 413, 'Payload too large.'],
];

/** The user whose password requires another step · the answer besides the token of the step. */
const STEPS: [string, string, object][] = [
  [
    'dana',
    'letters by post',
    {
      code: 'email_verification_required',
      message: 'Email ownership must be verified before authentication.',
      email: 'dana@example.com',
      email_verification_id: 'email_verification_01JP0R7C3K9M2T5X8V1B4N6QWE',
    },
  ],
  [
    'eli',
    'one of two doors',
    {
      code: 'organization_selection_required',
      message: 'The user must choose an organization to finish their authentication.',
      user: expect.objectContaining({ email: 'eli@example.com' }),
      organizations: [
        { id: 'org_01JK303SQ8R2VDK97F38E46C5R', name: 'Orchard Robotics' },
        { id: 'org_01JKT5RA50YM9TH01PT9R8YQFK', name: 'Harbour Library' },
      ],
    },
  ],
  [
    'fay',
    'six digits more',
    {
      code: 'mfa_challenge',
      message: 'The user must complete an MFA challenge to finish authenticating.',
      user: expect.objectContaining({ email: 'fay@example.com' }),
      authentication_factors: [{ id: 'auth_factor_01JP0R2F7B4Z6X8W1N5C9E3QSD', type: 'totp' }],
    },
  ],
];

describe('a password', () => {
  it.each(STEPS)('of %s gets what the next step needs, and nothing else', async (name, password, expected) => {
    const grant = { grant_type: 'password', email: `${name}@example.com`, password };
    const { status, body } = await caller.authenticate(grant);
    const pending_authentication_token = userByPassword(grant.email, password)?.id.replace('user_', 'pat_');
    expect([status, body]).toEqual([403, { ...expected, pending_authentication_token }]);
  });
});

describe('a body that holds', () => {
  it.each(BODIES)('%s is refused', async (_, body, type, status, message) => {
    const reply = await caller.post('/user_management/authenticate', body, { 'content-type': type });
    expect(reply.status).toBe(status);
    expect(reply.body).toEqual({ code: status === 413 ? 'payload_too_large' : 'bad_request', message });
  });

  it.each([
    'application/json',
    'Application/JSON',
    'application/json;charset=utf-8',
    'application/json ; charset=utf-8',
  ])('a JSON object called %s is read', async (type) => {
    const reply = await caller.post('/user_management/authenticate', '{}', { 'content-type': type });
    expect([reply.status, reply.body]).toEqual([422, invalid(required('client_id'), required('grant_type'))]);
  });

  it('letters of many bytes is read whole, also if there is no stream', async () => {
    const inProcess = createEmulator();
    const code = '李🚀é'.repeat(40_000);
    const { WORKOS_CLIENT_ID: client_id, WORKOS_API_KEY: client_secret } =
      await inProcess.issueEnvironment('http://127.0.0.1');
    const body = JSON.stringify({ client_id, client_secret, grant_type: 'authorization_code', code });
    const ask = async (more: object) => {
      const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body };
      const request = new Request('http://127.0.0.1/user_management/authenticate', init);
      const response = await inProcess.fetch(Object.defineProperties(request, more as PropertyDescriptorMap));
      return (await response.json()) as object;
    };
    const refusal = oauth('invalid_grant', `The code '${code}' has expired or is invalid.`);
    expect(await ask({})).toEqual(refusal);
    expect(await ask({ body: { value: undefined } })).toEqual(refusal);
  });
});

describe('a body', () => {
  it('has only fields of its own', async () => {
    const body = '{"__proto__": {"grant_type": "password"}, "client_id": "client_1"}';
    const reply = await caller.post('/user_management/authenticate', body);
    expect(reply.body).toEqual(invalid(required('grant_type')));
  });
});

describe('a refresh', () => {
  it('for an organization that does not exist is refused, and leaves the refresh token good', async () => {
    const { refresh_token } = await caller.signIn();
    const grant = { grant_type: 'refresh_token', refresh_token };
    const reply = await caller.authenticate({ ...grant, organization_id: UNKNOWN_ORGANIZATION });
    const message = `Organization not found: '${UNKNOWN_ORGANIZATION}'.`;
    expect([reply.status, reply.body]).toEqual([400, oauth('organization_not_found', message)]);
    expect((await caller.authenticate(grant)).status).toBe(200);
  });
});

describe('a refresh for an organization of others', () => {
  it('names the user and the organization', async () => {
    const ben = { grant_type: 'password', email: 'ben@example.com', password: 'boats at low tide' };
    const { refresh_token, user } = (await caller.authenticate(ben)).body;
    const organization_id = 'org_01JK303SQ8R2VDK97F38E46C5R';
    const { body } = await caller.authenticate({ grant_type: 'refresh_token', refresh_token, organization_id });
    const message = `User '${user.id}' is not a member of organization '${organization_id}'.`;
    expect(body).toEqual(oauth('organization_membership_not_found', message));
  });
});

describe('a refresh token that is signed with the right key', () => {
  const session = {
    id: `session_${newUlid(0)}`,
    userId: SESSIONS['signed-in'].userId,
    organizationId: undefined,
    authenticationMethod: 'Password',
    impersonator: undefined,
    signedInAtSec: 0,
    ended: false,
  } as const;
  const refresh = async (content: object) => {
    const token = await issueRefreshToken({ ...session, ...content }, caller.environment.WORKOS_API_KEY);
    return caller.authenticate({ grant_type: 'refresh_token', refresh_token: token });
  };

  it('continues the session of somebody who exists', async () => {
    expect((await refresh({})).status).toBe(200);
  });

  it.each([
    ['of a user who does not exist', { userId: 'user_01JRWD7X58H4ANSKTD8TEVJB80' }],
    ['of a user who is a number', { userId: 7 }],
    ['without a session', { id: undefined }],
    ['for an organization the user does not belong to', { organizationId: UNKNOWN_ORGANIZATION }],
    ['of an impersonator without an address', { impersonator: {} }],
  ])('%s is refused', async (_, content) => {
    const reply = await refresh(content);
    expect([reply.status, reply.body]).toEqual([400, oauth('invalid_grant', 'Invalid refresh token.')]);
  });
});

describe('a route there is not', () => {
  it.each([
    ['GET', '/user_management/users'],
    ['GET', '/user_management/authenticate'],
    ['POST', '/sso/jwks/client_1'],
    ['DELETE', '/'],
  ])('%s %s answers 404 with code and message', async (method, path) => {
    const response = await fetch(emulator.url + path, { method });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({
      code: 'not_found',
      message: `The emulator has no route ${method} ${path}.`,
    });
  });
});
