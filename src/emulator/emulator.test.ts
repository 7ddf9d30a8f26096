import { unsealData } from 'iron-session';
import { decodeJwt } from 'jose';
import { describe, expect, it, vi } from 'vitest';
import { createEmulator, type Emulator, EmulatorError, type IssuedEnvironment, startEmulator } from './index.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';
import { ORGANIZATIONS, SIGN_IN, USERS } from './seed.ts';

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

const contentOf = (environment: IssuedEnvironment) =>
  unsealData<{ accessToken: string; refreshToken: string }>(environment.WORKOS_SEALED_SESSION, {
    password: environment.WORKOS_COOKIE_PASSWORD,
  });

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

describe('the issuer of tokens', () => {
  const issuerVia = async (emulator: Emulator, environment: IssuedEnvironment, origin: string) => {
    const { WORKOS_CLIENT_ID: client_id, WORKOS_API_KEY: client_secret } = environment;
    const request = new Request(`${origin}/user_management/authenticate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id, client_secret, grant_type: 'password', ...SIGN_IN }),
    });
    const { access_token: token } = (await (await emulator.fetch(request)).json()) as { access_token: string };
    return decodeJwt(token).iss;
  };

  it('is the origin that an environment was issued for, whatever the request calls it', async () => {
    const emulator = createEmulator();
    const environment = await emulator.issueEnvironment('http://127.0.0.1:4010/path');
    const issuer = `http://127.0.0.1:4010/user_management/${environment.WORKOS_CLIENT_ID}`;
    expect(await issuerVia(emulator, environment, 'http://localhost:4010')).toBe(issuer);
    const { accessToken } = await contentOf(environment);
    expect(decodeJwt(accessToken).iss).toBe(issuer);
    const expired = await emulator.expireSession(String(decodeJwt(accessToken)['sid']), 'http://localhost:4010');
    const cookie = await contentOf({ ...environment, WORKOS_SEALED_SESSION: expired });
    expect(decodeJwt(cookie.accessToken).iss).toBe(issuer);
  });

  it('is the origin of the request in the fixed environment', async () => {
    const emulator = createEmulator();
    const environment = await emulator.issueFixedEnvironment('http://127.0.0.1:4010');
    const path = `/user_management/${environment.WORKOS_CLIENT_ID}`;
    expect(decodeJwt((await contentOf(environment)).accessToken).iss).toBe(`http://127.0.0.1:4010${path}`);
    expect(await issuerVia(emulator, environment, 'http://localhost:4010')).toBe(`http://localhost:4010${path}`);
  });
});

describe('a changed role', () => {
  const claimsOf = async (response: Response) =>
    decodeJwt(((await response.json()) as { access_token: string }).access_token);

  it('is that of every member of the environment, and of no other environment', async () => {
    const emulator = createEmulator();
    const [one, other] = [await emulator.issueEnvironment(ORIGIN), await emulator.issueFixedEnvironment(ORIGIN)];
    emulator.changeRole(one.WORKOS_CLIENT_ID, 'member');
    emulator.changeRole('client_unknown', 'member');
    const member = { role: 'member', roles: ['member'], permissions: ['posts:read'] };
    const admin = { role: 'admin', roles: ['admin'], permissions: ['posts:read', 'posts:write', 'members:manage'] };
    expect(await claimsOf(await authenticate(emulator, one))).toMatchObject(member);
    expect(await claimsOf(await authenticate(emulator, other))).toMatchObject(admin);
    emulator.changeRole(one.WORKOS_CLIENT_ID, 'admin');
    expect(await claimsOf(await authenticate(emulator, one))).toMatchObject(admin);
    emulator.changeRole(other.WORKOS_CLIENT_ID, 'member');
    expect(await claimsOf(await authenticate(emulator, other))).toMatchObject(member);
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
    const { accessToken } = await contentOf(environment);
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

const HTML = 'text/html';
const JSON_TYPE = 'application/json';
const TOKEN = 'pat_01JGXF68E0TF04P3S6A0XGP12C';
const ADA = USERS[0]!;

/** How each kind of fault answers, whole. Keyed by kind, so that a new kind fails to type-check until it is here. */
const FAULTS: Record<
  Exclude<FaultKind, 'hang'>,
  [status: number, body: unknown, type?: string, retryAfter?: string]
> = {
  server_error: [500, { message: 'Internal Server Error' }],
  bad_gateway: [502, '<html><body><h1>502 Bad Gateway</h1></body></html>', HTML],
  rate_limited: [429, { error: 'too_many_requests', error_description: 'Too many requests.' }, JSON_TYPE, '2'],
  empty_answer: [200, '', JSON_TYPE],
  cut_answer: [200, '{"access_token": "ey', JSON_TYPE],
  sso_required: [
    400,
    {
      error: 'sso_required',
      error_description: 'User must authenticate using one of the matching connections.',
      connection_ids: ['conn_01JN8H1B0G1H29YVA2RA4Z9AA4'],
      email: 'ada@example.com',
      pending_authentication_token: TOKEN,
      authkit_redirect_url: 'https://example.authkit.app/sso',
    },
  ],
  mfa_enrollment: [
    403,
    {
      code: 'mfa_enrollment',
      message: 'The user must enroll in MFA to finish authenticating.',
      pending_authentication_token: TOKEN,
      user: ADA,
    },
  ],
  mfa_challenge: [
    403,
    {
      code: 'mfa_challenge',
      message: 'The user must complete an MFA challenge to finish authenticating.',
      pending_authentication_token: TOKEN,
      user: ADA,
      authentication_factors: [{ id: 'auth_factor_01JP0R2F7B4Z6X8W1N5C9E3QSD', type: 'totp' }],
    },
  ],
  email_verification_required: [
    403,
    {
      code: 'email_verification_required',
      message: 'Email ownership must be verified before authentication.',
      pending_authentication_token: TOKEN,
      email: 'ada@example.com',
      email_verification_id: 'email_verification_01JP0R7C3K9M2T5X8V1B4N6QWE',
    },
  ],
  organization_selection_required: [
    403,
    {
      code: 'organization_selection_required',
      message: 'The user must choose an organization to finish their authentication.',
      pending_authentication_token: TOKEN,
      user: ADA,
      organizations: ORGANIZATIONS.map(({ id, name }) => ({ id, name })),
    },
  ],
};

describe('a fault', () => {
  it.each(Object.entries(FAULTS))('%s answers the next request and no other', async (kind, expected) => {
    const [status, body, type = JSON_TYPE, retryAfter = null] = expected;
    const emulator = createEmulator({ faults: [{ kind: kind as FaultKind }] });
    const environment = await emulator.issueEnvironment(ORIGIN);
    const response = await authenticate(emulator, environment);
    expect([response.status, response.headers.get('content-type')]).toEqual([status, type]);
    expect(response.headers.get('retry-after')).toBe(retryAfter);
    expect(await (typeof body === 'string' ? response.text() : response.json())).toEqual(body);
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
    expect((await authenticate(emulator, environment)).status).toBe(200);
  });

  it('hang ends at once for a caller who has given up already', async () => {
    const emulator = createEmulator({ faults: [{ kind: 'hang', route: 'jwks' }] });
    const signal = AbortSignal.abort(new Error('given up before'));
    const request = Object.defineProperty(new Request(`${ORIGIN}/sso/jwks/client_1`), 'signal', { value: signal });
    await expect(emulator.fetch(request)).rejects.toThrow('given up before');
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

  it('comes in the order in which it was set, for all clients and for one', async () => {
    const emulator = createEmulator({ faults: [{ kind: 'server_error', times: 2 }, { kind: 'bad_gateway' }] });
    const environment = await emulator.issueEnvironment(ORIGIN);
    emulator.failNext({ kind: 'rate_limited', clientId: environment.WORKOS_CLIENT_ID });
    emulator.failNext({ kind: 'mfa_challenge' });
    const statuses = [];
    for (let count = 0; count < 6; count += 1) statuses.push((await authenticate(emulator, environment)).status);
    expect(statuses).toEqual([500, 500, 502, 429, 403, 200]);
  });

  it('can be set again from the same object', async () => {
    const emulator = createEmulator();
    const environment = await emulator.issueEnvironment(ORIGIN);
    const fault = Object.freeze({ kind: 'server_error', times: 1 } as const);
    for (let count = 0; count < 2; count += 1) {
      emulator.failNext(fault);
      expect((await authenticate(emulator, environment)).status).toBe(500);
    }
    expect((await authenticate(emulator, environment)).status).toBe(200);
  });

  it('at the key set strikes the client that it names', async () => {
    const emulator = createEmulator();
    const [struck, spared] = [await emulator.issueEnvironment(ORIGIN), await emulator.issueEnvironment(ORIGIN)];
    emulator.failNext({ kind: 'bad_gateway', route: 'jwks', clientId: struck.WORKOS_CLIENT_ID });
    const keys = async ({ WORKOS_CLIENT_ID: id }: IssuedEnvironment) =>
      (await emulator.fetch(new Request(`${ORIGIN}/sso/jwks/${id}`))).status;
    expect([await keys(spared), await keys(struck), await keys(struck)]).toEqual([200, 502, 200]);
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

describe('an error of the emulator', () => {
  const ROUTES = 'authenticate, jwks';
  const set = (fault: object) => () => createEmulator({ faults: [fault as never] });

  it.each<[string, () => unknown, string, string]>([
    [
      'a kind',
      set({ kind: 'fire' }),
      `Cannot set fault: "kind" is "fire", expected one of ${FAULT_KINDS.join(', ')}`,
      '',
    ],
    [
      'a route',
      set({ kind: 'hang', route: 'users' }),
      `Cannot set fault: "route" is "users", expected one of ${ROUTES}`,
      `Set "route" to one of ${ROUTES}`,
    ],
    [
      'times',
      set({ kind: 'hang', times: -1 }),
      'Cannot set fault: "times" is -1, expected a whole number from 1',
      'Set "times" to a whole number from 1',
    ],
    [
      'a lifetime',
      () => createEmulator({ sessionLifeSec: 0 }),
      'Cannot start the emulator: "sessionLifeSec" is 0, expected a whole number from 1 to 31536000',
      'Pass the number of seconds that access tokens are valid',
    ],
    [
      'a time',
      () => createEmulator().advanceClock(-1e12),
      'Cannot move the clock: -1000000000000 seconds from now is not a time from 1970 to 9999',
      'Pass the number of seconds to move it by; a negative number moves it back',
    ],
    [
      'an origin',
      () => createEmulator().issueFixedEnvironment('ftp://a'),
      'Cannot issue environment: "origin" is "ftp://a", expected an http or https URL',
      'Pass the URL that programs call the emulator at, such as http://127.0.0.1:4010',
    ],
    [
      'a session',
      () => createEmulator().issueEnvironment(ORIGIN, { session: 'old' as never }),
      'Cannot issue environment: "session" is "old", expected one of signed-in, expired, impersonated, no-organization',
      'Pass one of these names',
    ],
    [
      'the id of a session',
      () => createEmulator().expireSession('session_1', ORIGIN),
      'Cannot expire session: there is no session "session_1", expected the id of one',
      'Pass the "sessionId" of a result',
    ],
    [
      'a host',
      () => startEmulator({ hostname: '0.0.0.0' }),
      'Cannot start the emulator: "hostname" is "0.0.0.0", expected one of 127.0.0.1, ::1, localhost',
      'Leave "hostname" out: the emulator signs with a public key, so other machines must not reach it',
    ],
    [
      'a port',
      () => startEmulator({ port: -1 }),
      'Cannot start the emulator: "port" is -1, expected a whole number from 0 to 65535',
      'Pass a port from 0 to 65535; 0 takes a free one',
    ],
  ])('names %s that is wrong, and says what to do', async (_about, cause, problem, remedy) => {
    const error = await (async () => cause())().then(
      () => undefined,
      (thrown: unknown) => thrown as EmulatorError,
    );
    expect(error).toBeInstanceOf(EmulatorError);
    expect(error).toMatchObject({
      name: 'EmulatorError',
      code: problem.includes('hostname') ? 'not_loopback' : 'invalid_option',
    });
    if (remedy !== '') expect(error?.remedy).toBe(remedy);
    expect(error?.message).toBe(`${problem}. ${error?.remedy}`);
  });
});
