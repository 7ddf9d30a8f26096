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

describe('faults', () => {
  it('are set, are used up and can be taken back', async () => {
    expect((await caller.post('/_emulator/faults', { kind: 'server_error' })).status).toBe(204);
    expect((await caller.authenticate({})).status).toBe(500);
    expect((await caller.authenticate({})).status).toBe(422);
    await caller.post('/_emulator/faults', { kind: 'server_error', times: 5, route: 'authenticate' });
    await fetch(`${emulator.url}/_emulator/faults`, { method: 'DELETE' });
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
