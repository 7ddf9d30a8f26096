import { unsealData } from 'iron-session';
import { decodeJwt } from 'jose';
import { expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { issueScenario, SCENARIOS, type ScenarioName } from './scenarios.ts';
import { SIGN_IN } from './seed.ts';

const ORIGIN = 'http://127.0.0.1';

function steered() {
  const emulator = createEmulator();
  return { ...emulator, issueEnvironment: (options?: object) => emulator.issueEnvironment(ORIGIN, options) };
}

it('changes one letter of a cookie that was tampered with, so that no password opens it', async () => {
  const { WORKOS_SEALED_SESSION: cookie, WORKOS_COOKIE_PASSWORD: password } = await issueScenario(
    steered(),
    'tampered',
  );
  expect(await unsealData(cookie, { password })).toEqual({});
  const parts = cookie.split('*');
  const repairs = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].map((letter) =>
    parts.map((part, index) => (index === 4 ? letter + part.slice(1) : part)).join('*'),
  );
  const opened = await Promise.all(repairs.map((repair) => unsealData<object>(repair, { password })));
  expect(opened.filter((content) => 'accessToken' in content)).toHaveLength(1);
});

/** What a program finds in a scenario. */
async function explore(name: ScenarioName) {
  const emulator = steered();
  const environment = await issueScenario(emulator, name);
  const { WORKOS_CLIENT_ID: client_id, WORKOS_API_KEY: client_secret } = environment;
  const cookie = await unsealData<{ accessToken?: string; refreshToken?: string }>(environment.WORKOS_SEALED_SESSION, {
    password: environment.WORKOS_COOKIE_PASSWORD,
  });
  const claims = cookie.accessToken === undefined ? undefined : decodeJwt(cookie.accessToken);
  const keys = await emulator.fetch(new Request(`${ORIGIN}/sso/jwks/${client_id}`));
  const answer = await emulator.fetch(
    new Request(`${ORIGIN}/user_management/authenticate`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ client_id, client_secret, grant_type: 'password', ...SIGN_IN }),
    }),
  );
  const { access_token: token } = (await answer.json()) as { access_token?: string };
  return {
    cookie: claims && (claims.exp! > Date.now() / 1000 ? 'valid' : 'expired'),
    keys: keys.status,
    api: answer.status,
    roles: [claims?.['role'], token && decodeJwt(token)['role']],
  };
}

it('makes each scenario what its title says, the usual one first', async () => {
  const found: Record<string, unknown> = {};
  for (const [name, { title }] of Object.entries(SCENARIOS)) found[title] = await explore(name as ScenarioName);
  const usual = { cookie: 'valid', keys: 200, api: 200, roles: ['admin', 'admin'] };
  expect(Object.entries(found)).toEqual([
    ['Session valid', usual],
    ['Access token expired', { ...usual, cookie: 'expired' }],
    ['Cookie tampered with', { ...usual, cookie: undefined, roles: [undefined, 'admin'] }],
    ['Key server down', { ...usual, keys: 500 }],
    ['API failing, token expired', { ...usual, cookie: 'expired', api: 500, roles: ['admin', undefined] }],
    ['Role changed since sign-in, to member', { ...usual, roles: ['admin', 'member'] }],
  ]);
});

it('keeps a route down for a thousand requests', async () => {
  const emulator = steered();
  const { WORKOS_CLIENT_ID: clientId } = await issueScenario(emulator, 'keys-down');
  const ask = async () => (await emulator.fetch(new Request(`${ORIGIN}/sso/jwks/${clientId}`))).status;
  const statuses = new Set<number>();
  for (let count = 0; count < 1_000; count += 1) statuses.add(await ask());
  expect([...statuses, await ask()]).toEqual([500, 200]);
});
