/**
 * Tokens judged by jose, and seals by @hapi/iron, side by side with ours: a few hundred mutations here, 100,000 in the
 * nightly run. Ours may refuse more, for the reasons listed; it never accepts what they refuse.
 */
import * as Iron from '@hapi/iron';
import fc from 'fast-check';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { describe, expect, test } from 'vitest';
import { verifyAccessToken } from './access-token.ts';
import { KeySet } from './key-set.ts';
import { parseCookiePassword, sealSession, unsealSession, type SessionData } from './seal.ts';
import { runs } from './testdata/effort.ts';
import { refusedTokens } from './testdata/refused-tokens.ts';
import { OLD_PASSWORD, PASSWORD, sealText, type SealParts } from './testdata/seal-by-hand.ts';
import vectors from './testdata/seal-vectors.json' with { type: 'json' };
import { createSigner, goodClaims } from './testdata/signer.ts';

const HOUR_MS = 60 * 60_000;
/** Why ours refuses what the other accepts; each has a case in the corpus. */
type Reasons = readonly [reason: string, applies: (text: string, theirs: unknown) => boolean][];

/** Inserts, removes and replaces letters, and puts a part of another text in the place of one. */
function mutationsOf(corpus: string[], separator: string, letters: string): fc.Arbitrary<string> {
  const at = fc.nat(5_000);
  const mutate = fc.oneof(
    fc.tuple(at, fc.string({ unit: 'binary', maxLength: 2 })).map(([i, x]) => [i, 0, x] as const),
    fc.tuple(at, fc.integer({ min: 1, max: 80 })).map(([i, length]) => [i, length, ''] as const),
    fc.tuple(at, fc.constantFrom(...letters)).map(([i, letter]) => [i, 1, letter] as const),
  );
  const edited = fc.tuple(fc.constantFrom(...corpus), mutate).map(([text, [at, length, put]]) => {
    const i = text.length === 0 ? 0 : at % text.length;
    return text.slice(0, i) + put + text.slice(i + length);
  });
  const crossed = fc.tuple(fc.constantFrom(...corpus), fc.constantFrom(...corpus), fc.nat(8)).map(([one, other, n]) => {
    const parts = one.split(separator);
    return parts.with(n % parts.length, other.split(separator)[n % parts.length] ?? '').join(separator);
  });
  return fc.oneof(edited, crossed);
}

describe('tokens', () => {
  const signer = createSigner();
  const nowMs = Date.now();
  const nowSec = Math.floor(nowMs / 1000);
  const jwks = { keys: [signer.jwk] };
  const keys = new KeySet('https://api.example', { fetchFn: async () => Response.json(jwks), now: () => nowMs });
  const policy = { issuers: undefined, audiences: undefined, clockToleranceSec: 0, expired: 'refused' as const, nowMs };
  const encode = (text: string) => Buffer.from(text).toString('base64url');
  const decode = (token: string, part: 0 | 1): Record<string, unknown> => {
    try {
      return JSON.parse(new TextDecoder().decode(Buffer.from(token.split('.')[part] ?? '', 'base64url'))) as never;
    } catch {
      return {};
    }
  };
  const [header = '', claims = '', signature = ''] = signer.token(goodClaims()).split('.');
  const spare = signature.slice(0, -1) + String.fromCharCode(signature.charCodeAt(signature.length - 1) + 1);

  const corpus = [
    ...refusedTokens(signer).map(([, token]) => token),
    signer.token(goodClaims()),
    signer.token(goodClaims(), { typ: undefined }),
    signer.token(goodClaims(), { typ: 'at+JWT' }),
    signer.token(goodClaims(), { kid: undefined }),
    signer.token(goodClaims(), { jku: 'https://attacker.example/', jwk: createSigner('key_1', 'another pair').jwk }),
    signer.token(goodClaims({ permissions: 'posts:write all', role: ['admin'], org_id: 7 })),
    signer.token(goodClaims({ aud: 'https://a.example', plan: { name: 'team 李 🚀' } })),
    signer.token(goodClaims({ nbf: nowSec, iat: nowSec + 600, exp: nowSec + 1.5 })),
    signer.token({ sid: 'session_01', exp: nowSec + 1 }),
    signer.sign(encode(' { "alg" : "RS256" } '), encode(`{"exp":1,"sid":"s","exp":${nowSec + 9}}`)),
    signer.sign(header, encode(`\ufeff${JSON.stringify(goodClaims())}`)),
    signer.sign(`${header}==`, claims),
    signer.sign(header, `${claims.slice(0, 20)}\n${claims.slice(20)}`),
    `${header}.${claims}.${spare}`,
    `${header}.${claims}.${signature.slice(0, 9)} ${signature.slice(9)}`,
  ];
  const isFiniteOrAbsent = (time: unknown) => time === undefined || Number.isFinite((time as number) * 1000);
  const refusedByUs: Reasons = [
    [
      'the session id is not a string',
      (token) => typeof decode(token, 1)['sid'] !== 'string' || !decode(token, 1)['sid'],
    ],
    [
      'a time is not finite',
      (token) => !['exp', 'nbf', 'iat'].every((name) => isFiniteOrAbsent(decode(token, 1)[name])),
    ],
    [
      'another kind of token',
      (token) => !/^(application\/)?(at\+)?jwt$/i.test(String(decode(token, 0)['typ'] ?? 'JWT')),
    ],
    ['a type that is not a string', (token) => !['string', 'undefined'].includes(typeof decode(token, 0)['typ'])],
    ['the b64 extension, which is not spoken here', (token) => 'b64' in decode(token, 0)],
    ['one signature has one spelling', (token) => !isCanonical(token.split('.')[2])],
    ['header and claims have no padding and no blanks', (token) => /[^\w.-]/.test(token)],
    ['a byte order mark is not JSON', (token) => Buffer.from(token.split('.')[1]!, 'base64url')[0] === 0xef],
  ];

  async function judge(token: string): Promise<{ ours: unknown; theirs: unknown }> {
    const [ours, theirs] = await Promise.all([
      verifyAccessToken(token, keys, policy),
      jwtVerify(token, createLocalJWKSet(jwks), {
        algorithms: ['RS256'],
        requiredClaims: ['exp', 'sid'],
        currentDate: new Date(nowMs),
      }).then(
        ({ payload }) => payload,
        () => undefined,
      ),
    ]);
    return { ours, theirs };
  }

  /** The reason why ours refuses what jose accepts; undefined where both say the same. */
  async function compare(token: string): Promise<string | undefined> {
    const { ours, theirs } = await judge(token);
    if (ours !== undefined) expect(theirs, 'ours accepts what jose refuses').toEqual(expect.objectContaining(ours));
    if (ours !== undefined || theirs === undefined) return undefined;
    const [reason] = refusedByUs.find(([, applies]) => applies(token, theirs)) ?? [];
    expect(reason, 'ours refuses what jose accepts, for no reason that is listed').toBeDefined();
    return reason;
  }

  test(`${corpus.length} tokens get jose’s verdict, except for the reasons listed, each of which has a token`, async () => {
    expect(corpus.length).toBeGreaterThanOrEqual(60);
    const reasons = new Set<string | undefined>();
    for (const token of corpus) reasons.add(await compare(token));
    expect(refusedByUs.map(([reason]) => reason).filter((reason) => !reasons.has(reason))).toEqual([]);
  });

  test('and so do mutations of their text', { timeout: HOUR_MS }, async () => {
    const mutations = mutationsOf(corpus, '.', 'AQgwabz09-_.+/= \n');
    await fc.assert(
      fc.asyncProperty(mutations, async (token) => void (await compare(token))),
      runs(400, 50_000),
    );
  });

  test('so do tokens with any header and claims, signed by the right key', { timeout: HOUR_MS }, async () => {
    const times = [nowSec - 1, nowSec, nowSec + 0.5, nowSec + 1, 1e308, -1, 0];
    const odd = fc.constantFrom<unknown>(undefined, null, '', '0', true, [], {}, ['a'], 'RS256', 'JWT', ...times);
    const field = (...names: string[]) => fc.dictionary(fc.constantFrom(...names), odd, { maxKeys: 2 });
    const token = fc
      .tuple(
        field('alg', 'typ', 'kid', 'crit', 'b64', 'jwk', 'zip'),
        field('sid', 'exp', 'nbf', 'iat', 'iss', 'aud', 'sub', 'jti', 'role', 'permissions', '__proto__'),
      )
      .map(([header, claims]) => signer.token(goodClaims({ ...claims }), { ...header }));
    await fc.assert(
      fc.asyncProperty(token, async (text) => void (await compare(text))),
      runs(150, 50_000),
    );
  });
});

/** Whether the spare bits of the last letter are zero, and all letters are base64url. */
function isCanonical(text = ''): boolean {
  return Buffer.from(text, 'base64url').toString('base64url') === text;
}

describe('seals', () => {
  const keyring = parseCookiePassword(PASSWORD, 'test');
  const session = { user: { id: 'user_01', name: 'Zoë 李 🚀' }, accessToken: 'a.b.c', refreshToken: 'r' };
  const text = JSON.stringify(session);
  const inMs = (ms: number) => String(Date.now() + ms);
  const seal = (parts: SealParts = {}, payload = text, password = PASSWORD) => sealText(payload, password, parts);
  const zeros = '0'.repeat(64);
  /** Passwords by id for Iron, which looks up what the seal names where ours tries all. */
  const passwordsFor = (id: string) => Object.assign(Object.create(null) as object, { [id || 'default']: PASSWORD });

  const payloads = ['', 'text', '1', 'null', '[]', '{}', '{"user":{"id":"u"}}', '{"accessToken":"a","user":{}}'];
  const corpus = [
    ...vectors.map(({ sealed }) => sealed),
    seal(),
    ...['', '1', '2', 'old', '_', 'a'.repeat(64), '__proto__', 'constructor'].map((passwordId) => seal({ passwordId })),
    ...['~1', '~2', '', '~3', '~', '~22', '~x'].map((suffix) => seal({ suffix })),
    ...payloads.map((payload) => seal({}, payload)),
    ...[-HOUR_MS, -61_000, -55_000, 0, HOUR_MS].map((ms) => seal({ expiration: inMs(ms) })),
    ...['never', '-1', '1e99', `0${inMs(HOUR_MS)}`, '9'.repeat(20), '9'.repeat(400)].map((expiration) =>
      seal({ expiration }),
    ),
    ...[zeros, 'F'.repeat(64), 'salt', ''].flatMap((salt) => [seal({ salt }), seal({ macSalt: salt })]),
    seal({ iv: Buffer.alloc(16) }),
    seal({ passwordId: 'a b' }),
    seal({ passwordId: 'a'.repeat(65) }),
    seal({}, text, OLD_PASSWORD),
    seal({}, '{"accessToken":"a","user":{"id":"u"},"__proto__":{"admin":true}}'),
    seal({}, '{"accessToken":"a","user":{"id":"u","x":[{"\\u005f_proto__":1}]}}'),
    seal({}, `{"accessToken":"a","user":{"id":"u"},"pad":"${'x'.repeat(60_000)}"}`),
    seal().replace('Fe26.2', 'Fe26.1'),
    `${seal()}*`,
    ` ${seal()}`,
    'Fe26.2*1*a*b*c**d*e',
    '*******',
    '',
  ];
  const partsOf = (sealed: string) => sealed.replace(/~[12]$/, '').split('*');
  const refusedByUs: Reasons = [
    ['what was sealed is no session', (_sealed, theirs) => !isSession(theirs)],
    ['longer than browsers and servers carry', (sealed) => sealed.length > 65_536],
    ['a salt as nobody makes it', (sealed) => [2, 6].some((n) => !/^[0-9a-f]{64}$/.test(partsOf(sealed)[n] ?? ''))],
    ['an expiration as nobody writes it', (sealed) => !/^([1-9]\d{0,15})?$/.test(partsOf(sealed)[5] ?? '')],
    ['an id that no password can have', (sealed) => !/^\w{0,64}$/.test(partsOf(sealed)[1] ?? '')],
  ];

  async function compare(sealed: string): Promise<string | undefined> {
    const ours = (await unsealSession(sealed, keyring))?.data;
    const theirs: unknown = await Iron.unseal(
      sealed.replace(/~[12]$/, ''),
      passwordsFor(sealed.split('*')[1] ?? ''),
      Iron.defaults,
    ).catch(() => undefined);
    if (ours) expect(theirs, 'ours opens what Iron refuses').toMatchObject(ours);
    if (ours || theirs === undefined) return undefined;
    const [reason] = refusedByUs.find(([, applies]) => applies(sealed, theirs)) ?? [];
    expect(reason, 'ours refuses what Iron opens, for no reason that is listed').toBeDefined();
    return reason;
  }

  test(`${corpus.length} seals get Iron’s verdict, except for the reasons listed, each of which has a seal`, async () => {
    expect(corpus.length).toBeGreaterThanOrEqual(60);
    const reasons = new Set<string | undefined>();
    for (const sealed of corpus) reasons.add(await compare(sealed));
    expect(refusedByUs.map(([reason]) => reason).filter((reason) => !reasons.has(reason))).toEqual([]);
  });

  test('and so do mutations of them', { timeout: HOUR_MS }, async () => {
    const short = corpus.filter((sealed) => sealed.length < 5_000);
    const mutations = mutationsOf(short, '*', 'AQgwabz09-_*+/=~2 \n');
    await fc.assert(
      fc.asyncProperty(mutations, async (sealed) => void (await compare(sealed))),
      runs(400, 100_000),
    );
  });

  test('what ours seals, Iron opens', async () => {
    const sealed = await sealSession(session as unknown as SessionData, keyring);
    expect(await Iron.unseal(sealed.slice(0, -2), PASSWORD, Iron.defaults)).toEqual(session);
  });
});

function isSession(payload: unknown): boolean {
  const { accessToken, user } = (payload ?? {}) as Partial<SessionData>;
  return typeof accessToken === 'string' && accessToken !== '' && typeof user?.id === 'string' && user.id !== '';
}
