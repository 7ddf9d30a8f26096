import { unsealData } from 'iron-session';
import { expect, it } from 'vitest';
import { createEmulator } from './emulator.ts';
import { issueScenario } from './scenarios.ts';

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

it('keeps a route down for a thousand requests', async () => {
  const emulator = steered();
  const { WORKOS_CLIENT_ID: clientId } = await issueScenario(emulator, 'keys-down');
  const ask = async () => (await emulator.fetch(new Request(`${ORIGIN}/sso/jwks/${clientId}`))).status;
  const statuses = new Set<number>();
  for (let count = 0; count < 1_000; count += 1) statuses.add(await ask());
  expect([...statuses, await ask()]).toEqual([500, 200]);
});
