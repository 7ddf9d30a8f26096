import { expect, it } from 'vitest';
import { redactBody } from './redact.ts';

it.each([
  ['a token', { access_token: 'opaque' }, { access_token: 'access_token (6 characters)' }],
  ['the API key', { client_secret: 'sk_test_1' }, { client_secret: 'client_secret (9 characters)' }],
  ['a code', { code: '01J' }, { code: 'code (3 characters)' }],
  ['a password', { password: 'orchards in may' }, { password: 'password (15 characters)' }],
  ['a token under another name', { note: 'eyJhbGciOi' }, { note: 'note (10 characters)' }],
  ['a seal in a list', { all: ['Fe26.2*1*ab'] }, { all: ['0 (11 characters)'] }],
  ['a long text', { n: 'x'.repeat(100) }, { n: `${'x'.repeat(24)}… (100 characters)` }],
])('replaces %s by its name and length', (_what, body, shown) => {
  expect(JSON.parse(redactBody(JSON.stringify(body)))).toEqual(shown);
});

it.each([
  'token',
  'refresh_token',
  'pendingAuthenticationToken',
  'secret',
  'password',
  'Cookie',
  'sealed_session',
  'code',
])('replaces the value of %s, whatever it is', (name) => {
  expect(JSON.parse(redactBody(JSON.stringify({ outer: [{ [name]: 'short' }] })))).toEqual({
    outer: [{ [name]: `${name} (5 characters)` }],
  });
});

it.each(['country_code', 'codes', 'id', 'email'])('shows the value of %s, which is no secret', (name) => {
  expect(JSON.parse(redactBody(JSON.stringify({ [name]: 'short' })))).toEqual({ [name]: 'short' });
});

it.each(['eyJhbGciOi', 'Fe26.2*1*ab', 'sk_live_1'])(
  'replaces %s in any field, and shows it inside a sentence',
  (secret) => {
    expect(JSON.parse(redactBody(JSON.stringify({ note: secret, about: `not ${secret}` })))).toEqual({
      note: `note (${secret.length} characters)`,
      about: `not ${secret}`,
    });
  },
);

it('shows 72 characters, and cuts off what is longer', () => {
  const [whole, long] = ['x'.repeat(72), 'x'.repeat(73)];
  expect(JSON.parse(redactBody(JSON.stringify({ whole, long })))).toEqual({
    whole,
    long: `${'x'.repeat(24)}… (73 characters)`,
  });
});

it('keeps all other fields, one per line', () => {
  expect(redactBody('{"grant_type":"refresh_token","count":2}')).toBe(
    '{\n  "grant_type": "refresh_token",\n  "count": 2\n}',
  );
});

it.each([
  ['', ''],
  ['<html>', 'not JSON (6 characters)'],
])('shows %j as %j', (body, shown) => {
  expect(redactBody(body)).toBe(shown);
});
