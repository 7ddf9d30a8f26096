/** The implementation for runtimes without the modules of Node, compared with these modules. */
import { expect, test, vi } from 'vitest';
import { startApi } from './testdata/api-server.ts';
import { OLD_PASSWORD, PASSWORD, openText, sealText } from './testdata/seal-by-hand.ts';
import { refusedTokens } from './testdata/refused-tokens.ts';
import { createSigner, goodClaims } from './testdata/signer.ts';

const getBuiltinModule = vi.spyOn(process, 'getBuiltinModule').mockImplementation(() => {
  throw new Error('A module of Node is used');
});
const { decodeBase64urlExactly, decodeBase64urlText, nodeModules, uncached } = await import('./runtime.ts');
const isWithoutNode = nodeModules() === undefined;
getBuiltinModule.mockRestore();
const { parseCookiePassword, sealPayload, unsealPayload, unsealSession } = await import('./seal.ts');
const { verifyAccessToken } = await import('./access-token.ts');
const { KeySet } = await import('./key-set.ts');

const KEYRING = parseCookiePassword([PASSWORD, OLD_PASSWORD], 'seal session');
const SESSION = { accessToken: 'ey', refreshToken: 'rt', user: { id: 'user_01' } };

test('no module of Node has been found', () => {
  expect(isWithoutNode).toBe(true);
});

test('the option cache is left out if the runtime throws for it', () => {
  vi.stubGlobal('Request', function refuse() {
    throw new TypeError('The cache field on RequestInitializerDict is not implemented');
  });
  try {
    expect(uncached()).toEqual({});
  } finally {
    vi.unstubAllGlobals();
  }
});

test.each(['', 'a', 'Zoë 李 🚀', '\ufeffafter a byte order mark'])('the text %j is decoded', (text) => {
  expect(decodeBase64urlText(Buffer.from(text).toString('base64url'))).toBe(text);
});

test.each(['AQI', 'AQJ', 'AQI=', 'AQ I', 'A', '_-8', '/+8', ''])('the bytes %j are decoded if exact', (text) => {
  const bytes = Buffer.from(text, 'base64url');
  const isExact = bytes.toString('base64url') === text;
  expect(decodeBase64urlExactly(text)?.join()).toBe(isExact ? bytes.join() : undefined);
});

test('seals are those of node:crypto', async () => {
  expect(JSON.parse(openText(await sealPayload(SESSION, KEYRING), PASSWORD))).toEqual(SESSION);
  const sealed = (password: string) => sealText(JSON.stringify(SESSION), password);
  expect(await unsealSession(sealed(PASSWORD), KEYRING)).toEqual({ data: SESSION, needsReseal: false });
  expect(await unsealSession(sealed(OLD_PASSWORD), KEYRING)).toEqual({ data: SESSION, needsReseal: true });
  const changed = sealed(PASSWORD).replace(
    /\*(.)([^*]*\*\d*\*)/,
    (_, first, rest) => `*${first === 'A' ? 'B' : 'A'}${rest}`,
  );
  expect(await unsealSession(changed, KEYRING)).toBeUndefined();
});

test('a seal expires at its time, on the clock that is given', async () => {
  const seal = sealText(JSON.stringify(SESSION), PASSWORD, { expiration: '1000000000' });
  const unsealAt = (nowMs: number) => unsealPayload(seal, KEYRING, (payload) => payload, nowMs);
  expect(await unsealAt(900_000_000)).toMatchObject({ data: SESSION });
  expect(await unsealAt(1_100_000_000)).toBeUndefined();
});

test('the same tokens are verified, and the same are refused', async () => {
  const signer = createSigner();
  const api = await startApi(signer);
  const keys = new KeySet(`http://127.0.0.1:${api.port}/sso/jwks/client_01`);
  const policy = { issuers: undefined, audiences: undefined, clockToleranceSec: 0, nowMs: Date.now() };
  const verify = (token: string) => verifyAccessToken(token, keys, policy);
  const claims = goodClaims();
  expect(await verify(signer.token(claims))).toEqual(claims);
  for (const [about, token] of refusedTokens(signer)) expect(await verify(token), about).toBeUndefined();
  await api.close();
});
