import { createHmac } from 'node:crypto';
import * as Iron from '@hapi/iron';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { WorkOS } from './client.ts';
import { SessionError } from './errors.ts';
import { parseCookiePassword, sealSession, unsealSession, type CookiePassword, type SessionData } from './seal.ts';
import cookiesOfOthers from './testdata/cookies-of-others.json' with { type: 'json' };
import { runs } from './testdata/effort.ts';
import { OLD_PASSWORD, PASSWORD, openText, sealText } from './testdata/seal-by-hand.ts';
import vectors from './testdata/seal-vectors.json' with { type: 'json' };

const keyringOf = (password: CookiePassword) => parseCookiePassword(password, 'test');
const open = (seal: unknown, password: CookiePassword = PASSWORD) => unsealSession(seal, keyringOf(password));
const least = { user: { id: 'user_01' }, accessToken: 'a.b.c', refreshToken: 'r' } as SessionData;

describe('the format', () => {
  test.each(vectors)('opens the published vector: $about', async ({ sealed, password, data }) => {
    expect(await open(sealed, password)).toEqual({ data, needsReseal: false });
  });

  test.each(vectors)('the published vector is what node:crypto makes of its parts: $about', (vector) => {
    const { sealed, plaintext, password, passwordId, salt, iv, macSalt } = vector;
    const [, suffix = ''] = /(~\d)?$/.exec(sealed)!;
    const expiration = sealed.split('*')[5]!;
    const parts = { passwordId, salt, iv: Buffer.from(iv, 'base64url'), macSalt, suffix, expiration };
    expect(sealText(plaintext, password, parts)).toBe(sealed);
  });

  test.each(cookiesOfOthers.cookies)('opens a cookie sealed by $sealedBy', async ({ sealed }) => {
    const opened = await open(sealed, cookiesOfOthers.password);
    expect(opened?.data).toMatchObject({
      accessToken: cookiesOfOthers.accessToken,
      refreshToken: 'refresh_token_01',
      user: { id: 'user_01', email: 'ada@example.com' },
    });
  });

  test('seals what node:crypto opens, with the fields in the documented order and absent ones left out', async () => {
    const data = { refreshToken: 'r', accessToken: 'a.b.c', user: least.user, organizationId: 'org_01' };
    const seal = await sealSession(data, keyringOf(PASSWORD));
    expect(seal).toMatch(/^Fe26\.2\*1\*[0-9a-f]{64}\*[\w-]{22}\*[\w-]+\*\*[0-9a-f]{64}\*[\w-]{43}~2$/);
    expect(openText(seal, PASSWORD)).toBe(
      '{"organizationId":"org_01","user":{"id":"user_01"},"accessToken":"a.b.c","refreshToken":"r"}',
    );
  });

  test('sealing twice gives different texts', async () => {
    expect(await sealSession(least, keyringOf(PASSWORD))).not.toBe(await sealSession(least, keyringOf(PASSWORD)));
  });

  test('what is sealed is what is opened, for any session', async () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 });
    const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
    const session = fc.record({
      organizationId: optional(text),
      user: fc.record({ id: fc.string({ minLength: 1 }), name: fc.option(text), metadata: fc.dictionary(text, text) }),
      accessToken: fc.string({ minLength: 1, maxLength: 3_000 }),
      refreshToken: optional(fc.string({ minLength: 1 })),
      authenticationMethod: optional(text),
      impersonator: optional(fc.record({ email: text, reason: fc.option(text) })),
    });
    await fc.assert(
      fc.asyncProperty(session, async (data) => {
        fc.pre(!JSON.stringify(data).includes('__proto__'));
        const keyring = keyringOf(PASSWORD);
        const opened = await unsealSession(await sealSession(data as SessionData, keyring), keyring);
        expect(opened?.data).toEqual(JSON.parse(JSON.stringify(data)));
      }),
      runs(100, 5_000),
    );
  });

  test('a session too large to be opened again is not sealed', async () => {
    const large = { ...least, accessToken: 'x'.repeat(60_000) };
    await expect(sealSession(large, keyringOf(PASSWORD))).rejects.toMatchObject({ code: 'session_too_large' });
  });
});

test('opens and refuses what Iron does, and gives the same', async () => {
  const letters = fc.string({ unit: 'grapheme', maxLength: 60 });
  const seals = fc.record({
    text: fc.oneof(
      letters.map((name) => JSON.stringify({ ...least, user: { id: 'user_01', name } })),
      letters,
    ),
    password: fc.constantFrom(PASSWORD, PASSWORD, OLD_PASSWORD),
    expiresInSec: fc.oneof(
      fc.constant(undefined),
      fc.integer({ min: -55, max: 1_000 }),
      fc.integer({ min: -1_000, max: -60 }),
    ),
    passwordId: fc.constantFrom('', '1', 'old'),
  });
  await fc.assert(
    fc.asyncProperty(seals, async ({ text, password, expiresInSec, passwordId }) => {
      const expiration = expiresInSec === undefined ? '' : String(Date.now() + expiresInSec * 1000);
      const seal = sealText(text, password, { passwordId, expiration, suffix: '' });
      const byIron = await Iron.unseal(seal, { [passwordId || 'default']: PASSWORD }, Iron.defaults).catch(
        () => undefined,
      );
      const isSession = typeof byIron === 'object' && byIron !== null && 'accessToken' in byIron;
      expect((await open(seal))?.data).toEqual(isSession ? byIron : undefined);
    }),
    runs(200, 20_000),
  );
});

describe('whatever bytes are in a cookie', () => {
  const good = sealText(JSON.stringify(least), PASSWORD);
  const parts = good.slice(0, -2).split('*');
  const withPart = (index: number, value: string) => `${parts.with(index, value).join('*')}~2`;
  const flip = (text: string) => (text.startsWith('A') ? `B${text.slice(1)}` : `A${text.slice(1)}`);

  test.each([
    ['another prefix', withPart(0, 'Fe26.1')],
    ['another password id', withPart(1, '2')],
    ['no password id', withPart(1, '')],
    ['the password id __proto__', withPart(1, '__proto__')],
    ['the password id constructor', withPart(1, 'constructor')],
    ['the password id toString', withPart(1, 'toString')],
    ['another salt', withPart(2, 'f'.repeat(64))],
    ['no salt', withPart(2, '')],
    ['another iv', withPart(3, flip(parts[3]!))],
    ['a short iv', withPart(3, 'AAAA')],
    ['another text', withPart(4, flip(parts[4]!))],
    ['no text', withPart(4, '')],
    ['a later expiration', withPart(5, '32503680000000')],
    ['an expiration that is not a number', withPart(5, 'never')],
    ['an expiration below zero', withPart(5, '-1')],
    ['an expiration of a thousand digits', withPart(5, '9'.repeat(1_000))],
    ['another MAC salt', withPart(6, 'f'.repeat(64))],
    ['another MAC', withPart(7, flip(parts[7]!))],
    ['a shorter MAC', withPart(7, parts[7]!.slice(0, -1))],
    ['no MAC', withPart(7, '')],
    ['a MAC written in another way', `${good.slice(0, -3)}${String.fromCharCode(good.at(-3)!.charCodeAt(0) + 1)}~2`],
    ['an unknown version', good.replace(/~2$/, '~3')],
    ['two versions', `${good}~2`],
    ['a version that is not a number', good.replace(/~2$/, '~x')],
    ['a part too many', `${good}*`],
    ['a part too few', parts.slice(0, 7).join('*')],
    ['two cookies joined', good + good],
    ['blanks around it', ` ${good} `],
    ['a line break after it', `${good}\n`],
    ['upper case', good.toUpperCase()],
    ['a cookie of another password', sealText(JSON.stringify(least), OLD_PASSWORD)],
    ['an expired cookie', sealText(JSON.stringify(least), PASSWORD, { expiration: '1600000000000' })],
    ['nothing', ''],
    ['asterisks', '*******'],
    ['emoji', '🍪'.repeat(100)],
    ['a lone surrogate', '\ud800'],
    ['a zero byte', '\0'],
    ['a number', 7],
    ['an object', { toString: () => good }],
    ['a list', [good]],
  ])('%s is not a session', async (_about, seal) => {
    expect(await open(seal)).toBeUndefined();
    expect(await open(seal, [PASSWORD, OLD_PASSWORD.toUpperCase()])).toBeUndefined();
  });

  test('a clock may be a minute behind for the expiration of a cookie, and no more', async () => {
    const expiredFor = (seconds: number) =>
      sealText(JSON.stringify(least), PASSWORD, { expiration: String(Date.now() - seconds * 1000) });
    expect((await open(expiredFor(50)))?.data.user.id).toBe('user_01');
    expect(await open(expiredFor(60))).toBeUndefined();
  });

  test('a cookie of 65,536 characters opens, a longer one does not, even with a valid MAC', async () => {
    const sealOf = (characters: number) =>
      sealText(JSON.stringify({ ...least, pad: 'x'.repeat(characters) }), PASSWORD);
    const fits = sealOf(48_600);
    expect(fits.length).toBeGreaterThan(65_000);
    expect(fits.length).toBeLessThanOrEqual(65_536);
    expect((await open(fits))?.data.user.id).toBe('user_01');
    expect(await open(sealOf(50_000))).toBeUndefined();
  });

  test('10 MB of garbage is refused a hundred times in less than it takes to hash it once', async () => {
    const garbage = `${parts.with(4, 'A'.repeat(10_000_000)).join('*')}~2`;
    const cpuOf = async (work: () => unknown) => {
      const start = process.cpuUsage();
      await work();
      const { user, system } = process.cpuUsage(start);
      return user + system;
    };
    const keyring = keyringOf(PASSWORD);
    const refusals = await cpuOf(async () => {
      for (let i = 0; i < 100; i++) expect(await unsealSession(garbage, keyring)).toBeUndefined();
    });
    expect(refusals).toBeLessThan(await cpuOf(() => createHmac('sha256', PASSWORD).update(garbage).digest()));
  });

  test.each([
    ['text', 'not JSON'],
    ['nothing', ''],
    ['a number', '1'],
    ['null', 'null'],
    ['a list', '[]'],
    ['an empty object', '{}'],
    ['no access token', '{"user":{"id":"u"},"refreshToken":"r"}'],
    ['an access token that is a number', '{"user":{"id":"u"},"accessToken":1}'],
    ['an empty access token', '{"user":{"id":"u"},"accessToken":""}'],
    ['no user', '{"accessToken":"a.b.c"}'],
    ['a user without id', '{"accessToken":"a.b.c","user":{}}'],
    ['a user that is a list', '{"accessToken":"a.b.c","user":["u"]}'],
    ['a refresh token that is an object', '{"accessToken":"a.b.c","user":{"id":"u"},"refreshToken":{}}'],
    ['an impersonator that is a text', '{"accessToken":"a.b.c","user":{"id":"u"},"impersonator":"me"}'],
    ['a __proto__ key', '{"accessToken":"a.b.c","user":{"id":"u"},"__proto__":{"admin":true}}'],
    ['a __proto__ key further in', '{"accessToken":"a.b.c","user":{"id":"u","x":[{"__proto__":{"admin":true}}]}}'],
    ['an escaped __proto__ key', '{"accessToken":"a.b.c","user":{"id":"u","\\u005f_proto__":{"admin":true}}}'],
    ['bytes that are not UTF-8', Buffer.from([0xff, 0xfe, 0x22])],
  ])('%s under a valid MAC is not a session', async (_about, text) => {
    expect(await open(sealText(text, PASSWORD))).toBeUndefined();
    expect(({} as { admin?: true }).admin).toBeUndefined();
  });

  test('keys named constructor and prototype stay data', async () => {
    const payload = '{"accessToken":"a.b.c","user":{"id":"u","constructor":{"prototype":{"admin":true}}}}';
    expect((await open(sealText(payload, PASSWORD)))?.data.user.id).toBe('u');
    expect(({} as { admin?: true }).admin).toBeUndefined();
  });

  test('any text at all is not a session', async () => {
    const character = fc.constantFrom('*', '~', '2', 'F', 'e', '.', 'A', '-', '_', '=', '\u0000', 'é', '🍪');
    const seal = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(character).map((list) => list.join('')),
    );
    await fc.assert(
      fc.asyncProperty(seal, async (text) => {
        expect(await open(text)).toBeUndefined();
      }),
      runs(500, 20_000),
    );
  });

  test('no mutation of a cookie is accepted', async () => {
    // Without its version, or with version 1, a cookie is the same cookie: the format has always said so.
    const same = new Set([good, good.slice(0, -2), `${good.slice(0, -2)}~1`]);
    const at = fc.nat(good.length);
    const mutation = fc.oneof(
      fc
        .tuple(at, fc.string({ unit: 'binary', maxLength: 3 }))
        .map(([i, text]) => good.slice(0, i) + text + good.slice(i)),
      fc.tuple(at, fc.integer({ min: 1, max: 80 })).map(([i, length]) => good.slice(0, i) + good.slice(i + length)),
      fc
        .tuple(at, fc.integer({ min: 32, max: 126 }))
        .map(([i, code]) => good.slice(0, i) + String.fromCharCode(code) + good.slice(i + 1)),
      fc.tuple(at, at).map(([i, j]) => good.slice(0, i) + good.slice(j)),
      fc.tuple(fc.nat(7), fc.nat(7)).map(([i, j]) => withPart(i, parts[j]!)),
    );
    await fc.assert(
      fc.asyncProperty(mutation, async (text) => {
        fc.pre(!same.has(text));
        expect(await open(text)).toBeUndefined();
      }),
      runs(2_000, 100_000),
    );
  }, 300_000);
});

describe('cookie passwords', () => {
  const NEW = 'a newer cookie password, also of 32 characters';
  const sealWith = (password: CookiePassword) => sealSession(least, keyringOf(password));

  test('the first of a list seals, with the id that the vendor can open', async () => {
    const seal = await sealWith([NEW, PASSWORD]);
    expect(seal).toMatch(/^Fe26\.2\*1\*/);
    expect(openText(seal, NEW)).toContain('user_01');
  });

  test('every password of a list opens, and only the first needs no new seal', async () => {
    expect((await open(await sealWith(PASSWORD), [NEW, PASSWORD]))?.needsReseal).toBe(true);
    expect((await open(await sealWith(NEW), [NEW, PASSWORD]))?.needsReseal).toBe(false);
    expect(await open(await sealWith(OLD_PASSWORD), [NEW, PASSWORD])).toBeUndefined();
  });

  test.each<[string, CookiePassword, string]>([
    ['the first of a map with names', { new: NEW, old: PASSWORD }, 'new'],
    ['the highest of a map with numbers, as in iron-session', { 1: PASSWORD, 2: NEW }, '2'],
    ['the highest of a map with numbers, whatever their number of digits', { 9: PASSWORD, 10: NEW }, '10'],
  ])('%s seals, under its id', async (_about, password, id) => {
    const seal = await sealWith(password);
    expect(seal.split('*')[1]).toBe(id);
    expect(openText(seal, NEW)).toContain('user_01');
    expect((await open(seal, password))?.needsReseal).toBe(false);
  });

  test('a map opens the seals of a single password, even without its id', async () => {
    expect((await open(await sealWith(PASSWORD), { new: NEW, old: PASSWORD }))?.needsReseal).toBe(true);
  });

  test.each<[string, unknown, string]>([
    ['undefined', undefined, 'missing_cookie_password'],
    ['null', null, 'missing_cookie_password'],
    ['an empty text', '', 'missing_cookie_password'],
    ['an empty list', [], 'missing_cookie_password'],
    ['an empty map', {}, 'missing_cookie_password'],
    ['a list with an empty text', [PASSWORD, ''], 'missing_cookie_password'],
    ['31 characters', 'x'.repeat(31), 'short_cookie_password'],
    ['a short one behind a long one', [PASSWORD, 'short'], 'short_cookie_password'],
    ['a number', 7, 'invalid_option'],
    ['a list of numbers', [7], 'invalid_option'],
    ['a map with an id of blanks', { 'my id': PASSWORD }, 'invalid_option'],
  ])('%s is no password', (_about, password, code) => {
    const parse = () => parseCookiePassword(password as CookiePassword, 'load sealed session');
    expect(parse).toThrow(SessionError);
    expect(parse).toThrow(expect.objectContaining({ code }) as Error);
    expect(parse).toThrow(/cookiePassword.*WORKOS_COOKIE_PASSWORD/);
  });

  test('32 characters are a password', () => {
    expect(keyringOf('x'.repeat(32))).toHaveLength(1);
  });
});

describe('sealing and opening without the API', () => {
  const { userManagement } = new WorkOS({ clientId: 'client_01' });
  const data = { user: { id: 'user_01' }, accessToken: 'a.b.c', refreshToken: 'r' } as SessionData;
  const options = { cookiePassword: PASSWORD };

  test('are inverses', async () => {
    expect(await userManagement.unsealSession(await userManagement.sealSession(data, options), options)).toEqual(data);
  });

  test('open nothing that was sealed with another password', async () => {
    const sealed = await userManagement.sealSession(data, options);
    expect(await userManagement.unsealSession(sealed, { cookiePassword: OLD_PASSWORD })).toBeUndefined();
    expect(await userManagement.unsealSession('garbage', options)).toBeUndefined();
  });

  test.each([{}, { accessToken: 'a' }, { user: { id: 'u' } }, null, undefined])('refuse %j', async (wrong) => {
    await expect(userManagement.sealSession(wrong as SessionData, options)).rejects.toMatchObject({
      code: 'invalid_option',
    });
  });
});
