/** Access tokens at fixed times, so that limits of seconds can be met. */
import { expect, test } from 'vitest';
import { SessionError } from '../errors.ts';
import { KeySet } from '../key-set.ts';
import { createSigner, goodClaims } from '../testdata/signer.ts';
import { asSessionError, inspectToken } from './inspect-token.ts';

const NOW_SEC = 1_800_000_000;
const signer = createSigner();

test.each([
  [5, []],
  [
    6,
    [
      'The access token was issued 6 seconds in the future, so the clock of this machine is slow: it reads 2027-01-15 08:00:00 UTC.',
    ],
  ],
])('a token that was issued %d seconds in the future', async (aheadSec, problems) => {
  const { steps, causes } = await inspectToken({
    token: signer.token(goodClaims({ iat: NOW_SEC + aheadSec, exp: NOW_SEC + 300 })),
    keys: { from: 'keys.json', set: new KeySet('https://api.workos.com/', { given: { keys: [signer.jwk] } }) },
    policy: { issuers: undefined, audiences: undefined, clockToleranceSec: 0, nowMs: NOW_SEC * 1_000 },
    clientId: undefined,
    refreshable: true,
    secrets: 'hidden',
  });
  expect(causes.map(({ problem }) => problem)).toEqual(problems);
  expect(steps.map(({ outcome }) => outcome)).toEqual([problems.length === 0 ? 'passed' : 'warned', 'passed']);
});

test('an error that the helpers do not throw on purpose is thrown again', () => {
  const known = new SessionError('keys_unavailable', 'Cannot verify');
  expect(asSessionError(known)).toBe(known);
  expect(() => asSessionError(new TypeError('not a function'))).toThrow('not a function');
});
