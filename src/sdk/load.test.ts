/** Sixty-four browsers on two servers, while keys rotate and servers fail at random. Nobody is signed out wrongly. */
import { expect, test } from 'vitest';
import { SessionError, WorkOS } from './index.ts';
import { sendJson, startApi, type Behaviour, type TestApi } from './testdata/api-server.ts';
import { nightly } from './testdata/effort.ts';
import { PASSWORD, sealText } from './testdata/seal-by-hand.ts';
import { createSigner, goodClaims } from './testdata/signer.ts';

const CLIENTS = 64;
const RUN_MS = nightly ? 30_000 : 3_000;
const TOKEN_SECONDS = 1;

test('nobody is signed out while servers fail', { timeout: RUN_MS + 60_000 }, async () => {
  const api = await startApi();
  const refreshTokens = new Map<string, { next: string | undefined; usedAt: number }>();
  const session = (refreshToken: string) => {
    refreshTokens.set(refreshToken, { next: undefined, usedAt: 0 });
    const exp = Math.floor(Date.now() / 1000) + TOKEN_SECONDS;
    return { ...api.session({ exp, sid: `session_${refreshToken}` }), refresh_token: refreshToken };
  };
  let issued = 0;
  api.onKeys = unreliable((_request, _response, next) => next());
  api.onAuthenticate = unreliable((request, response) => {
    const token = request.body['refresh_token'] ?? '';
    const known = refreshTokens.get(token);
    // As in the real API, a used token gets the same successor for 30 seconds.
    if (!known || (known.usedAt > 0 && Date.now() - known.usedAt > 30_000)) {
      return sendJson(response, 400, { error: 'invalid_grant' });
    }
    known.usedAt ||= Date.now();
    known.next ??= `refresh_${++issued}`;
    sendJson(response, 200, session(known.next));
  });
  const servers = [1, 2].map(
    () => new WorkOS({ ...api.options, timeout: 300, fetchFn: (url, init) => fetch(url, init) }),
  );
  const counts = { calls: 0, authenticated: 0, transient: 0 };
  const wronglySignedOut: string[] = [];

  /** A busy machine takes longer. */
  const isEnough = () => counts.authenticated > CLIENTS && counts.transient > 0 && issued > CLIENTS / 2;

  async function browse(index: number, until: number): Promise<void> {
    let cookie = sealedBy(api, session(`first_${index}`));
    let expiresAt = 0;
    while (Date.now() < until || !isEnough()) {
      counts.calls++;
      const userManagement = servers[counts.calls % 2]!.userManagement;
      const loaded = userManagement.loadSealedSession({ sessionData: cookie, cookiePassword: PASSWORD });
      try {
        const result = await loaded.authenticate();
        if (result.authenticated) {
          counts.authenticated++;
        } else if (result.reason !== 'invalid_jwt' || Date.now() < expiresAt - 200) {
          wronglySignedOut.push(result.reason);
        } else {
          // Two requests of one page refresh at the same time.
          const other = userManagement.loadSealedSession({ sessionData: cookie, cookiePassword: PASSWORD });
          const [refreshed] = await Promise.all([loaded.refresh(), other.refresh()]);
          if (refreshed.authenticated) [cookie, expiresAt] = [refreshed.sealedSession, refreshed.expiresAt];
          else if (refreshed.retryable) counts.transient++;
          else wronglySignedOut.push(refreshed.reason);
        }
      } catch (error) {
        if (!(error instanceof SessionError) || error.code !== 'keys_unavailable') throw error;
        counts.transient++;
      }
      await new Promise((resolve) => setTimeout(resolve, 20 + Math.random() * 60));
    }
  }

  const until = Date.now() + RUN_MS;
  const rotation = setTimeout(() => {
    const next = createSigner('key_2');
    api.keys = { keys: [api.signer.jwk, next.jwk] };
    api.signer = next;
  }, RUN_MS / 2);
  await Promise.all(Array.from({ length: CLIENTS }, (_, index) => browse(index, until)));
  clearTimeout(rotation);
  await api.close();
  expect(wronglySignedOut).toEqual([]);
  expect(isEnough()).toBe(true);
});

/** Fails in one of every other way for a third of the requests. */
function unreliable(behaviour: Behaviour): Behaviour {
  const failures: Behaviour[] = [
    (_request, response) => sendJson(response, 500, { message: 'no' }),
    (_request, response) => void response.writeHead(502).end('<h1>Bad gateway</h1>'),
    (_request, response) => sendJson(response, 429, {}, { 'Retry-After': '0' }),
    (_request, response) => void response.destroy(),
    (_request, response) => void response.writeHead(200).end('{"user":'),
    (_request, response) => void response.writeHead(200, { 'Content-Length': '99' }).write('{'),
    // Applied, and then the answer is lost.
    (request, response, next) => {
      response.on('finish', () => response.destroy());
      behaviour(request, silent(response), next);
      response.destroy();
    },
    () => {},
  ];
  return (request, response, next) => {
    const failure = Math.random() < 1 / 3 ? failures[Math.floor(Math.random() * failures.length)] : undefined;
    (failure ?? behaviour)(request, response, next);
  };
}

/** Takes an answer and sends nothing. */
function silent(response: Parameters<Behaviour>[1]): Parameters<Behaviour>[1] {
  return Object.create(response, {
    writeHead: { value: () => ({ end: () => {} }) },
    end: { value: () => {} },
  }) as Parameters<Behaviour>[1];
}

function sealedBy(api: TestApi, answer: Record<string, unknown>): string {
  const accessToken = answer['access_token'] ?? api.signer.token(goodClaims());
  return sealText(
    JSON.stringify({ user: { id: 'user_01' }, accessToken, refreshToken: answer['refresh_token'] }),
    PASSWORD,
  );
}
