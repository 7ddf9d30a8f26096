import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type Socket, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathOf } from './serve.ts';

const nightly = Boolean(process.env['NIGHTLY']);
const REQUESTS = nightly ? 10_000 : 300;
/** Generous: only a server that does not respond at all should fail the test. */
const ANSWER_MS_MAX = 10_000;
const FUZZ_MS_MAX = nightly ? 20 * 60_000 : 60_000;

let folder: string;
let server: ChildProcess;
let port: number;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'served-'));
  await mkdir(join(folder, 'guides/one'), { recursive: true });
  await writeFile(join(folder, '_headers'), "/*\n  Content-Security-Policy: default-src 'none'\n");
  await writeFile(join(folder, 'index.html'), 'home');
  await writeFile(join(folder, 'guides/one/index.html'), 'one');
  await writeFile(join(folder, '404.html'), 'no such page');
  await writeFile(join(folder, 'large.txt'), 'x'.repeat(1_000_000));
  // In a separate process, so that a crash of the server is noticed.
  const serving = new URL('serve.ts', import.meta.url).href;
  const script = `import { serveSite } from ${JSON.stringify(serving)};
    console.log((await serveSite({ folder: ${JSON.stringify(folder)}, port: 0 })).url);`;
  server = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(server.stdout!, 'data')) as [Buffer];
  port = Number(new URL(url.toString().trim()).port);
}, 30_000);

afterAll(async () => {
  server.kill();
  await rm(folder, { recursive: true, force: true });
});

/** How the bytes of a request are sent. */
type Delivery = 'at once' | 'in pieces' | 'aborted before its end' | 'aborted before the response';

interface RawRequest {
  text: string;
  delivery: Delivery;
}

/** Sends the raw bytes and returns the response status; undefined if the client disconnected first. */
async function ask({ text, delivery }: RawRequest): Promise<number | undefined> {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => {});
  await once(socket, 'connect');
  if (delivery === 'aborted before its end') {
    socket.write(text.slice(0, -3));
    return leave(socket);
  }
  if (delivery === 'in pieces') {
    const half = Math.ceil(text.length / 2);
    socket.write(text.slice(0, half));
    await sleep(2);
    socket.write(text.slice(half));
  } else socket.write(text);
  if (delivery === 'aborted before the response') return leave(socket);
  const [head] = (await once(socket, 'data', { signal: AbortSignal.timeout(ANSWER_MS_MAX) })) as [Buffer];
  socket.destroy();
  const [, status] = /^HTTP\/1\.1 (\d{3}) /.exec(head.toString('latin1')) ?? [];
  return Number(status);
}

async function leave(socket: Socket): Promise<undefined> {
  await sleep(1);
  socket.resetAndDestroy();
}

const request = (line: string, ...headers: string[]): RawRequest => ({
  text: [line, 'Host: localhost', 'Connection: close', ...headers, '', ''].join('\r\n'),
  delivery: 'at once',
});

describe('a request that no browser sends', () => {
  it.each([
    ['GET // HTTP/1.1', [], 404],
    ['GET //guides/one HTTP/1.1', [], 404],
    ['GET * HTTP/1.1', [], 404],
    ['GET http://x/ HTTP/1.1', [], 200],
    ['GET http:// HTTP/1.1', [], 404],
    ['GET mailto:a@b HTTP/1.1', [], 400],
    ['GET /% HTTP/1.1', [], 404],
    ['GET /%00 HTTP/1.1', [], 404],
    ['GET /%ff HTTP/1.1', [], 404],
    ['GET /..%2f..%2fetc/passwd HTTP/1.1', [], 404],
    ['GET /\\..\\..\\ HTTP/1.1', [], 200],
    ['GET /_headers HTTP/1.1', [], 404],
    ['GET /?% HTTP/1.1', [], 200],
    ['OPTIONS * HTTP/1.1', [], 405],
    ['CONNECT localhost:80 HTTP/1.1', [], 405],
    ['DELETE / HTTP/1.1', [], 405],
    ['POST / HTTP/1.1', ['Content-Length: 100'], 405],
    ['BREW / HTTP/1.1', [], 400],
    ['GET / HTTP/9.9', [], 400],
    ['GET / HTTP/1.1', [`X-Long: ${'x'.repeat(100_000)}`], 431],
    ['GET / HTTP/1.1', ['Upgrade: websocket', 'Connection: Upgrade'], 200],
    ['GET / HTTP/1.1', ['Expect: nothing'], 417],
    ['GET /large.txt HTTP/1.1', ['Range: bytes=5-2'], 416],
    ['GET /large.txt HTTP/1.1', ['Range: bytes=-'], 200],
    ['GET /large.txt HTTP/1.1', ['Range: bytes=0-1'], 206],
    ['GET /large.txt HTTP/1.1', ['Range: bytes=2000000-'], 416],
    ['GET /large.txt HTTP/1.1', ['Range: bytes=99999999999999999999-1e9'], 200],
    ['GET / HTTP/1.1', ['If-None-Match: "'], 200],
  ] as const)('is answered: %s %j → %i', async (line, headers, status) => {
    expect(await ask(request(line, ...headers))).toBe(status);
    expect(await ask(request('GET / HTTP/1.1'))).toBe(200);
  });

  const target = fc.oneof(
    fc.constantFrom(
      '/',
      '//',
      '///',
      '*',
      '/%',
      '/%00',
      '/\\..\\',
      '/guides/one',
      '/large.txt',
      'http://x/',
      '/?',
      '/#',
    ),
    fc.webPath(),
    fc.webUrl(),
    fc.stringMatching(/^\/[!-~]{0,40}$/),
    fc.stringMatching(/^[!-~]{1,20}$/),
    fc.stringMatching(/^(\/(\.\.|%2e%2e|%c0|%00|\\|live|;|@)){1,6}$/),
  );
  const header = fc.oneof(
    fc.stringMatching(/^Range: bytes=[-0-9,]{0,24}$/),
    fc.stringMatching(/^Range: [ -~]{0,24}$/),
    fc.stringMatching(/^(Accept-Encoding|If-None-Match|If-Modified-Since|If-Range|Expect|Upgrade|Host): [ -~]{0,40}$/),
    fc.stringMatching(/^[!-~]{1,20}: [ -~]{0,40}$/),
    fc.constantFrom('Transfer-Encoding: chunked', 'Content-Length: 10', 'Content-Length: -1'),
  );
  const odd = fc
    .tuple(
      fc.oneof(
        { weight: 6, arbitrary: fc.constant('GET') },
        fc.constantFrom('HEAD', 'OPTIONS', 'POST', 'PUT', 'CONNECT', 'TRACE', 'PROPFIND', 'get', 'X'),
      ),
      target,
      fc.array(header, { maxLength: 4 }),
      fc.constantFrom<Delivery>(
        'at once',
        'at once',
        'in pieces',
        'aborted before its end',
        'aborted before the response',
      ),
    )
    .map(([method, path, headers, delivery]) => ({ ...request(`${method} ${path} HTTP/1.1`, ...headers), delivery }));

  it(
    `is answered, and the server keeps running: ${REQUESTS} random requests`,
    async () => {
      await fc.assert(
        fc.asyncProperty(odd, async (raw) => {
          const status = await ask(raw);
          if (!raw.delivery.startsWith('aborted')) expect(status).toBeGreaterThanOrEqual(100);
          expect(status ?? 0).toBeLessThan(500);
          expect(server.exitCode).toBe(null);
        }),
        // A fixed seed in normal runs, a new one every night; a failure prints its seed.
        { numRuns: REQUESTS, ...(!nightly && { seed: 16 }) },
      );
      expect(await ask(request('GET / HTTP/1.1'))).toBe(200);
    },
    FUZZ_MS_MAX,
  );

  it('is answered if the file has been deleted since the server started', async () => {
    await writeFile(join(folder, 'guides/gone.txt'), 'gone');
    expect(await ask(request('GET /guides/gone.txt HTTP/1.1'))).toBe(200);
    await rm(join(folder, 'guides/gone.txt'));
    expect(await ask(request('GET /guides/gone.txt HTTP/1.1'))).toBe(404);
  });
});

it.each([
  ['/a/b?c#d', '/a/b'],
  ['//', '//'],
  ['http://host/a', '/a'],
  ['/a/../b', '/b'],
  ['*', '/*'],
  ['', '/'],
])('parses the path of %j as %j', (target, path) => {
  expect(pathOf(target)).toBe(path);
});
