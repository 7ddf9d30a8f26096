import { unsealData } from 'iron-session';
import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { createEmulator, type Emulator, type IssuedEnvironment } from './index.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';

const ORIGIN = 'https://api.workos.com';

function authenticate(emulator: Emulator, environment: IssuedEnvironment, signal?: AbortSignal): Promise<Response> {
  const request = new Request(`${ORIGIN}/user_management/authenticate`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      client_id: environment.WORKOS_CLIENT_ID,
      client_secret: environment.WORKOS_API_KEY,
      grant_type: 'password',
      email: 'ada@example.com',
      password: 'orchards in may',
    }),
    ...(signal && { signal }),
  });
  return emulator.fetch(request);
}

describe('an emulator that listens nowhere', () => {
  it('answers requests to whatever origin they are addressed', async () => {
    const emulator = createEmulator();
    const environment = await emulator.issueEnvironment(ORIGIN);
    expect(environment).toMatchObject({
      WORKOS_API_HOSTNAME: 'api.workos.com',
      WORKOS_API_PORT: '443',
      WORKOS_API_HTTPS: 'true',
    });
    const response = await authenticate(emulator, environment);
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect(decodeJwt(token).iss).toBe(`${ORIGIN}/user_management/${environment.WORKOS_CLIENT_ID}`);
  });

  it.each([
    ['http://127.0.0.1:4010', '127.0.0.1', '4010', 'false'],
    ['http://localhost', 'localhost', '80', 'false'],
    ['https://api.example.com:8443/', 'api.example.com', '8443', 'true'],
  ])('issues an environment for %s', async (origin, hostname, port, https) => {
    const environment = await createEmulator().issueEnvironment(origin);
    const { WORKOS_API_HOSTNAME, WORKOS_API_PORT, WORKOS_API_HTTPS } = environment;
    expect([WORKOS_API_HOSTNAME, WORKOS_API_PORT, WORKOS_API_HTTPS]).toEqual([hostname, port, https]);
  });

  it.each(['', '127.0.0.1:4010', 'ftp://127.0.0.1'])('issues no environment for "%s"', async (origin) => {
    await expect(createEmulator().issueEnvironment(origin)).rejects.toMatchObject({ code: 'invalid_option' });
  });

  it('shares nothing with another one but the fixed environment', async () => {
    const [one, other] = [createEmulator(), createEmulator()];
    expect((await authenticate(other, await one.issueEnvironment(ORIGIN))).status).toBe(400);
    expect((await authenticate(other, await one.issueFixedEnvironment(ORIGIN))).status).toBe(200);
  });
});

describe('a new environment', () => {
  it('has a key, a password and a code that cannot be guessed', async () => {
    const environment = await createEmulator().issueEnvironment(ORIGIN);
    expect(environment).toMatchObject({
      WORKOS_CLIENT_ID: expect.stringMatching(/^client_\w{26}$/),
      WORKOS_API_KEY: expect.stringMatching(/^sk_test_emulator_\w{26}$/),
      WORKOS_COOKIE_PASSWORD: expect.stringMatching(/^\w{40}$/),
      WORKOS_AUTHORIZATION_CODE: expect.stringMatching(/^\w{26}$/),
    });
  });

  it.each([
    ['signed-in', 5_000],
    ['expired', 5_000 - 3_600],
  ] as const)('has a session %s whose token is of second %i', async (session, second) => {
    const emulator = createEmulator({ now: () => 5_000_000 });
    const environment = await emulator.issueEnvironment(ORIGIN, { session });
    const { accessToken } = await unsealData<{ accessToken: string }>(environment.WORKOS_SEALED_SESSION, {
      password: environment.WORKOS_COOKIE_PASSWORD,
    });
    expect(decodeJwt(accessToken)).toMatchObject({ iat: second, auth_time: second, exp: second + 300 });
  });

  it.each([1, 31_536_000])('has tokens that are valid for %i seconds, if you say so', async (sessionLifeSec) => {
    const emulator = createEmulator({ sessionLifeSec });
    const response = await authenticate(emulator, await emulator.issueEnvironment(ORIGIN));
    const { access_token: token } = (await response.json()) as { access_token: string };
    const { iat, exp } = decodeJwt(token);
    expect(Number(exp) - Number(iat)).toBe(sessionLifeSec);
  });

  it.each([0, 31_536_001, 1.5])('refuses tokens that are valid for %d seconds', (sessionLifeSec) => {
    expect(() => createEmulator({ sessionLifeSec })).toThrow(
      expect.objectContaining({
        code: 'invalid_option',
        message: expect.stringMatching(/ is [\d.]+, expected a whole number from 1 to 31536000\./),
      }),
    );
  });
});

describe('the clock', () => {
  it('uses the time it is given, and the offset it was moved by', async () => {
    const emulator = createEmulator({ now: () => 5_000_000 });
    const environment = await emulator.issueEnvironment(ORIGIN);
    emulator.advanceClock(100);
    const { access_token: token } = (await (await authenticate(emulator, environment)).json()) as {
      access_token: string;
    };
    expect(decodeJwt(token)).toMatchObject({ iat: 5100, auth_time: 5100, exp: 5400 });
  });

  it('uses the current time, even if a test sets it after the start', async () => {
    const emulator = createEmulator();
    const environment = await emulator.issueEnvironment(ORIGIN);
    vi.useFakeTimers({ toFake: ['Date'], now: 5_000_000 });
    try {
      const { access_token: token } = (await (await authenticate(emulator, environment)).json()) as {
        access_token: string;
      };
      expect(decodeJwt(token)).toMatchObject({ iat: 5000 });
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, -1e12])('refuses to be moved by %s', (seconds) => {
    const move = () => createEmulator().advanceClock(seconds);
    expect(move).toThrow(expect.objectContaining({ code: 'invalid_option' }));
  });
});

interface FailedAnswer {
  status: number;
  body: RegExp;
  header?: [string, string];
}

/** How each kind of fault answers. Keyed by kind, so that a new kind fails to type-check until it is here. */
const FAULTS: Record<Exclude<FaultKind, 'hang'>, FailedAnswer> = {
  server_error: { status: 500, body: /^\{"message":"Internal Server Error"\}$/ },
  bad_gateway: { status: 502, body: /^<html>/, header: ['content-type', 'text/html'] },
  rate_limited: { status: 429, body: /"error":"too_many_requests"/, header: ['retry-after', '2'] },
  empty_answer: { status: 200, body: /^$/ },
  cut_answer: { status: 200, body: /^\{"access_token": "ey$/ },
  sso_required: { status: 400, body: /"error":"sso_required".*"connection_ids":\["conn_/ },
  mfa_challenge: { status: 403, body: /"code":"mfa_challenge".*"authentication_factors":\[\{"id":"auth_factor_/ },
  email_verification_required: { status: 403, body: /"pending_authentication_token":.*"email_verification_id":/ },
  organization_selection_required: { status: 403, body: /"organizations":\[\{"id":"org_[^}]*\},\{"id":"org_/ },
  mfa_enrollment: { status: 403, body: /"code":"mfa_enrollment".*"pending_authentication_token":/ },
};

describe('a fault', () => {
  it.each(Object.entries(FAULTS))('%s answers the next request and no other', async (kind, expected) => {
    const emulator = createEmulator({ faults: [{ kind: kind as FaultKind }] });
    const environment = await emulator.issueEnvironment(ORIGIN);
    const response = await authenticate(emulator, environment);
    expect(response.status).toBe(expected.status);
    expect(await response.text()).toMatch(expected.body);
    if (expected.header) expect(response.headers.get(expected.header[0])).toBe(expected.header[1]);
    expect((await authenticate(emulator, environment)).status).toBe(200);
  });

  it('hang answers nothing until the caller gives up', async () => {
    const emulator = createEmulator({ faults: [{ kind: 'hang' }] });
    const environment = await emulator.issueEnvironment(ORIGIN);
    const controller = new AbortController();
    let answered = false;
    const answer = authenticate(emulator, environment, controller.signal).finally(() => {
      answered = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(answered).toBe(false);
    controller.abort(new Error('given up'));
    await expect(answer).rejects.toThrow('given up');
  });

  it('hang answers 504 after two minutes', async () => {
    const emulator = createEmulator({ faults: [{ kind: 'hang' }] });
    const environment = await emulator.issueEnvironment(ORIGIN);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      let status: number | undefined;
      const answer = authenticate(emulator, environment).then((response) => {
        status = response.status;
      });
      while (vi.getTimerCount() === 0) await new Promise(setImmediate);
      await vi.advanceTimersByTimeAsync(119_999);
      expect(status).toBeUndefined();
      await vi.advanceTimersByTimeAsync(1);
      await answer;
      expect(status).toBe(504);
    } finally {
      vi.useRealTimers();
    }
  });

  it('occurs as often as requested, one after the other, for the client it names', async () => {
    const emulator = createEmulator();
    const struck = await emulator.issueEnvironment(ORIGIN);
    const spared = await emulator.issueEnvironment(ORIGIN);
    emulator.failNext({ kind: 'server_error', times: 2, clientId: struck.WORKOS_CLIENT_ID });
    emulator.failNext({ kind: 'bad_gateway', clientId: struck.WORKOS_CLIENT_ID });
    const statuses = [];
    for (const environment of [spared, struck, struck, struck, struck]) {
      statuses.push((await authenticate(emulator, environment)).status);
    }
    expect(statuses).toEqual([200, 500, 500, 502, 200]);
  });

  it('at the key set leaves signing in alone', async () => {
    const emulator = createEmulator({ faults: [{ kind: 'server_error', route: 'jwks' }] });
    const environment = await emulator.issueEnvironment(ORIGIN);
    expect((await authenticate(emulator, environment)).status).toBe(200);
    const keys = () => emulator.fetch(new Request(`${ORIGIN}/sso/jwks/${environment.WORKOS_CLIENT_ID}`));
    expect([(await keys()).status, (await keys()).status]).toEqual([500, 200]);
  });

  it('is of a known kind', () => {
    const fail = () => createEmulator({ faults: [{ kind: 'earthquake' as FaultKind }] });
    expect(fail).toThrow(expect.objectContaining({ code: 'invalid_option' }));
    expect(FAULT_KINDS.toSorted()).toEqual([...Object.keys(FAULTS), 'hang'].toSorted());
  });
});
