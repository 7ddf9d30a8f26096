import { expect, it } from 'vitest';
import { redactSecrets } from './secrets.ts';

const ENVIRONMENT = {
  WORKOS_API_KEY: 'sk_test_0123456789',
  WORKOS_CLIENT_ID: 'client_0123456789',
  WORKOS_API_PORT: '54321',
  WORKOS_COOKIE_PASSWORD: 'a-password-of-32-characters-long',
  SHORT_CODE: 'short',
};

it.each([
  ['a key from the environment', 'key sk_test_0123456789!', 'key <WORKOS_API_KEY (18 characters)>!'],
  [
    'the same secret twice',
    'sk_test_0123456789sk_test_0123456789',
    '<WORKOS_API_KEY (18 characters)><WORKOS_API_KEY (18 characters)>',
  ],
  [
    'a sealed value',
    'wos-session=Fe26.2*1*ab*cd*ef**gh*ij~2; Path=/',
    'wos-session=<a sealed value (26 characters)>; Path=/',
  ],
  ['a token', 'Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ1In0.c2ln', 'Bearer <a token (41 characters)>'],
  ['a truncated token', 'eyJhbGciOiJSUzI1NiJ9…', '<a token (20 characters)>…'],
])('replaces %s by its name and length', (_name, text, redacted) => {
  const { text: result, secrets } = redactSecrets(text, ENVIRONMENT);
  expect(result).toBe(redacted);
  expect(secrets.length).toBeGreaterThan(0);
});

it.each(['client_0123456789 at 127.0.0.1:54321', 'a short code', 'eyes on org_01JK303SQ8R2VDK97F38E46C5R'])(
  'does not change %j',
  (text) => {
    expect(redactSecrets(text, ENVIRONMENT)).toEqual({ text, secrets: [] });
  },
);
