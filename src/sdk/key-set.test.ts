import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { KeySet, VerifiedTokens, sharedKeySet } from './key-set.ts';
import type { PublicKey } from './public-key.ts';
import { sendJson, startApi, type TestApi } from './testdata/api-server.ts';
import { createSigner } from './testdata/signer.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const first = createSigner('key_1');
const second = createSigner('key_2');

let api: TestApi;
let now: number;
let keys: KeySet;
const urlOf = ({ port }: TestApi) => `http://127.0.0.1:${port}/sso/jwks/client_01`;
const unavailable = expect.objectContaining({ code: 'keys_unavailable' }) as unknown;
const idOf = async (id: string | undefined) => (await keys.find(id))?.id;
/** The server answers 500 from now on, without the pauses of a client that tries again. */
const failWith = (status: number) => {
  api.onKeys = (_request, response) => sendJson(response, status, { message: 'no' });
};

beforeEach(async () => {
  api = await startApi(first);
  now = Date.parse('2026-01-01T00:00:00Z');
  keys = new KeySet(urlOf(api), { now: () => now });
});
afterEach(() => api.close());

test('fifty cold callers make one request', async () => {
  expect(await Promise.all(Array.from({ length: 50 }, () => idOf('key_1')))).toEqual(Array(50).fill('key_1'));
  expect(api.keyRequests).toBe(1);
});

test('keys are taken from memory for ten minutes', async () => {
  await idOf('key_1');
  now += 10 * MINUTE;
  await idOf('key_1');
  expect(api.keyRequests).toBe(1);
});

test('after ten minutes, known keys are used at once, and fetched in the background', async () => {
  await idOf('key_1');
  api.keys = { keys: [first.jwk, second.jwk] };
  let release: (() => void) | undefined;
  api.onKeys = (_request, _response, next) => (release = next);
  now += 10 * MINUTE + 1;
  expect(await Promise.all([idOf('key_1'), idOf('key_1')])).toEqual(['key_1', 'key_1']);
  await vi.waitFor(() => expect(release).toBeDefined());
  release!();
  expect(await idOf('key_2')).toBe('key_2');
  expect(api.keyRequests).toBe(2);
});

test('the first token with a rotated key fetches the key', async () => {
  await idOf('key_1');
  api.keys = { keys: [second.jwk] };
  expect(await idOf('key_2')).toBe('key_2');
  expect(await idOf('key_1')).toBeUndefined();
  expect(api.keyRequests).toBe(2);
});

test('unknown key ids make one request at once and then one in thirty seconds', async () => {
  await idOf('key_1');
  for (const id of ['a', 'b', 'c']) expect(await idOf(id)).toBeUndefined();
  await Promise.all(Array.from({ length: 50 }, (_, id) => idOf(`id_${id}`)));
  expect(api.keyRequests).toBe(2);
  now += 30_000;
  expect(await idOf('d')).toBeUndefined();
  expect(api.keyRequests).toBe(3);
});

test('a key id that the first fetch did not bring makes no second fetch', async () => {
  expect(await idOf('key_9')).toBeUndefined();
  expect(api.keyRequests).toBe(1);
});

test('a token without a key id is verified with the only key, and refused if there are several', async () => {
  expect(await idOf(undefined)).toBe('key_1');
  api.keys = { keys: [first.jwk, second.jwk] };
  now += 25 * HOUR;
  expect(await idOf(undefined)).toBeUndefined();
});

describe('when the server fails', () => {
  test('the first caller gets the error, and the next one tries again', async () => {
    failWith(500);
    await expect(keys.find('key_1')).rejects.toEqual(unavailable);
    api.onKeys = (_request, _response, next) => next();
    expect(await idOf('key_1')).toBe('key_1');
  });

  test('a transient failure is retried before a caller gets the error', async () => {
    api.onKeys = (_request, response, next) => (api.keyRequests === 1 ? response.destroy() : next());
    expect(await idOf('key_1')).toBe('key_1');
    expect(api.keyRequests).toBe(2);
  });

  test.each([
    [500, 3],
    [503, 3],
    [429, 3],
    [403, 1],
    [404, 1],
  ])('an answer with %i is asked for %i times in all', async (status, requests) => {
    failWith(status);
    await expect(keys.find('key_1')).rejects.toEqual(unavailable);
    expect(api.keyRequests).toBe(requests);
  });

  test('a broken connection is tried three times in all', async () => {
    api.onKeys = (_request, response) => void response.destroy();
    await expect(keys.find('key_1')).rejects.toEqual(unavailable);
    expect(api.keyRequests).toBe(3);
  });

  test('a stalled connection is given up in time for another attempt', async () => {
    keys = new KeySet(urlOf(api), { now: () => now, timeoutMs: 1_000 });
    api.onKeys = (_request, _response, next) => void (api.keyRequests > 1 && next());
    expect(await idOf('key_1')).toBe('key_1');
  });

  test('keys serve for 24 hours, and no longer', async () => {
    await idOf('key_1');
    failWith(404);
    now += 24 * HOUR;
    expect(await idOf('key_1')).toBe('key_1');
    await vi.waitFor(() => expect(api.keyRequests).toBe(2));
    now += 1;
    await expect(keys.find('key_1')).rejects.toEqual(unavailable);
  });

  test('it is asked in the background once in thirty seconds, not at every call', async () => {
    await idOf('key_1');
    failWith(404);
    now += 11 * MINUTE;
    await idOf('key_1');
    await vi.waitFor(() => expect(api.keyRequests).toBe(2));
    await new Promise((resolve) => setTimeout(resolve, 50));
    for (let i = 0; i < 20; i++) await idOf('key_1');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(api.keyRequests).toBe(2);
    now += 30_000;
    await idOf('key_1');
    await vi.waitFor(() => expect(api.keyRequests).toBe(3));
  });

  test('an unknown key id throws, because the key may exist, and is refused a second later', async () => {
    await idOf('key_1');
    failWith(404);
    await expect(keys.find('key_2')).rejects.toEqual(unavailable);
    await expect(keys.find('key_2')).rejects.toEqual(unavailable);
    expect(api.keyRequests).toBe(2);
    api.keys = { keys: [first.jwk, second.jwk] };
    api.onKeys = (_request, _response, next) => next();
    now += 1_000;
    expect(await idOf('key_2')).toBe('key_2');
  });

  test.each<[string, unknown]>([
    ['an empty set', { keys: [] }],
    ['a set of keys that verify nothing', { keys: [{ kty: 'oct', k: 'AAAA' }, null, 7, 'key'] }],
    ['keys that are no list', { keys: {} }],
    ['an object without keys', {}],
    ['a list', [first.jwk]],
    ['null', null],
  ])('%s is not kept, and does not replace keys that were good', async (_about, body) => {
    const good = api.keys;
    api.keys = body;
    await expect(keys.find('key_1')).rejects.toEqual(unavailable);
    api.keys = good;
    expect(await idOf('key_1')).toBe('key_1');
    api.keys = body;
    now += 11 * MINUTE;
    await idOf('key_1');
    await vi.waitFor(() => expect(api.keyRequests).toBe(3));
    expect(await idOf('key_1')).toBe('key_1');
  });

  test.each<[string, TestApi['onKeys']]>([
    ['answers with HTML', (_request, response) => void response.writeHead(200).end('<h1>Maintenance</h1>')],
    ['answers with nothing', (_request, response) => void response.writeHead(200).end()],
    ['redirects', (_request, response) => void response.writeHead(302, { Location: '/elsewhere' }).end()],
    ['answers without end', (_request, response) => endless(response)],
    ['answers 403', (_request, response) => sendJson(response, 403, { keys: [first.jwk] })],
  ])('that %s means that there are no keys', async (_about, behaviour) => {
    api.onKeys = behaviour;
    await expect(keys.find('key_1')).rejects.toEqual(unavailable);
  });

  test('that never answers delays callers only until the time limit of a fetch', async () => {
    keys = new KeySet(urlOf(api), { now: () => now, timeoutMs: 300 });
    api.onKeys = () => {};
    const start = performance.now();
    await expect(keys.find('key_1')).rejects.toEqual(unavailable);
    expect(performance.now() - start).toBeGreaterThan(200);
  });
});

describe('a fetch that was lost with its request', () => {
  const real: typeof fetch = (url, init) => fetch(url, init);
  const never: typeof fetch = () => new Promise(() => {});
  let answer: typeof fetch;
  beforeEach(() => {
    answer = real;
    keys = new KeySet(urlOf(api), { fetchFn: (url, init) => answer(url, init), now: () => now });
  });
  afterEach(() => vi.useRealTimers());
  /** What a runtime does that cancels a request: its timers do not fire again, and nothing it waits for arrives. */
  const lose = (id: string) => {
    // The fake clock begins at zero: by the real one, the last sign of life is long ago.
    vi.useFakeTimers({ toFake: ['setTimeout', 'setInterval', 'clearInterval', 'clearTimeout', 'performance'] });
    answer = never;
    const lost = keys.find(id).catch((error: Error) => error);
    vi.clearAllTimers();
    vi.useRealTimers();
    answer = real;
    return lost;
  };

  test('in the background does not hold up a token with a new key id', async () => {
    await idOf('key_1');
    now += 11 * MINUTE;
    await lose('key_1');
    api.keys = { keys: [second.jwk] };
    expect(await idOf('key_2')).toBe('key_2');
  });

  test('in the background is awaited by the next request', async () => {
    await idOf('key_1');
    now += 11 * MINUTE;
    await lose('key_1');
    api.keys = { keys: [second.jwk] };
    // Had it not waited for the new keys, it would have given the old one.
    expect(await idOf('key_1')).toBeUndefined();
  });

  test('of a cold start is made again by those who wait for it', async () => {
    void lose('key_1');
    expect(await Promise.all([idOf('key_1'), idOf('key_1')])).toEqual(['key_1', 'key_1']);
    expect(api.keyRequests).toBe(1);
  });
});

test('if the clock is set back, keys count as old, so that a rotation is not missed', async () => {
  await idOf('key_1');
  now -= 48 * HOUR;
  await idOf('key_1');
  expect(api.keyRequests).toBe(2);
});

test('an unchanged key stays the same object, so that tokens stay verified', async () => {
  const before = await keys.find('key_1');
  api.keys = { keys: [second.jwk, { ...first.jwk }] };
  await keys.find('key_2');
  expect(await keys.find('key_1')).toBe(before);
});

describe('keys that were given', () => {
  const startWith = (given: PublicKey[]) => {
    keys = new KeySet(urlOf(api), { given: { keys: given }, now: () => now });
  };

  test('save the first fetch, and age like fetched keys', async () => {
    startWith([first.jwk]);
    expect(await Promise.all([idOf('key_1'), idOf('key_1')])).toEqual(['key_1', 'key_1']);
    expect(api.keyRequests).toBe(0);
    now += 11 * MINUTE;
    expect(await idOf('key_1')).toBe('key_1');
    await vi.waitFor(() => expect(api.keyRequests).toBe(1));
  });

  test('are replaced by a rotated key', async () => {
    startWith([first.jwk]);
    api.keys = { keys: [second.jwk] };
    expect(await idOf('key_2')).toBe('key_2');
    expect(await idOf('key_1')).toBeUndefined();
  });

  test('are passed over when none of them is usable', async () => {
    startWith([{ kty: 'oct' }]);
    expect(await idOf('key_1')).toBe('key_1');
    expect(api.keyRequests).toBe(1);
  });
});

test('a clock that was set back by minutes ends the pause between two fetches', async () => {
  await idOf('key_1');
  expect(await idOf('key_2')).toBeUndefined();
  api.keys = { keys: [first.jwk, second.jwk] };
  now -= 5 * MINUTE;
  expect(await idOf('key_2')).toBe('key_2');
});

test('clients share one key set per address and fetch function', () => {
  const other: typeof fetch = (url, init) => fetch(url, init);
  expect(sharedKeySet(urlOf(api), undefined)).toBe(sharedKeySet(urlOf(api), undefined));
  expect(sharedKeySet(urlOf(api), other)).toBe(sharedKeySet(urlOf(api), other));
  expect(sharedKeySet(urlOf(api), other)).not.toBe(sharedKeySet(urlOf(api), undefined));
});

describe('verified tokens', () => {
  const key = { id: 'key_1', hasSigned: () => true };

  test('are bounded in number, the least recently used going first', () => {
    const tokens = new VerifiedTokens(2, 1_000);
    tokens.set('a', key);
    tokens.set('b', key);
    tokens.get('a');
    tokens.set('c', key);
    expect([tokens.get('a'), tokens.get('b'), tokens.get('c')]).toEqual([key, undefined, key]);
    expect(tokens.size).toBe(2);
  });

  test('are at most a thousand, and a million characters, in each key set', () => {
    for (let i = 0; i < 3_000; i++) keys.verified.set(`a.b.${String(i).padStart(32, '0')}`, key);
    expect(keys.verified.size).toBeGreaterThanOrEqual(500);
    expect(keys.verified.size).toBeLessThanOrEqual(1_000);
    for (let i = 0; i < 300; i++) keys.verified.set(String(i).padStart(10_000, '0'), key);
    expect(keys.verified.size).toBeGreaterThanOrEqual(50);
    expect(keys.verified.size).toBeLessThanOrEqual(100);
  });

  test('are kept for two generations of half the number', () => {
    const tokens = new VerifiedTokens(4, 1_000);
    for (const token of ['a', 'b', 'c', 'd']) tokens.set(token, key);
    expect(tokens.size).toBe(4);
    tokens.set('e', key);
    expect([tokens.get('b'), tokens.get('c')]).toEqual([undefined, key]);
  });

  test('are bounded in size, also when one is set again and again', () => {
    const tokens = new VerifiedTokens(1_000, 100);
    for (let i = 0; i < 50; i++) tokens.set('same token', key);
    expect(tokens.get('same token')).toBe(key);
    for (let i = 0; i < 1_000; i++) tokens.set(`token ${i}`, key);
    expect(tokens.size).toBeLessThanOrEqual(100 / 'token 0'.length);
    expect(tokens.get('token 999')).toBe(key);
  });
});

function endless(response: import('node:http').ServerResponse): void {
  response.writeHead(200, { 'Content-Type': 'application/json' });
  const write = (): void => {
    while (!response.destroyed && response.write('x'.repeat(65_536)));
    if (!response.destroyed) response.once('drain', write);
  };
  write();
}

test('a process remembers the key sets of a hundred addresses', () => {
  const fetchFn = async () => new Response();
  const setOf = (index: number) => sharedKeySet(`https://example.com/${index}`, fetchFn);
  const [first, second] = [setOf(0), setOf(1)];
  for (let index = 2; index <= 100; index++) setOf(index);
  expect(setOf(1)).toBe(second);
  expect(setOf(0)).not.toBe(first);
});

test('a fetch has five seconds, and each attempt two of them', async () => {
  const { setTimeout } = globalThis;
  const timers = vi
    .spyOn(globalThis, 'setTimeout')
    .mockImplementation(((run: () => void, ms = 0) => setTimeout(run, ms > 1_000 ? 0 : ms)) as typeof setTimeout);
  api.onKeys = () => {};
  await expect(keys.find('key_1')).rejects.toEqual(unavailable);
  expect(timers.mock.calls.map(([, ms]) => ms)).toContain(2_000);
  timers.mockRestore();
});

test('no cache of a framework or a browser answers for the key server', async () => {
  const asked: unknown[] = [];
  const fetchFn = async (url: string, init?: RequestInit) => (asked.push(init?.cache), fetch(url, init));
  await new KeySet(urlOf(api), { fetchFn }).find('key_1');
  expect(asked).toEqual(['no-store']);
});

test('a fetch that returns no response causes an error that says so', async () => {
  const fetchFn = async () => ({ keys: [first.jwk] }) as never;
  const error = await new KeySet(urlOf(api), { fetchFn }).find('key_1').catch((caught: unknown) => caught);
  expect(error).toMatchObject({ code: 'invalid_option', message: expect.stringContaining('"fetchFn"') });
});
