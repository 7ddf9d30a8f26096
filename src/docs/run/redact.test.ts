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
