import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../index.ts';
import { createCaller } from '../testdata/caller.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

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

it('sends the browser where return_to says', async () => {
  const returnTo = 'http://localhost:3000/bye?from=app';
  const response = await logOut({ session_id: UNKNOWN_SESSION, return_to: returnTo });
  expect([response.status, response.headers.get('location')]).toEqual([302, returnTo]);
});

it('sends the browser to a page of its own without return_to', async () => {
  const response = await logOut({ session_id: UNKNOWN_SESSION });
  expect(response.status).toBe(302);
  const page = await fetch(new URL(response.headers.get('location') ?? '', emulator.url));
  expect(page.headers.get('content-type')).toMatch(/^text\/html/);
  expect(await page.text()).toContain('You are signed out.');
});

describe('a request with', () => {
  it.each([
    ['an empty session id', { session_id: '' }, 'session_id', 'required'],
    ['the id of a user', { session_id: 'user_01JRWD7X58H4ANSKTD8TEVJB80' }, 'session_id', 'invalid'],
    ['a relative return_to', { return_to: '/bye' }, 'return_to', 'invalid'],
    ['a script as return_to', { return_to: 'javascript:alert(1)' }, 'return_to', 'invalid'],
  ])('%s is refused', async (_, query, field, code) => {
    const response = await logOut({ session_id: UNKNOWN_SESSION, ...query });
    expect(response.status).toBe(422);
    expect(await response.json()).toMatchObject({ errors: [{ field, code }] });
  });
});
