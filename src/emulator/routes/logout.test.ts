import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../index.ts';
import { createCaller } from '../testdata/caller.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

const ID = 'must be the id of a session';
const URL_MESSAGE = 'must be an absolute http or https URL';
const UNKNOWN_SESSION = 'session_01JRWD7X58H4ANSKTD8TEVJB80';
const logOut = (query: Record<string, string>) =>
  fetch(`${emulator.url}/user_management/sessions/logout?${new URLSearchParams(query)}`, {
    redirect: 'manual',
  });

it('ends that session and no other', async () => {
  const caller = createCaller(emulator, await emulator.issueEnvironment());
  const [ended, going] = [await caller.signIn(), await caller.signIn()];
  await logOut({ session_id: String(decodeJwt(ended['access_token'])['sid']) });
  const refresh = ({ refresh_token }: Record<string, any>) =>
    caller.authenticate({ grant_type: 'refresh_token', refresh_token });
  expect([(await refresh(ended)).status, (await refresh(going)).status]).toEqual([400, 200]);
});

it('ends a session of the fixed environment', async () => {
  const caller = createCaller(emulator, await emulator.issueFixedEnvironment());
  const { access_token, refresh_token } = await caller.signIn();
  await logOut({ session_id: String(decodeJwt(access_token)['sid']) });
  expect((await caller.authenticate({ grant_type: 'refresh_token', refresh_token })).status).toBe(400);
});

it('does not end the session if return_to is refused', async () => {
  const caller = createCaller(emulator, await emulator.issueEnvironment());
  const { access_token, refresh_token } = await caller.signIn();
  await logOut({ session_id: String(decodeJwt(access_token)['sid']), return_to: '/bye' });
  expect((await caller.authenticate({ grant_type: 'refresh_token', refresh_token })).status).toBe(200);
});

it.each(['http://localhost:3000/bye?from=app', 'https://app.example.com/'])(
  'sends the browser where return_to says: %s',
  async (returnTo) => {
    const response = await logOut({ session_id: UNKNOWN_SESSION, return_to: returnTo });
    expect([response.status, response.headers.get('location')]).toEqual([302, returnTo]);
  },
);

it.each([{}, { return_to: '' }])('sends the browser to a page of its own without return_to: %o', async (query) => {
  const response = await logOut({ session_id: UNKNOWN_SESSION, ...query });
  expect([response.status, response.headers.get('location')]).toEqual([302, '/_emulator/signed-out']);
  const page = await fetch(new URL(response.headers.get('location') ?? '', emulator.url));
  expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
  expect(await page.text()).toContain('You are signed out.');
});

describe('a request with', () => {
  it.each([
    ['an empty session id', { session_id: '' }, 'session_id', 'required', 'is required'],
    ['the id of a user', { session_id: 'user_01JRWD7X58H4ANSKTD8TEVJB80' }, 'session_id', 'invalid', ID],
    ['a short id', { session_id: 'session_01' }, 'session_id', 'invalid', ID],
    [
      'an id with a letter that no ULID has',
      { session_id: UNKNOWN_SESSION.replace(/.$/, 'U') },
      'session_id',
      'invalid',
      ID,
    ],
    ['a relative return_to', { return_to: '/bye' }, 'return_to', 'invalid', URL_MESSAGE],
    ['a script as return_to', { return_to: 'javascript:alert(1)' }, 'return_to', 'invalid', URL_MESSAGE],
    ['a file as return_to', { return_to: 'ftp://example.com/' }, 'return_to', 'invalid', URL_MESSAGE],
  ])('%s is refused', async (_, query, field, code, message) => {
    const response = await logOut({ session_id: UNKNOWN_SESSION, ...query });
    expect(response.status).toBe(422);
    expect(await response.json()).toEqual({
      code: 'invalid_request_parameters',
      message: 'Validation failed.',
      errors: [{ field, code, message: `${field} ${message}` }],
    });
  });
});
