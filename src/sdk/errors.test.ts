import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  SessionError,
  WorkOS,
  chunkCookie,
  errorCatalogue,
  serializeSessionCookie,
  type ErrorCode,
  type SessionWarning,
  type WorkOSOptions,
} from './index.ts';
import { API_KEY, sendJson, startApi, type Behaviour, type TestApi } from './testdata/api-server.ts';
import { OLD_PASSWORD, PASSWORD, sealText } from './testdata/seal-by-hand.ts';
import { goodClaims } from './testdata/signer.ts';

let api: TestApi;
let cookies = 0;
/** Milliseconds: long, except for a server that does not answer. */
let timeout: number;
const SECRETS = { key: API_KEY, password: PASSWORD, code: 'code_secret', user: 'hunter2_secret' };
const cookie = (claims: object = {}) => {
  const accessToken = api.signer.token(goodClaims({ ...claims }));
  const refreshToken = `refresh_token_secret_${++cookies}`;
  return sealText(JSON.stringify({ accessToken, refreshToken, user: { id: 'user_01' } }), PASSWORD);
};
const client = (options: WorkOSOptions = {}) =>
  new WorkOS({ ...api.options, maxRetries: 0, timeout, ...options }).userManagement;
const load = (sessionData: string | undefined = cookie(), options: WorkOSOptions = {}) =>
  client(options).loadSealedSession({ sessionData, cookiePassword: PASSWORD });
const answering = (behaviour: Behaviour) => (api.onAuthenticate = behaviour);
const refusing = (status: number, body: unknown = {}) => answering((_q, response) => sendJson(response, status, body));
const signIn = () => client().authenticateWithPassword({ email: 'ada@example.com', password: SECRETS.user });
const session = { sealSession: true, cookiePassword: PASSWORD };

beforeEach(async () => {
  timeout = 20_000;
  api = await startApi();
});
afterEach(() => api.close());

/** A visitor who comes back from AuthKit. */
async function comeBack(query: string, withState?: string): Promise<unknown> {
  const started = await client().startSignIn({ redirectUri: 'https://example.com/callback', cookiePassword: PASSWORD });
  const state = withState ?? new URL(started.url).searchParams.get('state');
  const cookies = started.headers[0]![1].split(';')[0]!;
  const request = { url: `/callback?${query}&state=${state}`, headers: { cookie: cookies } };
  return client().finishSignIn(request, { cookiePassword: PASSWORD });
}

type Provocation = () => unknown;
/** What provokes each code: thrown, as `code`; returned, as `reason`; warned, as `code` of the warning. */
const provocations: Record<ErrorCode, Partial<Record<'thrown' | 'returned' | 'warned', Provocation>>> = {
  missing_api_key: { thrown: () => load(cookie(), { apiKey: undefined }).refresh() },
  missing_client_id: { thrown: () => load(cookie(), { clientId: undefined }) },
  missing_cookie_password: {
    thrown: () => client().loadSealedSession({ sessionData: 'x', cookiePassword: undefined }),
  },
  short_cookie_password: {
    thrown: () => client().loadSealedSession({ sessionData: 'x', cookiePassword: PASSWORD.slice(0, 31) }),
  },
  invalid_option: { thrown: () => client({ timeout: -1 }) },
  invalid_cookie: { thrown: () => serializeSessionCookie(`${cookie()};`) },
  session_too_large: { thrown: () => chunkCookie(cookie().repeat(20)) },
  session_unusable: { thrown: () => load(cookie().slice(1)).getLogOutUrl() },
  keys_unavailable: {
    thrown: () => {
      api.keys = { keys: [] };
      return load().authenticate();
    },
    returned: () => {
      api.keys = { keys: [] };
      return client().checkSession(`wos-session=${cookie()}`, { cookiePassword: PASSWORD });
    },
  },
  api_key_refused: { thrown: () => (refusing(401), load().refresh()) },
  access_denied: { thrown: () => (refusing(403), load().refresh()) },
  not_found: { thrown: () => (refusing(404), load().refresh()) },
  request_refused: { thrown: () => (refusing(422), load().refresh()) },
  authentication_incomplete: {
    thrown: () => (refusing(403, { code: 'email_verification_required' }), signIn()),
    returned: () => (refusing(403, { code: 'email_verification_required' }), comeBack('code=code_secret')),
  },
  state_mismatch: { returned: () => comeBack('code=code_secret', 'state_secret_of_another') },
  sign_in_denied: { returned: () => comeBack('error=access_denied') },
  sign_in_failed: { returned: () => comeBack('error=server_error') },
  no_access_token_provided: { returned: () => client().authenticateBearer(`Basic ${SECRETS.code}`) },
  no_session_cookie_provided: { returned: () => load('').authenticate() },
  invalid_session_cookie: { returned: () => load(cookie().slice(1)).authenticate() },
  invalid_jwt: { returned: () => load(cookie({ exp: 1 })).authenticate() },
  invalid_grant: both(() => refusing(400, { error: 'invalid_grant' })),
  mfa_enrollment: both(() => refusing(403, { code: 'mfa_enrollment' })),
  sso_required: both(() => refusing(403, { error: 'sso_required' })),
  rate_limit_exceeded: both(() => refusing(429, { message: `${API_KEY} asks too often` })),
  timeout: both(() => {
    timeout = 200;
    answering(() => {});
  }),
  server_error: both(() => answering((request, response) => sendJson(response, 500, request.body))),
  network_error: both(() => answering((_request, response) => response.destroy())),
  cookie_too_large: {
    warned: async () => {
      api.answer = { access_token: api.signer.token(goodClaims({ permissions: Array(400).fill('posts:write') })) };
      const warnings: SessionWarning[] = [];
      await client({ onWarning: (warning) => warnings.push(warning) }).authenticateWithCode({
        code: SECRETS.code,
        session,
      });
      return warnings[0];
    },
  },
};

function both(prepare: () => unknown): { thrown: Provocation; returned: Provocation } {
  return { thrown: () => (prepare(), signIn()), returned: () => (prepare(), load().refresh()) };
}

const cases = Object.entries(provocations).flatMap(([code, ways]) =>
  Object.entries(ways).map(([way, provoke]) => ({ code: code as ErrorCode, way, provoke })),
);

describe.each(cases)('$code, $way', ({ code, way, provoke }) => {
  const outcome = async (): Promise<unknown> => {
    try {
      return await provoke();
    } catch (error) {
      return error;
    }
  };

  test('is provoked', async () => {
    const got = await outcome();
    expect(got).toHaveProperty(way === 'returned' ? 'reason' : 'code', code);
    if (way === 'thrown') expect(got).toBeInstanceOf(SessionError);
    if (way !== 'returned') expect(got).toHaveProperty('remedy', errorCatalogue[code].remedy);
  });

  test('contains no secret when printed, as JSON, in its message or in its stack', async () => {
    const got = await outcome();
    const error = (got as { error?: Error }).error ?? (got as Error);
    const printed = [
      inspect(got, { depth: 20, showHidden: true }),
      JSON.stringify(got),
      error.message,
      error.stack,
      String(got),
    ];
    const secret = /_secret|Fe26|ey[JA]|Bearer|password of thirty|sk_test/;
    for (const text of printed) expect(text ?? '').not.toMatch(secret);
  });
});

test('the catalogue says of each code where it appears, and each is provoked there', () => {
  for (const [code, { appears }] of Object.entries(errorCatalogue)) {
    const ways = Object.keys(provocations[code as ErrorCode])
      .sort()
      .join();
    expect([code, ways]).toEqual([code, appears === 'both' ? 'returned,thrown' : appears]);
  }
});

const statuses = Object.entries(errorCatalogue).flatMap(([code, { statuses = [] }]) =>
  statuses.map((status) => [status, code] as const),
);
const apiCodes = Object.entries(errorCatalogue).flatMap(([code, { apiCodes = [] }]) =>
  apiCodes.map((apiCode) => [apiCode, code] as const),
);

test('an error is not an instance of a class that an application derives', () => {
  class OwnError extends SessionError {}
  const error: unknown = new SessionError('timeout', 'm');
  expect(error instanceof OwnError).toBe(false);
  expect(new OwnError('timeout', 'm') instanceof SessionError).toBe(true);
});

test('an error of another copy of the package is an instance of the same class', async () => {
  const copy = (await import(`./errors.ts?${'copy'}`)) as typeof import('./errors.ts');
  expect(copy.SessionError).not.toBe(SessionError);
  const error: unknown = new copy.SessionError('timeout', 'm');
  expect(error instanceof SessionError).toBe(true);
  expect(({ code: 'timeout' } as unknown) instanceof SessionError).toBe(false);
});

test('a message has the code of the API, if there is one', async () => {
  refusing(422, { code: 'odd_code' });
  await expect(signIn()).rejects.toThrow('the API answered 422 (odd_code), expected 200');
  refusing(422);
  await expect(signIn()).rejects.toThrow('the API answered 422, expected 200');
});

test('the catalogue has no empty lists', () => {
  for (const [code, { statuses: some, apiCodes }] of Object.entries(errorCatalogue))
    for (const list of [some, apiCodes]) expect(list, code).not.toEqual([]);
});

test.each(statuses)('an answer with %s is %s, as the catalogue says', async (status, code) => {
  const number = status === 'other 4xx' ? 418 : Number(status.replace('xx', '03'));
  refusing(number);
  await expect(signIn()).rejects.toMatchObject({ code, status: number });
});

test('the catalogue lists every status of a failure', async () => {
  const once = new WorkOS({ ...api.options, maxRetries: 0 }).userManagement;
  // fetch() reports 407 as a broken connection.
  const refusals = Array.from({ length: 100 }, (_, index) => 400 + index).filter((status) => status !== 407);
  for (const status of [...refusals, 500, 501, 503, 511, 599]) {
    refusing(status);
    const error = await once.authenticateWithCode({ code: SECRETS.code }).catch((thrown: unknown) => thrown);
    const { statuses: listed = [] } = errorCatalogue[(error as SessionError).code];
    expect(
      [`${status}`, status < 500 ? 'other 4xx' : '5xx'].some((name) => listed.includes(name)),
      `${status}`,
    ).toBe(true);
  }
});

test('the catalogue lists the codes of the API, one or several', () => {
  expect(errorCatalogue.invalid_grant.apiCodes).toEqual(['invalid_grant']);
  expect(errorCatalogue.authentication_incomplete.apiCodes!.length).toBeGreaterThan(1);
});

test('statuses in the words of the catalogue are those that it lists', () => {
  for (const [code, { meaning, remedy, statuses: listed = [] }] of Object.entries(errorCatalogue))
    for (const [, status] of `${meaning} ${remedy}`.matchAll(/ answered (?:with )?([45]\d\d)/g))
      expect(listed, code).toContain(status);
});

test.each(apiCodes)(
  'the apiCode %s is %s, as the catalogue says, with every status that names a fault of the request',
  async (apiCode, code) => {
    for (const status of [400, 403, 422]) {
      refusing(status, { code: apiCode });
      await expect(signIn()).rejects.toMatchObject({ code, status, apiCode });
    }
    for (const status of [408, 429, 500]) {
      refusing(status, { code: apiCode });
      await expect(signIn()).rejects.not.toMatchObject({ code });
    }
  },
);

test('meanings are sentences and remedies say what to do', () => {
  for (const { meaning, remedy } of Object.values(errorCatalogue)) {
    expect(meaning).toMatch(/^[A-Z].*\.$/);
    expect(remedy).toMatch(/^[A-Z][a-z]+ .*\.$/);
  }
});

describe('what is printed of a client and of a session', () => {
  const show = (value: unknown) =>
    inspect(value, { depth: 20, showHidden: true }) + JSON.stringify(value) + String(value);

  test('contains no key, password, cookie or token', async () => {
    const workos = new WorkOS({ ...api.options });
    const loaded = workos.userManagement.loadSealedSession({
      sessionData: cookie(),
      cookiePassword: [PASSWORD, OLD_PASSWORD],
    });
    for (const _turn of [1, 2]) {
      expect(show(workos) + show(workos.userManagement) + show(loaded)).not.toMatch(
        /_secret|Fe26|ey[JA]|password of|sk_test/,
      );
      await loaded.authenticate();
      await loaded.refresh();
    }
  });
});
