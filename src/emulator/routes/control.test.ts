import { unsealData } from 'iron-session';
import { decodeJwt } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ROUTE_NAMES } from '../emulator.ts';
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
    await caller.post('/_emulator/faults', { kind: 'bad_gateway' });
    await caller.post('/_emulator/faults', { kind: 'bad_gateway', route: 'jwks' });
    const cleared = await fetch(`${emulator.url}/_emulator/faults`, { method: 'DELETE' });
    expect(cleared.status).toBe(204);
    expect((await caller.authenticate({})).status).toBe(422);
    const keys = await fetch(`${emulator.url}/sso/jwks/${caller.environment.WORKOS_CLIENT_ID}`);
    expect(keys.status).toBe(200);
  });

  it('are set for a client, a route and a number of requests', async () => {
    const { WORKOS_CLIENT_ID: clientId } = caller.environment;
    const other = createCaller(emulator, await emulator.issueEnvironment());
    const keys = async (each: Caller) =>
      (await fetch(`${emulator.url}/sso/jwks/${each.environment.WORKOS_CLIENT_ID}`)).status;
    await caller.post('/_emulator/faults', { kind: 'bad_gateway', times: 2, route: 'jwks', client_id: clientId });
    expect([await keys(other), await keys(caller), (await caller.authenticate({})).status]).toEqual([200, 502, 422]);
    expect([await keys(caller), await keys(caller)]).toEqual([502, 200]);
  });

  it.each([
    ['no kind', {}, 'kind', 'required', 'kind is required'],
    [
      'an unknown kind',
      { kind: 'earthquake' },
      'kind',
      'invalid',
      /^Cannot set fault: "kind" is "earthquake", expected one of server_error, .*, hang\./,
    ],
    [
      'an unknown route',
      { kind: 'hang', route: 'users' },
      'kind',
      'invalid',
      /^Cannot set fault: "route" is "users", expected one of authenticate, jwks\./,
    ],
    ['a route that is a number', { kind: 'hang', route: 7 }, 'route', 'must_be_string', 'route must be a string'],
    [
      'a client that is a list',
      { kind: 'hang', client_id: [] },
      'client_id',
      'must_be_string',
      'client_id must be a string',
    ],
    [
      'no times',
      { kind: 'hang', times: 0 },
      'kind',
      'invalid',
      /^Cannot set fault: "times" is 0, expected a whole number from 1\./,
    ],
    ['half a time', { kind: 'hang', times: 1.5 }, 'kind', 'invalid', /^Cannot set fault: "times" is 1.5, /],
    ['a text for times', { kind: 'hang', times: '2' }, 'times', 'must_be_number', 'times must be a number'],
  ])('with %s are refused', async (_, body, field, code, message) => {
    const reply = await caller.post('/_emulator/faults', body);
    const text = typeof message === 'string' ? message : expect.stringMatching(message);
    expect([reply.status, reply.body['errors']]).toEqual([422, [{ field, code, message: text }]]);
    expect((await caller.authenticate({})).status).toBe(422);
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

  it('have a signed-in user by default', async () => {
    for (const session of [undefined, null, '']) {
      const { status, body } = await caller.post('/_emulator/environments', { session });
      const issued = createCaller(emulator, body as typeof caller.environment);
      const code = body['WORKOS_AUTHORIZATION_CODE'];
      const reply = await issued.authenticate({ grant_type: 'authorization_code', code });
      expect([status, reply.body['user'].email]).toEqual([201, 'ada@example.com']);
      expect(body).toMatchObject({ WORKOS_API_HOSTNAME: '127.0.0.1', WORKOS_API_PORT: new URL(emulator.url).port });
    }
  });

  it('with a session that does not exist are refused', async () => {
    const reply = await caller.post('/_emulator/environments', { session: 'toString' });
    expect(reply.status).toBe(422);
    const message = expect.stringMatching(
      /^Cannot issue environment: "session" is "toString", expected one of signed-in, expired, impersonated, no-organization\./,
    );
    expect(reply.body['errors']).toEqual([{ field: 'session', code: 'invalid', message }]);
  });
});

describe('a page of another origin', () => {
  const paths = [...ROUTE_NAMES].filter((name) => name.startsWith('POST ')).map((name) => name.slice('POST '.length));

  it.each(paths)('cannot post to %s, because it cannot send JSON', async (path) => {
    const headers = { authorization: `Bearer ${caller.environment.WORKOS_API_KEY}` };
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data',
      'text/plain;application/json',
    ]) {
      const reply = await caller.post(path, { kind: 'hang', advance_seconds: 5 }, { ...headers, 'content-type': type });
      const refusal = { code: 'bad_request', message: 'Content-Type must be application/json.' };
      expect([reply.status, reply.body]).toEqual([400, refusal]);
    }
    const shown = await fetch(`${emulator.url}/_emulator/clock`);
    expect(await shown.json()).toMatchObject({ offset_seconds: 0 });
  });

  it('gets no header that lets it read an answer', async () => {
    const preflight = await fetch(`${emulator.url}/_emulator/faults`, {
      method: 'OPTIONS',
      headers: { origin: 'https://example.com', 'access-control-request-method': 'DELETE' },
    });
    const answer = await fetch(`${emulator.url}/_emulator/clock`, { headers: { origin: 'https://example.com' } });
    for (const { headers } of [preflight, answer]) {
      expect([...headers.keys()].filter((name) => name.startsWith('access-control-'))).toEqual([]);
    }
    expect(preflight.status).toBe(404);
  });
});

it('every answer has a request id of its own', async () => {
  const ids = new Set<string | null>();
  const paths = ['/_emulator/clock', '/_emulator/signed-out', '/', `/sso/jwks/${caller.environment.WORKOS_CLIENT_ID}`];
  for (const path of paths) ids.add((await fetch(emulator.url + path)).headers.get('x-request-id'));
  ids.add((await caller.authenticate({ grant_type: 'password' })).headers.get('x-request-id'));
  await caller.post('/_emulator/faults', { kind: 'server_error' });
  ids.add((await caller.authenticate({})).headers.get('x-request-id'));
  expect(ids.size).toBe(6);
  for (const id of ids) expect(id).toMatch(/^req_[0-9A-HJKMNP-TV-Z]{26}$/);
});
