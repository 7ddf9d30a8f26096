/** The packed helpers in the runtimes that users deploy to, over HTTP. `npm run runtimes` installs them. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { startApi, type Behaviour, type TestApi } from '../testdata/api-server.ts';
import { PASSWORD, openText, sealText } from '../testdata/seal-by-hand.ts';
import { createSigner, goodClaims } from '../testdata/signer.ts';
import { isInstalled, prepare, RUNTIMES, type RunningRuntime } from './start.ts';

const ELEVEN_MINUTES_MS = 11 * 60_000;
const never: Behaviour = () => {};
const properly: Behaviour = (_request, _response, next) => next();
const signedIn = { result: { authenticated: true, user: { id: 'user_01' } } };

const NOT_INSTALLED = 'the runtimes are not installed (npm run runtimes installs and tests them)';

test.skipIf(isInstalled)('the helpers work in Node 22, Bun, Deno, workerd, Next.js and NestJS', ({ skip }) =>
  skip(NOT_INSTALLED),
);

beforeAll(() => (isInstalled ? prepare() : undefined), 120_000);

describe.runIf(isInstalled).each(RUNTIMES)('%s', { timeout: 30_000 }, (name, start) => {
  let runtime: RunningRuntime;
  let api: TestApi;
  let cookies = 0;
  /** Whether work only outlives a request if waitUntil gets it. */
  const canWait = name.startsWith('workerd');

  beforeAll(async () => {
    runtime = await start();
  }, 60_000);
  afterAll(() => runtime?.close());
  beforeEach(async () => {
    // Another address each time, so that the runtime has no keys for it yet.
    api = await startApi();
  });
  afterEach(() => api.close());

  // Valid at any time that a test moves the clock to.
  const cookie = (claims: object = {}, signer = api.signer) =>
    sealText(
      JSON.stringify({
        user: { id: 'user_01' },
        accessToken: signer.token(goodClaims({ exp: 4_000_000_000, ...claims })),
        refreshToken: `refresh_token_of_cookie_${++cookies}`,
      }),
      PASSWORD,
    );
  const ask = (method: string, sessionData: string | undefined, more: object = {}, waitUntil = false) =>
    runtime.post(
      { options: { ...api.options, timeout: 1_000 }, cookiePassword: PASSWORD, sessionData, method, ...more },
      waitUntil,
    );

  test('distinguishes a valid cookie from all others', async () => {
    const forged = createSigner('key_1', 'the attacker’s own pair');
    const results: [string | undefined, object][] = [
      [cookie(), signedIn],
      [cookie({ exp: 1_700_000_000 }), { result: { reason: 'invalid_jwt' } }],
      [cookie({}, forged), { result: { reason: 'invalid_jwt' } }],
      [cookie().replace('*1*', '*2*'), { result: { reason: 'invalid_session_cookie' } }],
      ['Fe26.2*garbage', { result: { reason: 'invalid_session_cookie' } }],
      [undefined, { result: { reason: 'no_session_cookie_provided' } }],
    ];
    for (const [sessionData, result] of results) expect(await ask('authenticate', sessionData)).toMatchObject(result);
    expect(await ask('getLogOutUrl', cookie())).toMatchObject({ result: /session_id=session_01$/ });
  });

  test('refreshes a cookie, and opens what it sealed', async () => {
    const { result } = (await ask('refresh', cookie({ exp: 1_700_000_000 }))) as { result: { sealedSession: string } };
    expect(JSON.parse(openText(result.sealedSession, PASSWORD))).toMatchObject({ user: { email: 'ada@example.com' } });
    expect(await ask('authenticate', result.sealedSession)).toMatchObject(signedIn);
  });

  test('makes one exchange for two requests at once', async () => {
    const answers: (() => void)[] = [];
    api.onAuthenticate = (_request, _response, next) => answers.push(next);
    const sessionData = cookie();
    const first = ask('refresh', sessionData);
    await expect.poll(() => answers.length).toBe(1);
    const second = ask('refresh', sessionData);
    // Time for the second request to arrive, and to make an exchange of its own if it did.
    await new Promise((resolve) => setTimeout(resolve, 200));
    answers[0]!();
    expect(await Promise.all([first, second])).toMatchObject([signedIn, signedIn]);
    expect(api.requests).toHaveLength(1);
  });

  test('refreshes a cookie again whose first refresh was given up by its handler', async () => {
    const sessionData = cookie();
    api.onAuthenticate = never;
    expect(await ask('refresh', sessionData, { giveUpAfterMs: 200 })).toEqual({ gaveUp: true });
    api.onAuthenticate = properly;
    expect(await ask('refresh', sessionData)).toMatchObject(signedIn);
  });

  test('takes a rotated key after the fetch in the background was lost with its request', async () => {
    expect(await ask('authenticate', cookie())).toMatchObject(signedIn);
    api.onKeys = never;
    const later = { advanceClockMs: ELEVEN_MINUTES_MS };
    expect(await ask('authenticate', cookie(), later)).toMatchObject(signedIn);
    await expect.poll(() => api.keyRequests).toBe(2);
    api.onKeys = properly;
    const rotated = createSigner('key_2');
    api.keys = { keys: [rotated.jwk] };
    expect(await ask('authenticate', cookie({}, rotated))).toMatchObject(signedIn);
  });

  if (!canWait) return;

  test('finishes work that a handler gave up and passed to waitUntil', async () => {
    const sessionData = cookie();
    const answers: (() => void)[] = [];
    api.onAuthenticate = (_request, _response, next) => answers.push(next);
    expect(await ask('refresh', sessionData, { giveUpAfterMs: 50 }, true)).toEqual({ gaveUp: true });
    await expect.poll(() => answers.length).toBe(1);
    answers[0]!();
    expect(await ask('refresh', sessionData)).toMatchObject(signedIn);
    expect(api.requests).toHaveLength(1);
  });

  test('fetches keys in the background if it gets waitUntil', async () => {
    expect(await ask('authenticate', cookie())).toMatchObject(signedIn);
    const answers: (() => void)[] = [];
    api.onKeys = (_request, _response, next) => answers.push(next);
    const rotated = createSigner('key_2');
    api.keys = { keys: [rotated.jwk] };
    const later = { advanceClockMs: ELEVEN_MINUTES_MS };
    expect(await ask('authenticate', cookie(), later, true)).toMatchObject(signedIn);
    await expect.poll(() => answers.length).toBe(1);
    answers[0]!();
    expect(await ask('authenticate', cookie({}, rotated))).toMatchObject(signedIn);
    expect(api.keyRequests).toBe(2);
  });
});
