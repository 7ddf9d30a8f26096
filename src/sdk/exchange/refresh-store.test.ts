/** Several servers, which share no state except a store of the application. */
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { WorkOS, type RefreshEvent, type WorkOSOptions } from '../index.ts';
import type { RefreshStore } from './refresh-store.ts';
import { sendJson, startApi, type TestApi } from '../testdata/api-server.ts';
import { OLD_PASSWORD, PASSWORD, sealText } from '../testdata/seal-by-hand.ts';
import { goodClaims } from '../testdata/signer.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

let cookies = 0;
const cookie = () =>
  sealText(
    JSON.stringify({
      user: { id: 'user_01' },
      accessToken: api.signer.token(goodClaims({ exp: 1 })),
      refreshToken: `refresh_token_secret_${++cookies}`,
    }),
    PASSWORD,
  );
/** Clients with different fetch functions share nothing in a process, as if they were on two machines. */
const server = (options: WorkOSOptions, cookiePassword: string | string[] = PASSWORD) => {
  const fetchFn: WorkOSOptions['fetchFn'] = (url, init) => fetch(url, init as RequestInit);
  const { userManagement } = new WorkOS({ ...api.options, fetchFn, maxRetries: 0, ...options });
  return (sessionData: string) => userManagement.loadSealedSession({ sessionData, cookiePassword }).refresh();
};
function memory(): RefreshStore & { kept: Map<string, { value: string; expiresInMs: number }> } {
  const kept = new Map<string, { value: string; expiresInMs: number }>();
  return {
    kept,
    get: async (key) => kept.get(key)?.value,
    set: async (key, value, expiresInMs) => kept.set(key, { value, expiresInMs }),
  };
}

test('a cookie that one server has refreshed is not refreshed by another', async () => {
  const store = memory();
  const data = cookie();
  const first = await server({ store })(data);
  const second = await server({ store })(data);
  expect([first, second]).toMatchObject([
    { authenticated: true },
    { authenticated: true, user: { name: 'Ada Lovelace' } },
  ]);
  expect(api.requests).toHaveLength(1);
  const tokens = [first, second].map((result) => result.authenticated && result.session.refreshToken);
  expect(tokens[0]).toBe(tokens[1]);
});

test('another organization is another refresh', async () => {
  const store = memory();
  const data = cookie();
  await server({ store })(data);
  const { userManagement } = new WorkOS({
    ...api.options,
    store,
    fetchFn: (...given) => fetch(...(given as [string])),
  });
  await userManagement
    .loadSealedSession({ sessionData: data, cookiePassword: PASSWORD })
    .refresh({ organizationId: 'o' });
  expect(api.requests).toHaveLength(2);
});

test('the store gets nothing that it can read, for 25 seconds', async () => {
  const store = memory();
  await server({ store })(cookie());
  const [[key, { value, expiresInMs }] = ['', { value: '', expiresInMs: 0 }]] = [...store.kept];
  expect(key).toMatch(/^authkit-session-helpers:[\w-]{43}$/);
  expect(value).toMatch(/^Fe26\.2\*/);
  expect(expiresInMs).toBe(25_000);
});

test('servers with several passwords read what one of them has sealed', async () => {
  const store = memory();
  const data = cookie();
  await server({ store })(data);
  expect(await server({ store }, [OLD_PASSWORD, PASSWORD])(data)).toMatchObject({ authenticated: true });
  expect(api.requests).toHaveLength(1);
});

describe('nobody is signed out', () => {
  const silent: RefreshStore = { get: () => new Promise(() => {}), set: () => new Promise(() => {}) };
  const broken: [string, RefreshStore][] = [
    ['throws', { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('full')) }],
    [
      'throws at once',
      {
        get: () => {
          throw new Error('down');
        },
        set: () => {
          throw new Error('full');
        },
      },
    ],
    ['contains a value that nobody sealed', { get: () => 'Fe26.2*garbage', set: () => undefined }],
    ['contains a value that is not a string', { get: () => ({}) as string, set: () => undefined }],
    [
      'contains a session of another password',
      { get: () => sealText('{"accessToken":"a"}', OLD_PASSWORD), set: () => {} },
    ],
    ['has forgotten', { get: () => null, set: () => undefined }],
  ];
  test('by a store that never answers, which is given half a second for each call', async () => {
    const { setTimeout } = globalThis;
    const timers = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((run: () => void, ms = 0) => setTimeout(run, ms === 500 ? 0 : ms)) as typeof setTimeout);
    expect(await server({ store: silent })(cookie())).toMatchObject({ authenticated: true });
    expect(timers.mock.calls.filter(([, ms]) => ms === 500)).toHaveLength(2);
    timers.mockRestore();
  });

  test('by a store that never answers, and each step has only the time that is left of the call', async () => {
    const { setTimeout } = globalThis;
    // The store is waited for in a tenth of the time.
    const timers = vi
      .spyOn(globalThis, 'setTimeout')
      .mockImplementation(((run: () => void, ms = 0) => setTimeout(run, ms === 500 ? 50 : ms)) as typeof setTimeout);
    expect(await server({ store: silent, refreshBudget: 200 })(cookie())).toMatchObject({ authenticated: true });
    // Reading from the store, the request, and writing to the store; `fetch` has longer timers of its own.
    const [read, ...others] = timers.mock.calls.flatMap(([, ms = 0]) => (ms <= 500 ? [ms] : []));
    timers.mockRestore();
    expect([read, others.length]).toEqual([500, 2]);
    expect(Math.max(...others)).toBeLessThan(160);
  });

  test.each(broken)('by a store that %s', async (_about, store) => {
    const start = performance.now();
    expect(await server({ store })(cookie())).toMatchObject({ authenticated: true });
    expect(performance.now() - start).toBeLessThan(3_000);
  });
});

test('a failure is not kept', async () => {
  const store = memory();
  const data = cookie();
  api.onAuthenticate = (_request, response) => sendJson(response, 503, {});
  expect(await server({ store })(data)).toMatchObject({ reason: 'server_error' });
  api.onAuthenticate = (_request, _response, next) => next();
  expect(await server({ store })(data)).toMatchObject({ authenticated: true });
  expect(store.kept.size).toBe(1);
});

test('node:sqlite is a store for all processes of a machine', async () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE refreshes (key TEXT PRIMARY KEY, value TEXT, expires_at INTEGER)');
  const store: RefreshStore = {
    get: (key) =>
      database.prepare('SELECT value FROM refreshes WHERE key = ? AND expires_at > ?').get(key, Date.now())?.[
        'value'
      ] as string,
    set: (key, value, ms) =>
      database.prepare('INSERT OR REPLACE INTO refreshes VALUES (?, ?, ?)').run(key, value, Date.now() + ms),
  };
  const data = cookie();
  expect(await server({ store })(data)).toMatchObject({ authenticated: true });
  expect(await server({ store })(data)).toMatchObject({ authenticated: true });
  expect(api.requests).toHaveLength(1);
  database.close();
});

describe('onRefresh', () => {
  test('is called once for each exchange, for all callers that share it, and not for a replay', async () => {
    const events: RefreshEvent[] = [];
    const refresh = server({ onRefresh: (event) => events.push(event) });
    const data = cookie();
    await Promise.all([refresh(data), refresh(data), refresh(data)]);
    await refresh(data);
    expect(events).toEqual([
      {
        succeeded: true,
        sessionId: 'session_01',
        userId: 'user_01',
        organizationId: 'org_01',
        durationMs: expect.any(Number),
      },
    ]);
  });

  test('is called for failures, without a secret', async () => {
    const events: RefreshEvent[] = [];
    api.onAuthenticate = (_request, response) => sendJson(response, 400, { error: 'invalid_grant' });
    await server({ onRefresh: (event) => events.push(event) })(cookie());
    expect(events).toMatchObject([{ succeeded: false, error: { code: 'invalid_grant' } }]);
    expect(JSON.stringify(events)).not.toMatch(/secret|Fe26|ey[JA]/);
  });

  test('cannot sign anybody out by throwing', async () => {
    const onRefresh = vi.fn<() => void>(() => {
      throw new Error('a logger that is broken');
    });
    expect(await server({ onRefresh })(cookie())).toMatchObject({ authenticated: true });
    expect(onRefresh).toHaveBeenCalledOnce();
    await sleep(0);
  });
});

test.each([
  [{ store: {} }, 'store'],
  [{ store: { get: () => '' } }, 'store'],
  [{ store: null }, 'store'],
  [{ onRefresh: 'log' }, 'onRefresh'],
])('%j is refused', (options, named) => {
  expect(() => new WorkOS({ ...api.options, ...(options as object) })).toThrow(`"${named}"`);
});
