/** The implementation for runtimes without the modules of Node, compared with these modules. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { afterAll, expect, test } from 'vitest';
import { startApi } from './testdata/api-server.ts';
import { OLD_PASSWORD, PASSWORD, openText, sealText } from './testdata/seal-by-hand.ts';
import { refusedTokens } from './testdata/refused-tokens.ts';
import { createSigner, goodClaims } from './testdata/signer.ts';
import type { Functions } from './testdata/without-node.ts';

const worker = new Worker(new URL('testdata/without-node.ts', import.meta.url));
afterAll(() => worker.terminate());

async function call<Name extends keyof Functions>(
  name: Name,
  ...args: Parameters<Functions[Name]>
): Promise<Awaited<ReturnType<Functions[Name]>>> {
  const answered = once(worker, 'message');
  worker.postMessage({ name, args });
  return (await answered)[0];
}

const SESSION = { accessToken: 'ey', refreshToken: 'rt', user: { id: 'user_01' } };

test('no module of Node has been found', async () => {
  expect(await call('isWithoutNode')).toBe(true);
});

// Before the first request, because the answer is remembered.
test('the option cache is left out if the runtime throws for it', async () => {
  expect(await call('uncachedIfRefused')).toEqual({});
});

test.each(['', 'a', 'Zoë 李 🚀', '\ufeffafter a byte order mark'])('the text %j is decoded', async (text) => {
  expect(await call('decodeBase64urlText', Buffer.from(text).toString('base64url'))).toBe(text);
});

test.each(['AQI', 'AQJ', 'AQI=', 'AQ I', 'A', '_-8', '/+8', ''])('the bytes %j are decoded if exact', async (text) => {
  const bytes = Buffer.from(text, 'base64url');
  const isExact = bytes.toString('base64url') === text;
  expect((await call('decodeBase64urlExactly', text))?.join()).toBe(isExact ? bytes.join() : undefined);
});

test('seals are those of node:crypto', async () => {
  expect(JSON.parse(openText(await call('seal', SESSION), PASSWORD))).toEqual(SESSION);
  const sealed = (password: string) => sealText(JSON.stringify(SESSION), password);
  expect(await call('unseal', sealed(PASSWORD))).toEqual({ data: SESSION, needsReseal: false });
  expect(await call('unseal', sealed(OLD_PASSWORD))).toEqual({ data: SESSION, needsReseal: true });
  expect(await call('unseal', sealed(PASSWORD).replace('Fe26.2*1*', 'Fe26.2*2*'))).toBeUndefined();
});

test('a seal expires at its time, on the clock that is given', async () => {
  const seal = sealText(JSON.stringify(SESSION), PASSWORD, { expiration: '1000000000' });
  expect(await call('unsealAt', seal, 900_000_000)).toMatchObject({ data: SESSION });
  expect(await call('unsealAt', seal, 1_100_000_000)).toBeUndefined();
});

test('the same tokens are verified, and the same are refused', async () => {
  const signer = createSigner();
  const api = await startApi(signer);
  const claims = goodClaims();
  const refused = refusedTokens(signer);
  const tokens = [signer.token(claims), ...refused.map(([, token]) => token)];
  const verified = await call('verify', `http://127.0.0.1:${api.port}/sso/jwks/client_01`, tokens);
  expect(verified[0]).toEqual(claims);
  expect(refused.filter((_, index) => verified[index + 1] !== undefined).map(([about]) => about)).toEqual([]);
  await api.close();
});
