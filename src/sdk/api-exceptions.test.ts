/** Errors of the API, compared with those of the WorkOS SDK: the same answer, the same class, the same fields. */
import { inspect } from 'node:util';
import * as vendor from '@workos-inc/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as ours from './index.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

const STEP = { pending_authentication_token: 'pending_secret', message: 'A step is left.' };
type Fields = Record<string, unknown>;

test.each<[number, Fields, string]>([
  [401, { message: 'Unauthorized' }, 'UnauthorizedException'],
  [404, { message: 'Not Found' }, 'NotFoundException'],
  [409, { message: 'Conflict' }, 'ConflictException'],
  [422, { code: 'invalid', errors: [{ code: 'email_secret' }] }, 'UnprocessableEntityException'],
  [429, { message: 'Slow down' }, 'RateLimitExceededException'],
  [400, { error: 'invalid_grant', error_description: "The code 'code_secret' is used." }, 'OauthException'],
  [400, { error: 'odd' }, 'OauthException'],
  [400, { error_description: 'odd' }, 'OauthException'],
  [400, { code: 'bad', errors: [{ field: 'a_secret' }] }, 'BadRequestException'],
  [400, { code: 'invalid_credentials', message: 'No.' }, 'GenericServerException'],
  [403, { message: 'Forbidden' }, 'GenericServerException'],
  [500, { message: 'Broken' }, 'GenericServerException'],
  [500, { error: 'broken', error_description: 'd' }, 'OauthException'],
  [
    403,
    { code: 'email_verification_required', email_verification_id: 'ev_secret', ...STEP },
    'AuthenticationException',
  ],
  [
    403,
    { code: 'organization_selection_required', organizations: [{ id: 'o', name: 'O' }], ...STEP },
    'AuthenticationException',
  ],
  [
    403,
    { code: 'mfa_challenge', authentication_factors: [{ id: 'f', type: 'totp' }], ...STEP },
    'AuthenticationException',
  ],
  [403, { code: 'mfa_enrollment', ...STEP }, 'AuthenticationException'],
  [403, { code: 'radar_email_challenge', radar_challenge_id: 'r_secret', ...STEP }, 'AuthenticationException'],
  [400, { error: 'sso_required', connection_ids: ['c', 7], error_description: 'd' }, 'AuthenticationException'],
])('%i %o is a %s here and there', async (status, body, name) => {
  api.onAuthenticate = (_request, response) => sendJson(response, status, body, { 'X-Request-ID': 'req_1' });
  const failing = async (client: { userManagement: Pick<ours.UserManagement, 'authenticateWithCode'> }) => {
    try {
      await client.userManagement.authenticateWithCode({ code: 'c' });
    } catch (error) {
      return error as Error & Fields;
    }
    throw new Error('it must fail');
  };
  const options = { ...api.options, maxRetries: 0 };
  const mine = await failing(new ours.WorkOS(options));
  const theirs = await failing(new vendor.WorkOS(options) as unknown as ours.WorkOS);
  expect([mine.name, theirs.name]).toEqual([name, name]);
  expect(mine).toBeInstanceOf(Object.entries(ours).find(([each]) => each === name)?.[1]);
  expect(mine).toBeInstanceOf(ours.SessionError);
  const fields = ['status', 'requestID', 'error', 'errorDescription', 'pendingAuthenticationToken', 'radarChallengeId'];
  for (const field of fields) expect([field, mine[field]]).toEqual([field, theirs[field]]);
  if (theirs['rawData'] && status !== 429) expect(mine['rawData']).toEqual(theirs['rawData']);
  if (status === 400) expect(mine['errors']).toEqual(theirs['errors']);
  const told = [inspect(mine, { showHidden: true, depth: 9 }), JSON.stringify(mine), mine.message, mine.stack].join();
  expect(told).not.toContain('secret');
  expect(Object.keys(mine).join()).not.toMatch(/pending|raw|errors|Description/);
});

test('errors that are no list are left out', () => {
  const rawData = { code: 'bad', errors: 'none' };
  expect(new ours.BadRequestException('request_refused', 'm', { rawData }).errors).toBeUndefined();
  expect(new ours.UnprocessableEntityException('request_refused', 'm', { rawData }).errors).toBeUndefined();
});

test('what the next step needs is on the error', () => {
  const of = (rawData: unknown) => new ours.AuthenticationException('authentication_incomplete', 'm', { rawData });
  expect(of({ email_verification_id: 'ev_1' }).emailVerificationId).toBe('ev_1');
  expect(of({ authentication_factors: [{ id: 'f', type: 'totp' }, 7] }).authenticationFactors).toEqual([
    { id: 'f', type: 'totp' },
  ]);
  expect(of({ organizations: [{ id: 'o', name: 'O' }] }).organizations).toEqual([{ id: 'o', name: 'O' }]);
  expect(of({ connection_ids: ['c', 7] }).connectionIds).toEqual(['c']);
  for (const nothing of [undefined, null, 'text', [], { connection_ids: 'c', organizations: {} }]) {
    const error = of(nothing);
    expect([error.connectionIds, error.organizations, error.authenticationFactors]).toEqual([[], [], []]);
    expect([error.pendingAuthenticationToken, error.authkitRedirectUrl]).toEqual([undefined, undefined]);
  }
});
