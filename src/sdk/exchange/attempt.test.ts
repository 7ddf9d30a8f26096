import { Readable } from 'node:stream';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startApi, type Behaviour, type TestApi } from '../testdata/api-server.ts';
import { attempt, parseRetryAfter, type FetchFunction } from './attempt.ts';

let api: TestApi;
beforeEach(async () => {
  api = await startApi();
});
afterEach(() => api.close());

const post = (timeoutMs = 5_000, fetchFn?: FetchFunction, url = `http://127.0.0.1:${api.port}/`) =>
  attempt(fetchFn, url, { method: 'POST', headers: {}, body: '{}' }, timeoutMs);
const answerWith = (behaviour: Behaviour) => (api.onAuthenticate = behaviour);

test('an answer consists of its status, its body and two of its headers', async () => {
  answerWith((_request, response) => {
    response.writeHead(429, { 'Retry-After': '7', 'X-Request-ID': 'req_01' }).end('{"code":"slow_down"}');
  });
  expect(await post()).toEqual({ status: 429, retryAfter: 7, requestId: 'req_01', body: { code: 'slow_down' } });
});

test('a body that is not JSON is no body', async () => {
  answerWith((_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'));
  expect(await post()).toMatchObject({ status: 502, body: undefined });
});

test('a redirect is an answer and is not followed', async () => {
  answerWith((_request, response) => response.writeHead(307, { Location: '/elsewhere' }).end());
  expect(await post()).toMatchObject({ status: 307 });
  expect(api.requests).toHaveLength(1);
});

test('a __proto__ key in an answer is left out', async () => {
  answerWith((_request, response) => response.writeHead(200).end('{"a":[{"__proto__":{"admin":true},"b":1}]}'));
  expect(JSON.stringify(await post())).toContain('"body":{"a":[{"b":1}]}');
});

test('an answer is read across chunks', async () => {
  answerWith((_request, response) => {
    const bytes = Buffer.from('{"name":"Zoë 李 🚀"}');
    response.writeHead(200);
    for (const byte of bytes) response.write(Buffer.of(byte));
    response.end();
  });
  expect(await post()).toMatchObject({ body: { name: 'Zoë 李 🚀' } });
});

/** A body in chunks, and whether the reader gave up before its end. */
function chunked(chunks: Iterable<Uint8Array>) {
  const seen = { cancelled: false };
  const iterator = chunks[Symbol.iterator]();
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      const { done, value } = iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    cancel: () => {
      seen.cancelled = true;
    },
  });
  return { seen, fetchFn: (async () => new Response(body)) as FetchFunction };
}

test('a character in two chunks is one character', async () => {
  const bytes = Buffer.from('{"name":"李"}');
  const { fetchFn } = chunked([bytes.subarray(0, 11), bytes.subarray(11)]);
  expect(await post(5_000, fetchFn)).toMatchObject({ body: { name: '李' } });
});

test('the rest of a body that is too large is not read', async () => {
  const { seen, fetchFn } = chunked([new Uint8Array(1_048_577), new Uint8Array(1)]);
  expect(await post(5_000, fetchFn)).toMatchObject({ failure: 'too_large' });
  expect(seen.cancelled).toBe(true);
});

test.each([
  [1_048_576, { status: 200 }],
  [1_048_577, { failure: 'too_large' }],
])('a body of %i bytes gives %o', async (bytes, answer) => {
  answerWith((_request, response) => response.writeHead(200).end(' '.repeat(bytes)));
  expect(await post()).toMatchObject(answer);
});

test('the connection is closed when time is up', async () => {
  const closed = Promise.withResolvers<void>();
  answerWith((_request, response) => void response.on('close', () => closed.resolve()));
  expect(await post(50)).toMatchObject({ failure: 'timeout' });
  await closed.promise;
});

describe('there is no answer', () => {
  test.each<[string, Behaviour, object]>([
    ['when nothing comes', () => {}, { failure: 'timeout' }],
    [
      'when the headers come and the body does not',
      (_q, response) => void response.writeHead(200).write('{'),
      { failure: 'timeout' },
    ],
    ['when the connection breaks before', (_q, response) => void response.destroy(), { failure: 'network' }],
    [
      'when the connection breaks within the body',
      (_q, response) => {
        response.writeHead(200, { 'Content-Length': '100' });
        response.write('{"a":', () => response.destroy());
      },
      { failure: 'network' },
    ],
    [
      'when it has no end',
      (_q, response) => void response.writeHead(200).end('x'.repeat(1_100_000)),
      { failure: 'too_large' },
    ],
  ])('%s', async (_about, behaviour, failure) => {
    answerWith(behaviour);
    expect(await post(300)).toMatchObject(failure);
  });

  test.each([
    [4, 'DEEP'],
    [5, undefined],
  ])('and the code of a cause within %i errors is %s', async (depth, detail) => {
    let error: Error = Object.assign(new Error('broken'), { code: 'DEEP' });
    for (let outer = 0; outer < depth; outer++) error = new Error('failed', { cause: error });
    expect(await post(5_000, () => Promise.reject(error))).toEqual({ failure: 'network', detail });
  });

  test('when nobody listens, and the system’s own code says so', async () => {
    const nobody = await startApi();
    await nobody.close();
    const answer = await post(5_000, undefined, `http://127.0.0.1:${nobody.port}/`);
    expect(answer).toEqual({ failure: 'network', detail: 'ECONNREFUSED' });
  });

  test('when fetch itself never ends and does not listen to its signal', async () => {
    expect(await post(50, () => new Promise(() => {}))).toMatchObject({ failure: 'timeout' });
  });

  test('when fetch throws at once, or throws what is no error', async () => {
    const throws = (value: unknown) =>
      (() => {
        throw value;
      }) as FetchFunction;
    expect(await post(5_000, throws(new TypeError('no')))).toEqual({ failure: 'network', detail: undefined });
    expect(await post(5_000, throws('a secret'))).toEqual({ failure: 'network', detail: undefined });
    expect(await post(5_000, throws({ code: 'a secret' }))).toEqual({ failure: 'network', detail: undefined });
    const secretive = Object.assign(new Error('a secret'), { code: 'sk_test_1' });
    expect(await post(5_000, throws(secretive))).toEqual({ failure: 'network', detail: undefined });
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  test.each<[string | null, number | undefined]>([
    [null, undefined],
    ['', undefined],
    ['0', 0],
    ['7', 7],
    [' 7 ', 7],
    ['3600', 3600],
    ['99999999999999999999', Number.MAX_SAFE_INTEGER],
    ['-1', undefined],
    ['1.5', undefined],
    ['1e3', undefined],
    ['soon', undefined],
    ['in 5 minutes', undefined],
    ['Thu, 01 Jan 2026 00:01:30 GMT', 90],
    ['Thu, 01 Jan 2026 00:00:00.500 GMT', 1],
    ['Thursday, 01-Jan-26 00:01:30 GMT', 90],
    ['Wed, 31 Dec 2025 23:59:00 GMT', 0],
    ['Thu, 99 Jan 2026 00:01:30 GMT', undefined],
  ])('%j is %j seconds', (header, seconds) => {
    expect(parseRetryAfter(header, now)).toBe(seconds);
  });
});

describe('a fetch that is not the web’s', () => {
  const json = '{"a":1}';
  test.each<[string, unknown, object]>([
    [
      'gives a stream of Node’s',
      { status: 200, headers: new Headers(), body: Readable.from([json]), text: async () => json },
      { body: { a: 1 } },
    ],
    [
      'gives nothing but status and text()',
      { status: 200, text: async () => json },
      { status: 200, body: { a: 1 }, retryAfter: undefined },
    ],
    [
      'gives headers without get()',
      { status: 429, headers: { 'retry-after': '7' }, text: async () => '' },
      { status: 429 },
    ],
    ['gives a text without end', { status: 200, text: async () => 'x'.repeat(2_000_000) }, { failure: 'too_large' }],
    ['gives parsed JSON', { a: 1 }, { failure: 'no_response' }],
    ['gives nothing', undefined, { failure: 'no_response' }],
    ['gives a status and no body', { status: 200 }, { failure: 'no_response' }],
  ])('%s', async (_about, response, answer) => {
    expect(await post(1_000, (async () => response) as FetchFunction)).toMatchObject(answer);
  });
});
