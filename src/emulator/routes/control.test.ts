import { unsealData } from 'iron-session';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../index.ts';
import { type Caller, createCaller } from '../testdata/caller.ts';

let emulator: RunningEmulator;
let caller: Caller;
beforeEach(async () => {
  emulator = await startEmulator({ now: () => Date.UTC(2030, 0, 1) });
  caller = createCaller(emulator, await emulator.issueEnvironment());
});
afterEach(() => emulator.close());

describe('the clock', () => {
  it('moves forward and back, and says where it stands', async () => {
    const forward = await caller.post('/_emulator/clock', { advance_seconds: 90 });
    expect(forward.body).toEqual({ now: '2030-01-01T00:01:30.000Z', offset_seconds: 90 });
    await caller.post('/_emulator/clock', { advance_seconds: -100 });
    const shown = await fetch(`${emulator.url}/_emulator/clock`);
    expect(await shown.json()).toEqual({ now: '2029-12-31T23:59:50.000Z', offset_seconds: -10 });
  });

  it('dates the tokens that are issued after it was moved', async () => {
    await caller.post('/_emulator/clock', { advance_seconds: -3600 });
    const { exp } = decodeJwt((await caller.signIn())['access_token']);
    expect(exp).toBe(Date.UTC(2030, 0, 1) / 1000 - 3600 + 300);
  });

  it.each([
    ['nothing', {}, 'required'],
    ['a text', { advance_seconds: '90' }, 'must_be_number'],
    ['a time before 1970', { advance_seconds: -1e12 }, 'invalid'],
    ['a time after 9999', { advance_seconds: 1e300 }, 'invalid'],
  ])('is not moved by %s', async (_, body, code) => {
    const reply = await caller.post('/_emulator/clock', body);
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ field: 'advance_seconds', code }]);
    const shown = await fetch(`${emulator.url}/_emulator/clock`);
    expect(await shown.json()).toMatchObject({ offset_seconds: 0 });
  });
});

describe('an expired session', () => {
  const claimsOf = (reply: { body: Record<string, any> }) => decodeJwt(reply.body['access_token'] as string);

  it('is the same session with an access token that has expired and a refresh token that works', async () => {
    const { sid } = decodeJwt((await caller.signIn())['access_token']);
    const { status, body } = await caller.post('/_emulator/sessions/expire', { session_id: sid });
    expect([status, body['session_id']]).toEqual([200, sid]);
    const cookie = await unsealData<{ accessToken: string; refreshToken: string }>(body['sealed_session'] as string, {
      password: caller.environment.WORKOS_COOKIE_PASSWORD,
    });
    expect(decodeJwt(cookie.accessToken)).toMatchObject({ sid, exp: Date.UTC(2030, 0, 1) / 1000 - 60 });
    const refreshed = await caller.authenticate({ grant_type: 'refresh_token', refresh_token: cookie.refreshToken });
    expect(claimsOf(refreshed)).toMatchObject({ sid, exp: Date.UTC(2030, 0, 1) / 1000 + 300 });
  });

  it.each([
    ['no id', {}, 'required'],
    ['an unknown id', { session_id: 'session_01' }, 'invalid'],
  ])('is refused for %s', async (_about, body, code) => {
    const reply = await caller.post('/_emulator/sessions/expire', body);
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ field: 'session_id', code }]);
  });

  it('has expired however long access tokens are valid', async () => {
    const lasting = await startEmulator({ sessionLifeSec: 8 * 3600 });
    try {
      const seeded = await lasting.issueEnvironment({ session: 'expired' });
      const password = seeded.WORKOS_COOKIE_PASSWORD;
      const read = async (sealed: string) =>
        decodeJwt((await unsealData<{ accessToken: string }>(sealed, { password })).accessToken);
      const { exp, sid } = await read(seeded.WORKOS_SEALED_SESSION);
      expect(exp).toBeLessThan(Date.now() / 1000);
      const expired = await read(await lasting.expireSession(String(sid)));
      expect(expired.exp).toBeLessThan(Date.now() / 1000);
      await expect(lasting.expireSession('session_01')).rejects.toMatchObject({ code: 'invalid_option' });
    } finally {
      await lasting.close();
    }
  });
});

describe('faults', () => {
  it('are set, are used up and can be taken back', async () => {
    expect((await caller.post('/_emulator/faults', { kind: 'server_error' })).status).toBe(204);
    expect((await caller.authenticate({})).status).toBe(500);
    expect((await caller.authenticate({})).status).toBe(422);
    await caller.post('/_emulator/faults', { kind: 'server_error', times: 5, route: 'authenticate' });
    const cleared = await fetch(`${emulator.url}/_emulator/faults`, { method: 'DELETE' });
    expect(cleared.status).toBe(204);
    expect((await caller.authenticate({})).status).toBe(422);
  });

  it.each([
    ['no kind', {}],
    ['an unknown kind', { kind: 'earthquake' }],
    ['an unknown route', { kind: 'hang', route: 'users' }],
    ['no times', { kind: 'hang', times: 0 }],
    ['a text for times', { kind: 'hang', times: '2' }],
  ])('with %s are refused', async (_, body) => {
    expect((await caller.post('/_emulator/faults', body)).status).toBe(422);
  });
});

describe('environments', () => {
  it('are issued over HTTP, with the session that was asked for', async () => {
    const { status, body } = await caller.post('/_emulator/environments', { session: 'no-organization' });
    expect(status).toBe(201);
    expect(Object.keys(body)).toEqual(Object.keys(caller.environment));
    const reply = await createCaller(emulator, body as typeof caller.environment).authenticate({
      grant_type: 'authorization_code',
      code: body['WORKOS_AUTHORIZATION_CODE'],
    });
    expect(reply.body['user'].email).toBe('chiara@example.com');
  });

  it('with a session that does not exist are refused', async () => {
    const reply = await caller.post('/_emulator/environments', { session: 'toString' });
    expect(reply.status).toBe(422);
    expect(reply.body['errors']).toMatchObject([{ field: 'session' }]);
  });
});
