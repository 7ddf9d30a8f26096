/** Broken cookies, sealed by real libraries, each with what the inspector must say about it. */
import { createServer } from 'node:http';
import { access } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import * as Iron from '@hapi/iron';
import { WorkOS as Vendor } from '@workos-inc/node';
import { sealData } from 'iron-session';
import * as WebIron from 'iron-webcrypto';
import fc from 'fast-check';
import { EncryptJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chunkCookie, serializeSessionCookie, setSessionCookie } from '../cookie.ts';
import { parseCookiePassword, sealPayload, sealSession, type SessionData } from '../seal.ts';
import { startApi, type TestApi } from '../testdata/api-server.ts';
import cookiesOfOthers from '../testdata/cookies-of-others.json' with { type: 'json' };
import { runs } from '../testdata/effort.ts';
import { refusedTokens } from '../testdata/refused-tokens.ts';
import { OLD_PASSWORD, PASSWORD, sealText } from '../testdata/seal-by-hand.ts';
import sessionsOfOthers from '../testdata/sessions-of-other-languages.json' with { type: 'json' };
import { createSigner, goodClaims, tokenWith } from '../testdata/signer.ts';
import { CAUSE_CODES, inspect, type CauseCode, type Inspection, type InspectOptions } from './index.ts';

const ROOT = new URL('../../../', import.meta.url);
const signer = createSigner();
const jwks = { keys: [signer.jwk] };
const KEYS = { title: 'keys.json', jwks };
const RIGHT: InspectOptions = { cookiePassword: PASSWORD, keys: KEYS };
const USER = { id: 'user_01', email: 'ada@example.com' };
const SECOND_MS = 1000;

/** A session that the helpers sealed. */
function seal(claims: Record<string, unknown> = {}, rest: object = {}, password = PASSWORD): Promise<string> {
  const accessToken = signer.token(goodClaims(claims));
  const data = { user: USER, accessToken, refreshToken: 'refresh_token_01', ...rest };
  return sealSession(data as unknown as SessionData, parseCookiePassword(password, 'test'));
}
const nowSec = () => Math.floor(Date.now() / SECOND_MS);
const large = (size: number) => seal({ custom: 'x'.repeat(size) });
const setCookies = (headers: readonly string[]) => headers.map((header) => `Set-Cookie: ${header}`).join('\n');
/** Chunks of a large session as a Cookie header, without those that `isKept` drops. */
async function chunked(isKept: (index: number) => boolean): Promise<string> {
  const chunks = chunkCookie(await large(5_500)).filter(({ value }) => value !== '');
  expect(chunks).toHaveLength(3);
  const kept = chunks.filter((_, index) => isKept(index));
  return `Cookie: theme=dark; ${kept.map(({ name, value }) => `${name}=${value}`).join('; ')}`;
}

/** A text with the form of a seal, and of this length. */
const shapeSeal = (length: number) => {
  const [before, after] = [`Fe26.2*1*${'0'.repeat(64)}*${'A'.repeat(22)}*`, `**${'0'.repeat(64)}*${'A'.repeat(43)}~2`];
  return before.padEnd(length - after.length, 'A') + after;
};
/** A session whose token names this key. */
const sealWithKey = (kid: string, claims: Record<string, unknown> = {}) =>
  seal({}, { accessToken: signer.token(goodClaims(claims), { kid }) });
const CLIENT_A = { iss: 'https://api.workos.com/user_management/client_A' };

let api: TestApi;
beforeAll(async () => {
  api = await startApi(signer);
});
afterAll(() => api.close());

type Row = [
  about: string,
  input: () => string | Promise<string>,
  options: InspectOptions,
  verdict: string,
  causes: CauseCode[],
  /** Beginnings of lines that the inspection has. */
  says?: string[],
];

/** Whole or cut texts at the limits of sizes. The name of the cookie has 11 bytes. */
const SIZES = (
  [
    [3_889, 'whole', ['wrong_password']],
    [3_890, 'whole', ['wrong_password', 'nearly_too_large']],
    [4_085, 'whole', ['wrong_password', 'nearly_too_large']],
    [4_086, 'whole', ['too_large', 'wrong_password']],
    [65_536, 'whole', ['too_large', 'wrong_password']],
    [65_537, 'whole', ['too_large', 'seal_endless']],
    [4_081, 'cut', ['cut_off']],
    [4_082, 'cut', ['cut_at_limit']],
    [4_086, 'cut', ['too_large', 'cut_at_limit']],
    [4_087, 'cut', ['too_large', 'cut_off']],
    [4_092, 'cut', ['too_large', 'cut_off']],
    [4_093, 'cut', ['too_large', 'cut_at_limit']],
    [4_097, 'cut', ['too_large', 'cut_at_limit']],
    [4_098, 'cut', ['too_large', 'cut_off']],
    [65_536, 'cut', ['too_large', 'cut_off']],
  ] satisfies [number, 'whole' | 'cut', CauseCode[]][]
).map(([length, form, causes]): Row => [
  `a ${form} seal of ${length} characters`,
  () => (form === 'whole' ? shapeSeal(length) : shapeSeal(70_000).slice(0, length)),
  RIGHT,
  'invalid_session_cookie',
  causes,
]);

const ROWS: Row[] = [
  [
    'a valid session',
    () => seal(),
    RIGHT,
    'true',
    [],
    [
      'input passed: This is the value of one cookie.\nsize: ',
      'seal passed: The seal is complete: 8 parts, ',
      'password id: 1\n',
      'expiration: none: the tokens expire, not the seal\n',
      'MAC: 43 characters, then version ~2\n',
      'password passed: The seal opens with the password.\n',
      'payload passed: ',
      'claims passed: The claims are accepted.\n',
      'roles: ["admin"]\n',
      'algorithm: "RS256"\nkey id: "key_1"\nkeys: keys.json (1 key)\n',
    ],
  ],
  [
    'a valid session in a Cookie header',
    async () => `Cookie: a=b; wos-session=${await seal()}; c=d`,
    RIGHT,
    'true',
    [],
    ['cookie passed: This Cookie header has the session in wos-session.\ncookies: a, wos-session, c\nwos-session: 1,'],
  ],
  [
    'a valid session in chunks',
    () => chunked(() => true),
    RIGHT,
    'true',
    [],
    [
      'cookie passed: This Cookie header has the session in 3 parts: wos-session.0, wos-session.1, and wos-session.2.\n',
    ],
  ],
  ['a session that the WorkOS SDK sealed', sealByVendor, RIGHT, 'true', []],
  [
    'a session of @hapi/iron, without a version',
    () =>
      Iron.seal({ user: USER, accessToken: signer.token(goodClaims()), refreshToken: 'r' }, PASSWORD, Iron.defaults),
    RIGHT,
    'true',
    [],
    ['password id: none\n', 'MAC: 43 characters, no version after it\n'],
  ],
  [
    'a session of iron-session with version ~1 and "persistent"',
    () =>
      sealText(
        JSON.stringify({ persistent: { user: USER, accessToken: signer.token(goodClaims()), refreshToken: 'r' } }),
        PASSWORD,
        { suffix: '~1' },
      ),
    RIGHT,
    'true',
    [],
  ],
  [
    'nothing',
    () => ' \n',
    RIGHT,
    'no_session_cookie_provided',
    ['nothing_given'],
    ['input failed: The input is empty.\n'],
  ],
  [
    'a header without the cookie',
    () => 'Cookie: a=b',
    RIGHT,
    'no_session_cookie_provided',
    ['no_such_cookie'],
    [
      'error no_such_cookie: There is no cookie wos-session among a.\n',
      'cookie failed: This Cookie header has no session under the name wos-session.\n',
    ],
  ],
  [
    'a cookie with another name',
    async () => `Cookie: session=${await seal()}`,
    RIGHT,
    'true',
    ['other_cookie_name'],
    ['cookie warned: This Cookie header has the session in session.\n'],
  ],
  [
    'a header that deletes the cookie',
    () => setCookies([serializeSessionCookie('', { maxAge: 0 })]),
    RIGHT,
    'no_session_cookie_provided',
    ['cookie_deleted'],
    ['cookie failed: This Set-Cookie header has no session under the name wos-session.\ncookies: none\n'],
  ],
  [
    'the same name twice, once of another password',
    async () => `wos-session=${await seal({}, {}, OLD_PASSWORD)}; wos-session=${await seal()}`,
    RIGHT,
    'true',
    ['wrong_password', 'several_cookies'],
    ['[wos-session (1 of 2)] seal passed: ', '[wos-session (2 of 2)] signature passed: '],
  ],
  [
    'a chunk missing in the middle',
    () => chunked((index) => index !== 1),
    RIGHT,
    'no_session_cookie_provided',
    ['chunk_missing'],
    [
      'error chunk_missing: The session was split, and its part wos-session.1 is missing. Present: wos-session.0 and wos-session.2.\n',
    ],
  ],
  [
    'the last chunk missing',
    () => chunked((index) => index < 2),
    RIGHT,
    'invalid_session_cookie',
    ['chunk_missing'],
    [
      'error chunk_missing: The session was split, and its part wos-session.2 is missing. Present: wos-session.0 and wos-session.1.\n',
    ],
  ],
  [
    'a cookie cut at 4,096 bytes',
    async () => `Cookie: wos-session=${(await large(5_000)).slice(0, 4_096 - 'wos-session'.length)}`,
    RIGHT,
    'invalid_session_cookie',
    ['cut_at_limit'],
    ['error cut_at_limit: The cookie was cut at 4,096 bytes: '],
  ],
  [
    'a seal cut in the ciphertext',
    async () => (await seal()).slice(0, 300),
    RIGHT,
    'invalid_session_cookie',
    ['cut_off'],
    ['error cut_off: The end of the seal is missing: it stops in the ciphertext.\n'],
  ],
  [
    'a seal cut in the MAC',
    async () => (await seal()).slice(0, -10),
    RIGHT,
    'invalid_session_cookie',
    ['cut_off'],
    ['error cut_off: The end of the seal is missing: it stops in the MAC.\n'],
  ],
  ['the end of a seal', async () => (await seal()).slice(200), RIGHT, 'invalid_session_cookie', ['beginning_missing']],
  [
    'a cookie too large for browsers',
    async () => setCookies([serializeSessionCookie(await large(5_000))]),
    RIGHT,
    'true',
    ['too_large'],
  ],
  [
    'a header that browsers refuse',
    async () => `Set-Cookie: wos-session=${await seal()}; Path=/; SameSite=None; HttpOnly`,
    RIGHT,
    'true',
    ['attributes_refused'],
  ],
  [
    'a value that was encoded twice',
    async () => `wos-session=${(await seal()).replaceAll('*', '%252A')}`,
    RIGHT,
    'invalid_session_cookie',
    ['encoded_twice'],
  ],
  [
    'a salt that is too short',
    async () => (await seal()).replace(/^(Fe26\.2\*1\*)\w{4}/, '$1'),
    RIGHT,
    'invalid_session_cookie',
    ['seal_damaged'],
    ['error seal_damaged: The salt of the seal is wrong: it has 60 characters, expected 64 characters.\n'],
  ],
  [
    'two cookies joined',
    async () => (await seal()) + (await seal()),
    RIGHT,
    'invalid_session_cookie',
    ['seal_damaged'],
    ['error seal_damaged: The MAC of the seal is wrong: it has 51 characters, expected 43'],
  ],
  [
    'an endless value',
    () => `Fe26.2*${'x'.repeat(70_000)}`,
    RIGHT,
    'invalid_session_cookie',
    ['too_large', 'seal_endless'],
  ],
  ['a seal of an old version', () => 'Fe26.1**a*b*c*d*e*f', RIGHT, 'invalid_session_cookie', ['other_seal_version']],
  [
    sessionsOfOthers.sessions[0]!.sealedBy,
    () => sessionsOfOthers.sessions[0]!.sealed,
    RIGHT,
    'invalid_session_cookie',
    ['vendor_ruby'],
  ],
  [
    sessionsOfOthers.sessions[1]!.sealedBy,
    () => `wos-session=${encodeURIComponent(sessionsOfOthers.sessions[1]!.sealed)}`,
    RIGHT,
    'invalid_session_cookie',
    ['vendor_ruby'],
    ['error vendor_ruby: This looks like a session of the WorkOS library for Ruby, up to version 6: '],
  ],
  [
    sessionsOfOthers.sessions[2]!.sealedBy,
    () => sessionsOfOthers.sessions[2]!.sealed,
    RIGHT,
    'invalid_session_cookie',
    ['vendor_python'],
  ],
  ['an encrypted JWT', sealByJose, RIGHT, 'invalid_session_cookie', ['encrypted_jwt']],
  [
    'an access token',
    () => signer.token(goodClaims()),
    RIGHT,
    'invalid_session_cookie',
    ['plain_jwt'],
    ['claims passed: '],
  ],
  ['the id of a stored session', () => crypto.randomUUID(), RIGHT, 'invalid_session_cookie', ['other_library']],
  ['a signed cookie of Express', () => 's%3Aabc.c2lnbmF0dXJl', RIGHT, 'invalid_session_cookie', ['other_library']],
  ['something else', () => 'hello, world', RIGHT, 'invalid_session_cookie', ['unknown_format']],
  [
    'a password that is too short',
    () => seal(),
    { ...RIGHT, cookiePassword: 'short' },
    'short_cookie_password',
    ['password_refused'],
  ],
  ['no password', () => seal(), { keys: KEYS }, 'undefined', ['password_unknown']],
  [
    'a wrong password',
    () => seal(),
    { ...RIGHT, cookiePassword: OLD_PASSWORD },
    'invalid_session_cookie',
    ['wrong_password'],
    ['error wrong_password: The password does not open the seal: '],
  ],
  [
    'a cookie that was changed after it was sealed',
    async () =>
      (await seal()).replace(/(\*[\w-]{22}\*)(.)/, (_, iv: string, first: string) => iv + (first === 'A' ? 'B' : 'A')),
    RIGHT,
    'invalid_session_cookie',
    ['wrong_password'],
  ],
  [
    'a password in quotes',
    () => seal(),
    { ...RIGHT, cookiePassword: `"${PASSWORD}"` },
    'invalid_session_cookie',
    ['password_altered'],
  ],
  [
    'a password that lost its line break',
    () => seal({}, {}, `${PASSWORD}\n`),
    RIGHT,
    'invalid_session_cookie',
    ['password_altered'],
  ],
  [
    'an old password of the list',
    () => seal({}, {}, OLD_PASSWORD),
    { ...RIGHT, cookiePassword: [PASSWORD, OLD_PASSWORD] },
    'true',
    ['old_password'],
    ['note old_password: Password 2 of 2 opens the seal, ', 'password passed: The seal opens with password 2 of 2.\n'],
  ],
  [
    'an old password of the map',
    () => seal({}, {}, OLD_PASSWORD),
    { ...RIGHT, cookiePassword: { 1: OLD_PASSWORD, 2: PASSWORD } },
    'true',
    ['old_password'],
    ['note old_password: The password "1" opens the seal, '],
  ],
  [
    'a seal of iron-session that has expired',
    () => sealText(JSON.stringify({ user: USER, accessToken: 'a.b.c' }), PASSWORD, { expiration: '1600000000000' }),
    RIGHT,
    'invalid_session_cookie',
    ['seal_expired'],
    [
      'expiration: 1600000000000\n',
      'error seal_expired: The seal has an expiration, and it passed 6 years ago (2020-09-13 12:26:40 UTC).\n',
    ],
  ],
  [
    'a session of another program with iron-session',
    () => sealData({ cart: [] }, { password: PASSWORD }),
    RIGHT,
    'invalid_session_cookie',
    ['not_authkit'],
    [
      'error not_authkit: The seal opens, but its content is not an AuthKit session: "accessToken" must be a string. It has cart.\n',
      'payload failed: ',
      'cart: object, hidden\n',
    ],
  ],
  [
    'a text that iron-webcrypto sealed',
    () => WebIron.seal('hello', { id: '1', secret: PASSWORD }, WebIron.defaults),
    RIGHT,
    'invalid_session_cookie',
    ['not_authkit'],
    [
      'error not_authkit: The seal opens, but its content is not an AuthKit session: "payload" must be a JSON object.\n',
      'Content: string, not an object\n',
    ],
  ],
  [
    'the fields of Ruby in a seal of Node.js',
    () => sealPayload({ access_token: 'a', refresh_token: 'r', user: USER }, parseCookiePassword(PASSWORD, 'test')),
    RIGHT,
    'invalid_session_cookie',
    ['snake_case'],
  ],
  [
    'a session without a refresh token',
    () => seal({}, { refreshToken: undefined }),
    RIGHT,
    'true',
    ['no_refresh_token'],
    ['payload warned: The content is an AuthKit session.\n'],
  ],
  [
    'an impersonated session',
    () => seal({}, { impersonator: { email: 'a@example.com' } }),
    RIGHT,
    'true',
    ['impersonated'],
    ['impersonator: a…@example.com, 25 characters\n'],
  ],
  [
    'an expired access token',
    () => seal({ exp: nowSec() - 10_000, iat: nowSec() - 10_300 }),
    RIGHT,
    'invalid_jwt',
    ['token_expired'],
    [
      'error token_expired: The access token expired 2 hours ago (',
      'This is normal after a few minutes: ',
      'claims failed: The claims are refused.\n',
    ],
  ],
  [
    'a clock that is slow',
    () => seal({ iat: nowSec() + 120, exp: nowSec() + 420 }),
    RIGHT,
    'true',
    ['clock_slow'],
    ['claims warned: '],
  ],
  [
    'a token of the future',
    () => seal({ nbf: nowSec() + 120, iat: nowSec() + 120, exp: nowSec() + 420 }),
    RIGHT,
    'invalid_jwt',
    ['not_yet_valid'],
  ],
  [
    'a token of the near future, with a tolerance',
    () => seal({ nbf: nowSec() + 3 }),
    { ...RIGHT, clockTolerance: 10 },
    'true',
    [],
  ],
  ['a token without a session', () => seal({ sid: undefined }), RIGHT, 'invalid_jwt', ['token_malformed']],
  [
    'a text in place of a token',
    () => seal({}, { accessToken: 'not a token' }),
    RIGHT,
    'invalid_jwt',
    ['token_malformed'],
    ['error token_malformed: The access token cannot be used: it is not a signed JWT.\n'],
  ],
  [
    'a token of another algorithm',
    () => seal({}, { accessToken: tokenWith('ES256', goodClaims()) }),
    RIGHT,
    'invalid_jwt',
    ['wrong_algorithm'],
  ],
  [
    'a token of another issuer',
    () => seal({ iss: 'https://auth.example.com' }),
    { ...RIGHT, issuer: 'https://api.workos.com' },
    'invalid_jwt',
    ['wrong_issuer'],
  ],
  [
    'a token for another audience',
    () => seal({ aud: 'billing' }),
    { ...RIGHT, audience: ['shop'] },
    'invalid_jwt',
    ['wrong_audience'],
    ['error wrong_audience: The audience of the access token is "billing", expected shop.\n'],
  ],
  [
    'a key that nobody knows',
    () => seal({}, { accessToken: signer.token(goodClaims(), { kid: 'key_9' }) }),
    RIGHT,
    'invalid_jwt',
    ['unknown_key'],
    ['error unknown_key: No signing key has the id "key_9". Known: "key_1".\n'],
  ],
  [
    'a session of another environment',
    () => sealWithKey('key_9', CLIENT_A),
    { ...RIGHT, clientId: 'client_B' },
    'invalid_jwt',
    ['other_client'],
    ['error other_client: The session belongs to client_A, but WORKOS_CLIENT_ID is client_B.\n'],
  ],
  [
    'a session of another environment, by the claim client_id',
    () => sealWithKey('key_9', { iss: { toString: 1 }, client_id: 'client_C' }),
    { ...RIGHT, clientId: 'client_B' },
    'invalid_jwt',
    ['other_client'],
    ['error other_client: The session belongs to client_C, '],
  ],
  [
    'an old key of the same environment',
    () => sealWithKey('key_9', CLIENT_A),
    { ...RIGHT, clientId: 'client_A' },
    'invalid_jwt',
    ['unknown_key'],
  ],
  ['an unknown key, and no client id', () => sealWithKey('key_9', CLIENT_A), RIGHT, 'invalid_jwt', ['unknown_key']],
  [
    'an unknown key of an issuer without a client id',
    () => sealWithKey('key_9'),
    { ...RIGHT, clientId: 'client_B' },
    'invalid_jwt',
    ['unknown_key'],
  ],
  [
    'a forged token that names another environment',
    () => seal({}, { accessToken: createSigner('key_1', 'an attacker').token(goodClaims(CLIENT_A)) }),
    { ...RIGHT, clientId: 'client_B' },
    'invalid_jwt',
    ['wrong_signature'],
  ],
  [
    'a token that another key signed',
    () => seal({}, { accessToken: createSigner('key_1', 'an attacker').token(goodClaims()) }),
    RIGHT,
    'invalid_jwt',
    ['wrong_signature'],
  ],
  [
    'an empty file of keys',
    () => seal(),
    { ...RIGHT, keys: { title: 'empty.json', jwks: { keys: [] } } },
    'keys_unavailable',
    ['keys_unavailable'],
  ],
  [
    'no keys',
    () => seal(),
    { cookiePassword: PASSWORD },
    'undefined',
    ['keys_not_given'],
    ['signature skipped: ', 'keys: none\n'],
  ],
  [
    'a short password, but no cookie',
    () => '',
    { cookiePassword: 'short' },
    'no_session_cookie_provided',
    ['nothing_given'],
  ],
  [
    'a header without any cookie',
    () => 'Cookie: theme',
    RIGHT,
    'no_session_cookie_provided',
    ['no_such_cookie'],
    ['error no_such_cookie: There is no cookie wos-session.\n'],
  ],
  [
    'another sealed cookie before it',
    async () => `Cookie: other=Fe26.2*1; wos-session=${await seal()}`,
    RIGHT,
    'true',
    [],
  ],
  [
    'chunks in another order',
    async () => (await chunked(() => true)).replace(/: (.*); (.*); (.*); (.*)$/, ': $4; $3; $2; $1'),
    RIGHT,
    'true',
    [],
    [
      'cookie passed: This Cookie header has the session in 3 parts: wos-session.0, wos-session.1, and wos-session.2.\n',
    ],
  ],
  [
    'the first chunk missing',
    () => chunked((index) => index > 0),
    RIGHT,
    'no_session_cookie_provided',
    ['chunk_missing'],
    ['error chunk_missing: The session was split, and its part wos-session.0 is missing. '],
  ],
  [
    'only the first chunk',
    () => chunked((index) => index < 1),
    RIGHT,
    'invalid_session_cookie',
    ['chunk_missing'],
    [
      'error chunk_missing: The session was split, and its part wos-session.1 is missing. Present: wos-session.0.\n',
      'cookie passed: This Cookie header has the session in 1 part: wos-session.0.\n',
    ],
  ],
  [
    'a response with two cookies',
    async () => `HTTP/1.1 200 OK\nETag: 1\n${setCookies([serializeSessionCookie(await seal()), 'theme=dark; Path=/'])}`,
    RIGHT,
    'true',
    [],
    [
      'cookie passed: This text has the session in wos-session.\ncookies: wos-session, theme\nignored: 2 other lines\nwos-session: 1,',
    ],
  ],
  [
    'a Set-Cookie header without its name',
    async () => serializeSessionCookie(await seal()),
    RIGHT,
    'true',
    [],
    ['cookie passed: This Set-Cookie header has the session in wos-session.\ncookies: wos-session\nwos-session: 1,'],
  ],
  [
    'a curl command in two lines',
    () => "curl https://example.com \\\n  -b 'wos-session=abc'",
    RIGHT,
    'invalid_session_cookie',
    ['unknown_format'],
    ['cookies: wos-session\nignored: 1 other line\nwos-session: 14 bytes\n'],
  ],
  [
    'cookies without the name of the header',
    () => 'wos-session=abc; a=b',
    RIGHT,
    'invalid_session_cookie',
    ['unknown_format'],
    ['cookies: wos-session, a\nwos-session: 14 bytes\n'],
  ],
  ['a long value that is not a seal', () => '?'.repeat(5_000), RIGHT, 'invalid_session_cookie', ['unknown_format']],
  ...SIZES,
  [
    'a seal cut in the salt',
    async () => (await seal()).slice(0, 60),
    RIGHT,
    'invalid_session_cookie',
    ['cut_off'],
    ['error cut_off: The end of the seal is missing: it stops in the salt.\n'],
  ],
  [
    'a seal cut after the salt',
    () => `Fe26.2*1*${'0'.repeat(64)}`,
    RIGHT,
    'invalid_session_cookie',
    ['cut_off'],
    ['error cut_off: The end of the seal is missing: it stops in the salt.\n'],
  ],
  [
    'a part after the seal',
    async () => `${await seal()}*`,
    RIGHT,
    'invalid_session_cookie',
    ['seal_damaged'],
    [
      'error seal_damaged: The format of the seal is wrong: it has 9 parts, expected 8 parts.\n',
      'MAC: 43 characters, then version ~2\n',
    ],
  ],
  [
    'a character after the seal',
    async () => `${await seal()}x`,
    RIGHT,
    'invalid_session_cookie',
    ['seal_damaged'],
    ['error seal_damaged: The MAC of the seal is wrong: it has 46 characters, '],
  ],
  [
    'two wrong passwords',
    () => seal({}, {}, 'a password of another environment'),
    { ...RIGHT, cookiePassword: [PASSWORD, OLD_PASSWORD] },
    'invalid_session_cookie',
    ['wrong_password'],
    ['error wrong_password: None of the 2 passwords opens the seal: '],
  ],
  [
    'a session with many fields',
    () => {
      const others = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`field${at + 1}`, at]));
      const known = { user: USER, accessToken: signer.token(goodClaims()), refreshToken: 'r' };
      const data = { ...known, organizationId: null, authenticationMethod: 'Password', ...others };
      return sealPayload(data, parseCookiePassword(PASSWORD, 'test'));
    },
    RIGHT,
    'true',
    [],
    ['organizationId: null\nauthenticationMethod: Password\n', 'field7: number, hidden\nclaims passed: '],
  ],
  [
    'a user without an email address',
    () => seal({}, { user: { id: 'user_02' } }),
    RIGHT,
    'true',
    [],
    ['user: user_02, 16 characters\n'],
  ],
  [
    'an expired access token without a refresh token',
    () => seal({ exp: nowSec() - 10_000 }, { refreshToken: undefined }),
    RIGHT,
    'invalid_jwt',
    ['token_expired', 'no_refresh_token'],
    ['Sign in again: there is no refresh token. '],
  ],
  [
    'a token whose expiration is a text',
    () => seal({ exp: 'soon' }),
    RIGHT,
    'invalid_jwt',
    ['token_malformed'],
    ['expires: "soon"\n'],
  ],
  [
    'a header that browsers accept',
    async () => `Set-Cookie: wos-session=${await seal()}; Path=/; SameSite=None; Secure`,
    RIGHT,
    'true',
    [],
  ],
  [
    'attributes that browsers ignore',
    async () => `Set-Cookie: wos-session=${await seal()}; Path=app; SameSite=Sometimes; Max-Age=soon`,
    RIGHT,
    'true',
    [],
  ],
  ...['Path=/app', 'Path=/; Domain=example.com'].map((attributes): Row => [
    `a name with a prefix that does not allow ${attributes}`,
    async () => `Set-Cookie: __Host-session=${await seal()}; ${attributes}; Secure`,
    { ...RIGHT, cookieName: '__Host-session' },
    'true',
    ['attributes_refused'],
    ['error attributes_refused: Browsers refuse this Set-Cookie header: if "name" begins with __Host-, '],
  ]),
];

/** A session as `@workos-inc/node` seals it after a sign-in. */
async function sealByVendor(): Promise<string> {
  const vendor = new Vendor(api.options);
  const session = { sealSession: true, cookiePassword: PASSWORD };
  return (await vendor.userManagement.authenticateWithCode({ code: 'code_1', session })).sealedSession!;
}

/** A token as Auth.js writes it. */
function sealByJose(): Promise<string> {
  const token = new EncryptJWT({ name: 'Ada' }).setProtectedHeader({ alg: 'dir', enc: 'A256CBC-HS512' });
  return token.encrypt(new Uint8Array(64).fill(7));
}

const describeVerdict = ({ authenticated, reason }: { authenticated: boolean | undefined; reason?: string }) =>
  reason ?? String(authenticated);

/** Everything that an inspection says, with each fact on a line. */
function describeLines({ causes, steps }: Inspection): string {
  const said = causes.map(({ severity, code, problem, remedy }) => `${severity} ${code}: ${problem}\n${remedy}\n`);
  const done = steps.map(({ cookie, step, outcome, summary, facts }) => {
    const found = facts.map(({ label, value }) => `${label}: ${value}\n`);
    return `${cookie === undefined ? '' : `[${cookie}] `}${step} ${outcome}: ${summary}\n${found.join('')}`;
  });
  return `\n${said.join('')}${done.join('')}`;
}

describe('broken cookies', () => {
  test.each(ROWS)('%s', async (_about, input, options, verdict, causes, says = []) => {
    const inspection = await inspect(await input(), options);
    expect([describeVerdict(inspection.verdict), ...inspection.causes.map(({ code }) => code)]).toEqual([
      verdict,
      ...causes,
    ]);
    for (const line of says) expect(describeLines(inspection)).toContain(`\n${line}`);
    // Nothing secret is shown, and everything is data.
    const shown = JSON.stringify(inspection);
    for (const secret of [PASSWORD, OLD_PASSWORD, 'refresh_token_01', 'ada@example.com'])
      expect(shown).not.toContain(secret);
    expect(shown).not.toMatch(/eyJ[\w-]+\.eyJ/);
    expect(JSON.parse(shown)).toEqual(inspection);
  });

  test('together have every cause', () => {
    expect(new Set(ROWS.flatMap(([, , , , causes]) => causes))).toEqual(new Set(CAUSE_CODES));
  });

  test('name pages that exist', async () => {
    for (const [, input, options] of ROWS) {
      const { causes, verdict } = await inspect(await input(), options);
      for (const page of [...causes.map((each) => each.page), verdict.page ?? '/guides/troubleshooting']) {
        const [path = '', anchor] = page.split('#');
        await access(new URL(`content${path}.mdx`, ROOT)).catch(() =>
          access(new URL(`content${path}/index.mdx`, ROOT)),
        );
        if (path.endsWith('/errors')) expect(anchor).toMatch(/^\w+$/);
      }
    }
  });
});

test.each(cookiesOfOthers.cookies)('opens a cookie sealed by $sealedBy', async ({ sealed }) => {
  const { steps } = await inspect(sealed, { cookiePassword: cookiesOfOthers.password, keys: KEYS });
  expect(steps.map(({ step, outcome }) => [step, outcome])).toEqual([
    ['input', 'passed'],
    ['seal', 'passed'],
    ['password', 'passed'],
    ['payload', 'passed'],
    ['claims', 'passed'],
    ['signature', 'failed'],
  ]);
});

test.each(refusedTokens(signer))('explains a token that is refused: %s', async (_about, accessToken) => {
  const sealed = await sealPayload(
    { user: USER, accessToken, refreshToken: 'r' },
    parseCookiePassword(PASSWORD, 'test'),
  );
  const { verdict, causes, steps } = await inspect(sealed, RIGHT);
  expect(verdict).toMatchObject({ authenticated: false });
  expect(causes.some(({ severity }) => severity === 'error')).toBe(true);
  expect(steps.filter(({ outcome }) => outcome === 'failed')).toHaveLength(1);
});

describe('the steps', () => {
  test('name sizes, times in words, and what is hidden by its length', async () => {
    const exp = nowSec() - 3 * 3_600;
    const { steps } = await inspect(await seal({ exp, iat: exp - 300, plan: 'team' }), RIGHT);
    const facts = Object.fromEntries(steps.flatMap((step) => step.facts.map(({ label, value }) => [label, value])));
    expect(facts).toMatchObject({
      prefix: 'Fe26.2',
      salt: '64 characters',
      MAC: '43 characters, then version ~2',
      refreshToken: '16 characters, hidden',
      user: expect.stringContaining('user_01, a…@example.com'),
      expires: expect.stringMatching(/^3 hours ago \(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC\)$/),
      role: 'admin',
      plan: '4 characters, hidden',
      keys: 'keys.json (1 key)',
    });
  });

  test('show secrets only if asked', async () => {
    const sealed = await seal({ plan: 'team' });
    const shown = JSON.stringify(await inspect(sealed, { ...RIGHT, secrets: 'shown' }));
    for (const secret of ['refresh_token_01', 'ada@example.com', '"team"']) expect(shown).toContain(secret);
    expect(shown).not.toContain(PASSWORD);
  });

  test('leave what a browser refuses an error, although the session in it is valid', async () => {
    const header = `Set-Cookie: wos-session=${await seal()}; Path=/; SameSite=None`;
    const { verdict, causes } = await inspect(header, RIGHT);
    expect([verdict.authenticated, causes[0]?.severity]).toEqual([true, 'error']);
    const twice = `wos-session=${await seal({}, {}, OLD_PASSWORD)}; wos-session=${await seal()}`;
    expect((await inspect(twice, RIGHT)).causes[0]?.severity).toBe('warning');
  });

  test('go on after a fault: a token that is expired and of an unknown key has both causes', async () => {
    const accessToken = signer.token(goodClaims({ exp: 1 }), { kid: 'key_9' });
    const { causes } = await inspect(await seal({}, { accessToken }), RIGHT);
    expect(causes.map(({ code }) => code)).toEqual(['token_expired', 'unknown_key']);
  });
});

describe('the input', () => {
  test.each([
    [
      'a copied curl command',
      (value: string) => `curl 'https://example.com/' -H 'accept: */*' -b 'a=b; wos-session=${value}' --compressed`,
    ],
    ['a curl header', (value: string) => `curl https://example.com -H 'Cookie: wos-session=${value}'`],
    [
      'what curl -v prints',
      (value: string) => `> GET / HTTP/1.1\n> Host: example.com\n> Cookie: wos-session=${value}\n>`,
    ],
    ['a whole response', (value: string) => `HTTP/1.1 302 Found\nLocation: /\n${setCookies(setSessionCookie(value))}`],
    ['a Set-Cookie header without its name', (value: string) => serializeSessionCookie(value)],
    ['a quoted value', (value: string) => `wos-session="${value}"`],
    ['a percent-encoded value', (value: string) => value.replaceAll('*', '%2A')],
    ['a value that a terminal has wrapped', (value: string) => value.replaceAll(/.{80}/g, '$&\n')],
    ['a value with a byte order mark', (value: string) => `\uFEFF${value}\r\n`],
  ])('can be %s', async (_about, wrap) => {
    const { verdict } = await inspect(wrap(await seal()), RIGHT);
    expect(verdict.authenticated).toBe(true);
  });
});

describe('whatever is pasted', () => {
  const letters = fc.string({ unit: fc.constantFrom(...'Fe26.2*~1=;, \n"%Aa0-+/:'), maxLength: 60 });
  const pasted = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 200 }),
    letters,
    letters.map((text) => `Cookie: wos-session=Fe26.2*${text}`),
    letters.map((text) => `Set-Cookie: wos-session=${text}`),
  );

  test('it is explained, and there is an error if and only if the helpers return no session', async () => {
    await fc.assert(
      fc.asyncProperty(pasted, async (text) => {
        const { verdict, causes, steps } = await inspect(text, RIGHT);
        expect(verdict.authenticated).toBe(false);
        expect(causes.some(({ severity }) => severity === 'error')).toBe(true);
        expect(steps.some(({ outcome }) => outcome === 'failed')).toBe(true);
      }),
      runs(300, 20_000),
    );
  });

  test.each([
    ['a megabyte of one letter', 'a'.repeat(1_000_000)],
    ['a megabyte of asterisks', `Fe26.2${'*'.repeat(1_000_000)}`],
    ['a megabyte of cookies', 'a=b; '.repeat(200_000)],
    ['a megabyte of curl options', "-b '".repeat(250_000)],
    ['a megabyte of dashes', `a${'--'.repeat(500_000)}`],
    ['ten thousand sessions', Array.from({ length: 10_000 }, (_, at) => `wos-session=Fe26.2*${at}`).join('; ')],
    ['a megabyte of lines', 'Cookie: a\n'.repeat(100_000)],
    ['a megabyte of blanks', `Cookie:${' '.repeat(1_000_000)}x`],
    // With time that grows faster than the text, it would take hours.
  ])('%s is read in good time', async (_about, text) => {
    expect((await inspect(text, RIGHT)).causes[0]).toBeDefined();
  });
});

test('makes no request unless keys are to be fetched', async () => {
  let requests = 0;
  const server = createServer(({ url }, response) => {
    requests++;
    response.statusCode = url === '/sso/jwks/client_01' ? 200 : 404;
    response.end(JSON.stringify(jwks));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const environment = { WORKOS_API_HOSTNAME: '127.0.0.1', WORKOS_API_PORT: String(port), WORKOS_API_HTTPS: 'false' };
  const before = { ...process.env };
  Object.assign(process.env, environment);
  try {
    const sealed = await seal();
    for (const keys of [undefined, KEYS]) await inspect(sealed, { cookiePassword: PASSWORD, keys });
    expect(requests).toBe(0);
    const { verdict } = await inspect(sealed, {
      cookiePassword: PASSWORD,
      keys: 'api',
      clientId: 'client_01',
    });
    expect([verdict.authenticated, requests]).toEqual([true, 1]);
    const other = await inspect(sealed, { cookiePassword: PASSWORD, keys: 'api', clientId: 'client_02' });
    expect(describeLines(other)).toContain(`\nkeys: http://127.0.0.1:${port}/sso/jwks/client_02 (0 keys)\n`);
    expect([other.verdict.reason, requests]).toEqual(['keys_unavailable', 3]);
  } finally {
    for (const name of Object.keys(environment)) delete process.env[name];
    Object.assign(process.env, before);
    server.close();
  }
});
