/** The examples on the page of the inspector, each with what the inspector says about it. */
import { expect, it } from 'vitest';
import { inspect } from '../../sdk/inspect/index.ts';
import { issueFixed, makeExample, readEmulatorKeys } from './examples.ts';
import { EXAMPLES, type ExampleName } from './messages.ts';

const SAYS: Record<ExampleName, [verdict: unknown, ...causes: string[]]> = {
  expired: ['invalid_jwt', 'token_expired'],
  'wrong-password': ['invalid_session_cookie', 'wrong_password'],
  'quoted-password': ['invalid_session_cookie', 'password_altered'],
  cut: ['invalid_session_cookie', 'cut_at_limit'],
  'chunk-missing': ['no_session_cookie_provided', 'chunk_missing'],
  'slow-clock': [true, 'clock_slow'],
  refused: [true, 'attributes_refused'],
  'access-token': ['invalid_session_cookie', 'plain_jwt'],
  python: ['invalid_session_cookie', 'vendor_python'],
  valid: [true],
};

it.each(Object.keys(EXAMPLES) as ExampleName[])('shows what its title says: %s', async (name) => {
  const { text, password } = await makeExample(name);
  const { WORKOS_COOKIE_PASSWORD: emulatorPassword } = await issueFixed();
  const keys = { title: 'the keys of the emulator', jwks: await readEmulatorKeys() };
  const { verdict, causes } = await inspect(text, { cookiePassword: password || emulatorPassword, keys });
  expect([verdict.reason ?? verdict.authenticated, ...causes.map(({ code }) => code)]).toEqual(SAYS[name]);
});
