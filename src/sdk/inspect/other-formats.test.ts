/** Values that are not seals, each with what the inspector takes it for. */
import { expect, test } from 'vitest';
import { encodeInput } from '../testdata/signer.ts';
import { recognizeFormat } from './other-formats.ts';

const NOW_MS = Date.UTC(2026, 0, 2);
const base64 = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64');
const fill = (first: number, length: number) => [first, ...Array.from({ length: length - 1 }, () => 0xff)];
/** A Fernet token of 2026-01-01, with the given number of bytes after the time. */
const fernet = (length: number) => base64([0x80, 0, 0, 0, 0, 0x69, 0x55, 0xb9, 0, ...fill(0xff, length)]);
const LIKE = 'This is not a sealed session. It looks like ';
const UNKNOWN = 'This is not a sealed session: a seal begins with Fe26.2';
const RUBY = 'This looks like a session of the WorkOS library for Ruby';
const PYTHON =
  'This is a Fernet token, as the WorkOS library for Python writes it. It was sealed 1 day ago (2026-01-01 00:00:00 UTC).';

test.each([
  ['Fe26.3*a', 'This is a seal of another version of the format: Fe26.3, expected'],
  [`x*${'a'.repeat(64)}*${'A'.repeat(43)}~2`, 'The beginning of the seal is missing.'],
  [`${encodeInput({ alg: 'dir', enc: 'A256GCM' }, {})}.a.b.c`, 'This is an encrypted JWT (JWE, "A256GCM"), as'],
  [
    `${encodeInput({ alg: 'dir', enc: { toString: 1 } }, {})}.a.b.c`,
    'This is an encrypted JWT (JWE, {"toString":1}), as',
  ],
  [`${encodeInput({ alg: 'RS256' }, { sid: 'session_01' })}.a`, 'This is an access token, not a sealed session.'],
  [`${encodeInput({ alg: 'RS256' }, { sub: 'user_01' })}.a`, 'This is a JWT, not a sealed session.'],
  ['a.b.c.d.e', UNKNOWN],
  [fernet(64), PYTHON],
  [fernet(80), PYTHON],
  [fernet(48), RUBY],
  [fernet(65), RUBY],
  [base64(fill(1, 30)), `${RUBY}, version 7 or later: `],
  [base64(fill(0xff, 30)), `${RUBY}, up to version 6: `],
  [base64(fill(0xff, 29)), UNKNOWN],
  ['YWJj--ZGVm--Z2hp', `${LIKE}an encrypted cookie of Ruby on Rails.`],
  [`YWJj--${'0'.repeat(40)}`, `${LIKE}a signed cookie of Ruby on Rails.`],
  ['s:abc.c2lnbmF0dXJl', `${LIKE}a signed cookie of Express, such as that of express-session.`],
  ['v4.local.abc', `${LIKE}a PASETO token.`],
  ['eJwrSS0uUSguKcrMSwcAHU8FEA.ZVdY4A.abc', `${LIKE}a signed session of Flask.`],
  ['abc:1r4Nd0:c2lnbmF0dXJl', `${LIKE}a signed value of Django.`],
  ['j:{"a":1}', `${LIKE}plain JSON.`],
  [Buffer.from('{"a":1}').toString('base64'), `${LIKE}JSON in base64, without encryption.`],
  ['x'.repeat(64), `${LIKE}the id of a session that a server stores.`],
  ['hello, world', `${UNKNOWN}, and this is 12 characters of something else.`],
])('recognizes %s', (value, problem) => {
  expect(recognizeFormat(value, NOW_MS).problem).toContain(problem);
});
