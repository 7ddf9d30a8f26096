import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { checkAccessToken, decodeClaims, verifyAccessToken, type TokenPolicy } from './access-token.ts';
import { KeySet } from './key-set.ts';
import { importKey, type PublicKey } from './public-key.ts';
import { startApi, type TestApi } from './testdata/api-server.ts';
import { runs } from './testdata/effort.ts';
import { refusedTokens } from './testdata/refused-tokens.ts';
import { createSigner, goodClaims } from './testdata/signer.ts';

let api: TestApi;
let keys: KeySet;
const signer = createSigner();
const nowSec = Math.floor(Date.now() / 1000);
const policy: TokenPolicy = {
  issuers: undefined,
  audiences: undefined,
  clockToleranceSec: 0,
  nowMs: nowSec * 1000 + 999,
};
const verify = (token: string, overrides: Partial<TokenPolicy> = {}) =>
  verifyAccessToken(token, keys, { ...policy, ...overrides });

beforeAll(async () => {
  api = await startApi(signer);
});
afterAll(() => api.close());
beforeEach(() => {
  keys = new KeySet(`http://127.0.0.1:${api.port}/sso/jwks/client_01`);
});

test('a valid token gives its claims, including those of your own template', async () => {
  const claims = goodClaims({ plan: 'team', limits: { seats: 5 } });
  expect(await verify(signer.token(claims))).toEqual(claims);
});

describe('refuses', () => {
  const good = signer.token(goodClaims());

  test.each(refusedTokens(signer))('%s', async (_about, token) => {
    expect(await verify(token)).toBeUndefined();
  });

  test('any mutation of a valid token, even after the valid one was seen', async () => {
    expect(await verify(good)).toBeDefined();
    const at = fc.nat(good.length - 1);
    const mutation = fc.oneof(
      fc.tuple(at, fc.string({ unit: 'binary', maxLength: 2 })).map(([i, x]) => good.slice(0, i) + x + good.slice(i)),
      fc.tuple(at, fc.integer({ min: 1, max: 9 })).map(([i, length]) => good.slice(0, i) + good.slice(i + length)),
      fc.tuple(at, fc.constantFrom(...'AQgwabz09-_.+/=')).map(([i, c]) => good.slice(0, i) + c + good.slice(i + 1)),
    );
    await fc.assert(
      fc.asyncProperty(mutation, async (token) => {
        fc.pre(token !== good);
        expect(await verify(token)).toBeUndefined();
      }),
      runs(500, 20_000),
    );
  }, 120_000);
});

test.each([
  ['malformed', 'no token'],
  ['no_session_id', signer.token(goodClaims({ sid: undefined }))],
  ['no_expiration', signer.token(goodClaims({ exp: undefined }))],
  ['malformed_time', signer.token(goodClaims({ nbf: 'now' }))],
  ['wrong_issuer', signer.token(goodClaims({ iss: 'https://other.example' }))],
  ['wrong_algorithm', signer.token(goodClaims(), { alg: 'none' })],
  ['unknown_extension', signer.token(goodClaims(), { crit: [] })],
  ['wrong_type', signer.token(goodClaims(), { typ: 'dpop+jwt' })],
  ['malformed_key_id', signer.token(goodClaims(), { kid: 1 })],
  ['unknown_key', signer.token(goodClaims(), { kid: 'key_9' })],
  ['wrong_signature', `${signer.token(goodClaims()).slice(0, -4)}AAAA`],
])('the first fault of a token is %s', async (fault, token) => {
  const issuers = [String(goodClaims()['iss'])];
  expect(await checkAccessToken(token, keys, { ...policy, issuers })).toBe(fault);
});

describe('the clock', () => {
  const at = (exp: number, nbf?: number) => signer.token(goodClaims({ exp: nowSec + exp, nbf: nbf && nowSec + nbf }));

  test.each([
    ['a token good for a second more', at(1), 0, true],
    ['a token expired a second ago', at(-1), 0, false],
    ['a token expired as long ago as clocks may differ', at(-30), 30, false],
    ['a token expired a little less long ago', at(-29), 30, true],
    ['a token that begins in the time by which clocks may differ', at(300, 30), 30, true],
    ['a token that begins a little later', at(300, 31), 30, false],
    ['a token issued in the future, by a clock ahead of ours', signer.token(goodClaims({ iat: nowSec + 60 })), 0, true],
  ])('%s', async (_about, token, clockToleranceSec, good) => {
    expect((await verify(token, { clockToleranceSec })) !== undefined).toBe(good);
  });

  test('a remembered token is refused once it has expired', async () => {
    const token = at(10);
    expect(await verify(token)).toBeDefined();
    expect(keys.verified.size).toBe(1);
    expect(await verify(token, { nowMs: (nowSec + 10) * 1000 })).toBeUndefined();
  });

  test('an expired token is refused even if no key can be fetched', async () => {
    const unreachable = new KeySet('http://127.0.0.1:1/');
    expect(await verifyAccessToken(at(-1), unreachable, policy)).toBeUndefined();
  });
});

describe('the issuer', () => {
  test.each([
    ['is not checked when none is asked for', undefined, undefined, true],
    ['is the one asked for', 'https://a.example', ['https://a.example'], true],
    ['is one of those asked for', 'https://b.example', ['https://a.example', 'https://b.example'], true],
    ['is another', 'https://c.example', ['https://a.example', 'https://b.example'], false],
    ['only begins like it', 'https://a.example/x', ['https://a.example'], false],
    ['is missing', undefined, ['https://a.example'], false],
    ['is a list', ['https://a.example'], ['https://a.example'], false],
  ])('%s', async (_about, iss, issuers, good) => {
    expect((await verify(signer.token(goodClaims({ iss })), { issuers })) !== undefined).toBe(good);
  });

  test('a remembered token is refused by a client that asks for another issuer', async () => {
    const token = signer.token(goodClaims({ iss: 'https://a.example' }));
    expect(await verify(token)).toBeDefined();
    expect(await verify(token, { issuers: ['https://b.example'] })).toBeUndefined();
  });
});

describe('the audience', () => {
  test.each([
    ['is not checked when none is asked for', 'https://a.example', undefined, true],
    ['is the one asked for', 'https://a.example', ['https://a.example'], true],
    ['is one of those asked for', 'https://b.example', ['https://a.example', 'https://b.example'], true],
    ['names the one asked for among others', ['https://a.example', 'https://c.example'], ['https://a.example'], true],
    ['is another', 'https://c.example', ['https://a.example'], false],
    ['is a list of others', ['https://c.example'], ['https://a.example'], false],
    ['is missing', undefined, ['https://a.example'], false],
    ['is an object', { 0: 'https://a.example' }, ['https://a.example'], false],
  ])('%s', async (_about, aud, audiences, good) => {
    expect((await verify(signer.token(goodClaims({ aud })), { audiences })) !== undefined).toBe(good);
  });
});

test.each([['JWT'], ['jwt'], ['at+jwt'], ['application/at+jwt'], [undefined]])(
  'a token of the type %s is an access token',
  async (typ) => {
    expect(await verify(signer.token(goodClaims(), { typ }))).toBeDefined();
  },
);

describe('a claim of the wrong type is left out', () => {
  const lists = ['roles', 'permissions', 'entitlements', 'feature_flags'];
  const texts = ['iss', 'sub', 'jti', 'org_id', 'role'];
  test.each([
    ...lists.flatMap((name): [string, unknown][] => [
      [name, 'posts:write all'],
      [name, { 0: 'posts:write' }],
      [name, ['posts:write', 7]],
      [name, null],
    ]),
    ...texts.flatMap((name): [string, unknown][] => [
      [name, 7],
      [name, ['admin']],
      [name, null],
    ]),
    ['aud', { 0: 'https://a.example' }],
  ])('%s: %j', async (name, value) => {
    const claims = await verify(signer.token(goodClaims({ [name]: value })));
    expect(claims).toHaveProperty('sid');
    expect(claims).not.toHaveProperty(name);
  });
});

describe('the memory of verified tokens', () => {
  test('what a caller does to the claims reaches nobody else', async () => {
    const token = signer.token(goodClaims());
    const first = await verify(token);
    first!.permissions!.push('everything');
    first!.sid = 'another';
    expect(await verify(token)).toEqual(goodClaims({ exp: expect.any(Number), iat: expect.any(Number) }));
  });

  test('the signature of a token that is seen again is not verified again', async () => {
    const key = await keys.find(signer.kid);
    const hasSigned = vi.spyOn(key!, 'hasSigned');
    const token = signer.token(goodClaims());
    expect(await verify(token)).toEqual(await verify(token));
    expect(hasSigned).toHaveBeenCalledTimes(1);
  });

  test('a token is verified again when the key under its id has changed', async () => {
    let now = Date.now();
    keys = new KeySet(`http://127.0.0.1:${api.port}/sso/jwks/client_01`, { now: () => now });
    const token = signer.token(goodClaims());
    expect(await verify(token)).toBeDefined();
    api.keys = { keys: [createSigner('key_1', 'the pair after').jwk] };
    now += 25 * 60 * 60_000;
    expect(await verify(token)).toBeUndefined();
    api.keys = { keys: [signer.jwk] };
  });

  test('a __proto__ claim does not reach the prototype of a copy', async () => {
    const claims = JSON.parse('{"__proto__":{"admin":true},"nested":{"__proto__":{"admin":true}}}') as object;
    const token = signer.token({ ...goodClaims(), ...claims });
    expect(Buffer.from(token.split('.')[1]!, 'base64url').toString()).toContain('"__proto__":{"admin"');
    const verified = await verify(token);
    expect(verified).toHaveProperty('nested');
    expect(Object.assign({}, verified)).not.toHaveProperty('admin');
    expect(JSON.stringify(verified)).not.toContain('__proto__');
  });
});

describe('a key is passed over', () => {
  const { jwk } = signer;
  const small = createSigner('small', 'a small pair', 1024).jwk;
  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
  test.each<[string, unknown]>([
    ['for encryption', { ...jwk, use: 'enc' }],
    ['for another algorithm', { ...jwk, alg: 'RS512' }],
    ['for other operations', { ...jwk, key_ops: ['encrypt'] }],
    ['with operations that are no list', { ...jwk, key_ops: 'verify' }],
    ['of 1,024 bits', small],
    ['on a curve', { ...ec, kid: 'key_1' }],
    ['that is symmetric', { kty: 'oct', k: 'AAAA', kid: 'key_1' }],
    ['without modulus', { ...jwk, n: undefined }],
    ['whose modulus is no base64url', { ...jwk, n: '!' }],
    ['without exponent', { ...jwk, e: '' }],
    ['that is empty', {}],
  ])('%s', async (_about, key) => {
    expect(await importKey(key as PublicKey)).toBeUndefined();
  });

  test('but not because of missing alg, use and key_ops, which are optional', async () => {
    const { kty, kid, n, e } = jwk;
    expect(await importKey({ kty, kid, n, e })).toMatchObject({ id: 'key_1' });
  });
});

test('claims are decoded without verification only where they have sid and exp', () => {
  expect(decodeClaims(signer.token(goodClaims()))).toMatchObject({ sid: 'session_01' });
  expect(decodeClaims(signer.token({ sid: 'session_01' }))).toBeUndefined();
  expect(decodeClaims('a.b.c')).toBeUndefined();
});
