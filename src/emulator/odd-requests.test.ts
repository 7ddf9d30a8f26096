/** Requests that no client sends: each gets an answer, none is the emulator's fault, and none ends it. */
import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from './index.ts';
import { FIXED_ENVIRONMENT, SESSIONS, SIGN_IN } from './seed.ts';

const nightly = Boolean(process.env['NIGHTLY']);
const RUNS = nightly ? 10_000 : 300;
const TIMEOUT_MS = nightly ? 600_000 : 60_000;
const { clientId, apiKey } = FIXED_ENVIRONMENT;

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

interface OddRequest {
  /** As it goes over the wire; each piece in a turn of its own. */
  pieces: string[];
  /** Whether the client breaks the connection instead of waiting for the answer. */
  aborts: boolean;
}

/** The first line of the answer that is not "continue", or what came before the connection was closed. */
function send({ pieces, aborts }: OddRequest): Promise<string> {
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(new URL(emulator.url).port), '127.0.0.1', async () => {
      for (const piece of pieces) {
        socket.write(piece, 'latin1');
        await new Promise(setImmediate);
      }
      if (aborts) socket.resetAndDestroy();
    });
    socket.on('data', (chunk) => {
      answer = (answer + chunk.toString('latin1')).replace(/^HTTP\/1\.1 100 Continue\r\n\r\n/, '');
      if (answer.includes('\r\n')) socket.destroy();
    });
    // A server may close the connection after a malformed request; an answer before that counts.
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer.split('\r\n', 1)[0]!));
  });
}

const ANSWERED = /^HTTP\/1\.1 [234]\d\d /;

async function expectAnswers(requests: fc.Arbitrary<OddRequest>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(requests, async (request) => {
      const answer = await send(request);
      if (!request.aborts) expect(answer).toMatch(ANSWERED);
    }),
    { numRuns: RUNS },
  );
  expect((await fetch(`${emulator.url}/_emulator/clock`)).status).toBe(200);
}

const inPieces = (whole: fc.Arbitrary<string>): fc.Arbitrary<OddRequest> =>
  fc
    .tuple(whole, fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 3 }), fc.nat(5))
    .map(([text, shares, abort]) => {
      const cuts = [0, ...shares.toSorted((a, b) => a - b).map((share) => Math.floor(share * text.length))];
      const pieces = cuts.map((cut, index) => text.slice(cut, cuts[index + 1])).filter((piece) => piece !== '');
      // One in six breaks off somewhere on its way.
      return abort === 0 ? { pieces: pieces.slice(0, -1), aborts: true } : { pieces, aborts: false };
    });

const ROUTES = ['/user_management/authenticate', `/sso/jwks/${clientId}`, '/user_management/sessions/logout'];
const OWN_ROUTES = ['/_emulator/clock', '/_emulator/faults', '/_emulator/environments', '/_emulator/signed-out'];

it('answers any request line, header and body', { timeout: TIMEOUT_MS }, async () => {
  const printable = fc.string({ unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)) });
  const methods = [
    'GET',
    'HEAD',
    'POST',
    'PUT',
    'DELETE',
    'OPTIONS',
    'TRACE',
    'CONNECT',
    'PURGE',
    'PROPFIND',
    'get',
    'X',
  ];
  const targets = ['/', '//', '///', '//[', '/\\', '*', '?', '#', '/%', '/%ff', '/%2e%2e/', '/..', 'a:1', 'http://[/'];
  const target = fc.oneof(
    fc.constantFrom(...targets, ...ROUTES, ...OWN_ROUTES),
    fc.tuple(fc.constantFrom(...targets, ...ROUTES, ...OWN_ROUTES), printable).map((parts) => parts.join('')),
    printable,
  );
  const header = fc.oneof(
    fc.constantFrom(
      'Host: localhost',
      'Host: [',
      'Host: a b',
      'Host: a/../b?c#d',
      'Host:',
      'Content-Type: application/json',
      'Expect: 100-continue',
      'Expect: nonsense',
      'Connection: keep-alive, upgrade',
      'Upgrade: websocket',
      'Authorization: Bearer',
      'Idempotency-Key: \x80\xff',
      `X-Long: ${'x'.repeat(20_000)}`,
      'Range: bytes=9-1,-',
    ),
    fc.tuple(printable, printable).map((parts) => parts.join(': ')),
  );
  /** The declared lengths are correct, because the server would otherwise wait for more. */
  const framedBody = fc.oneof(
    fc.constantFrom(
      '\r\n',
      'Content-Length: 3\r\n\r\n[[[',
      'Content-Length: -1\r\n\r\n',
      'Content-Length: 99999999999999999999\r\n\r\n',
      'Transfer-Encoding: chunked\r\n\r\n3\r\n[[[\r\n0\r\n\r\n',
      'Transfer-Encoding: chunked\r\n\r\nzz\r\n',
      'Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      'Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n',
    ),
    fc.string({ unit: 'binary-ascii' }).map((body) => `Content-Length: ${body.length}\r\n\r\n${body}`),
  );
  const request = fc
    .tuple(fc.constantFrom(...methods), target, fc.constantFrom('1.1', '1.0', '2.0'), fc.array(header), framedBody)
    .map(([method, target, version, headers, body]) =>
      [`${method} ${target} HTTP/${version}`, 'Host: localhost', ...headers, body].join('\r\n'),
    );
  await expectAnswers(inPieces(request));
});

it(
  'answers whatever JSON its routes are sent, refresh tokens of every content among it',
  { timeout: TIMEOUT_MS },
  async () => {
    const odd = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, '', 0, -1, 1e308, [], {}, { toString: 1 }, '__proto__', 'constructor'),
      fc.jsonValue({ maxDepth: 2 }),
    );
    const oddOr = (...good: unknown[]) => fc.oneof(odd, fc.constantFrom(...good));
    const seeded = SESSIONS['signed-in'];
    /** Anybody can make such a token: the key of the fixed environment is public. */
    const refreshToken = fc
      .record({
        id: oddOr('session_01JRWD7X58H4ANSKTD8TEVJB80'),
        userId: oddOr(seeded.userId, 'user_01JRWD7X58H4ANSKTD8TEVJB80'),
        organizationId: oddOr(seeded.organizationId, 'org_01JRWD7X58H4ANSKTD8TEVJB80'),
        authenticationMethod: oddOr('Password'),
        impersonator: oddOr({ email: 'support@example.com', reason: null }),
        signedInAtSec: oddOr(1_700_000_000),
        nonce: odd,
      })
      .chain((content) => fc.constantFrom(JSON.stringify(content), '{', 'null', '7'))
      .map((text) => {
        const payload = Buffer.from(text).toString('base64url');
        return `${payload}.${createHmac('sha256', apiKey).update(payload).digest('base64url')}`;
      });
    const authentication = fc.record(
      {
        client_id: oddOr(clientId, clientId, clientId),
        client_secret: oddOr(apiKey, apiKey, apiKey),
        grant_type: oddOr('refresh_token', 'refresh_token', 'password', 'authorization_code'),
        refresh_token: fc.oneof(refreshToken, refreshToken, odd),
        organization_id: oddOr(undefined, seeded.organizationId),
        email: oddOr(SIGN_IN.email),
        password: oddOr(SIGN_IN.password),
        code: odd,
      },
      { requiredKeys: ['client_id', 'grant_type'] },
    );
    const steering = fc.record(
      { kind: odd, times: odd, route: odd, client_id: odd, advance_seconds: odd, session: odd },
      { requiredKeys: [] },
    );
    const calls = fc.oneof(
      authentication.map((body) => [ROUTES[0]!, body] as const),
      fc.tuple(fc.constantFrom(...OWN_ROUTES), steering),
    );
    const request = calls.map(([path, body]) => {
      const json = Buffer.from(JSON.stringify(body)).toString('latin1');
      const head = [`POST ${path} HTTP/1.1`, 'Host: localhost', 'Content-Type: application/json'];
      return [...head, `Content-Length: ${json.length}`, '', json].join('\r\n');
    });
    await expectAnswers(inPieces(request));
  },
);
