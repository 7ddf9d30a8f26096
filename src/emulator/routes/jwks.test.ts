import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type RunningEmulator, startEmulator } from '../index.ts';
import { createCaller } from '../testdata/caller.ts';

let emulator: RunningEmulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());

it('verifies the access tokens of the client it is asked for', async () => {
  const environment = await emulator.issueEnvironment();
  const { access_token: token } = await createCaller(emulator, environment).signIn();
  const keySet = createRemoteJWKSet(new URL(`${emulator.url}/sso/jwks/${environment.WORKOS_CLIENT_ID}`));
  const { payload } = await jwtVerify(token, keySet, {
    issuer: `${emulator.url}/user_management/${environment.WORKOS_CLIENT_ID}`,
    algorithms: ['RS256'],
  });
  expect(payload.exp).toBe((payload.iat ?? 0) + 300);
});

it('has the key of the fixed environment, too, with the id that tokens name', async () => {
  const fixed = await emulator.issueFixedEnvironment();
  const { access_token: token } = await createCaller(emulator, fixed).signIn();
  const response = await fetch(`${emulator.url}/sso/jwks/${fixed.WORKOS_CLIENT_ID}`);
  const { keys } = (await response.json()) as { keys: object[] };
  const { kid, ...header } = decodeProtectedHeader(token);
  expect(header).toEqual({ alg: 'RS256' });
  expect(keys).toMatchObject([{ kid, alg: 'RS256', kty: 'RSA', use: 'sig', e: 'AQAB' }]);
});

it('shows public members only', async () => {
  const { WORKOS_CLIENT_ID: clientId } = await emulator.issueEnvironment();
  const { keys } = (await (await fetch(`${emulator.url}/sso/jwks/${clientId}`)).json()) as { keys: object[] };
  expect(keys.map((key) => Object.keys(key).toSorted())).toEqual([
    ['alg', 'e', 'kid', 'kty', 'n', 'use', 'x5c', 'x5t#S256'],
  ]);
});

it('answers 404 for a client that does not exist', async () => {
  const response = await fetch(`${emulator.url}/sso/jwks/client_unknown`);
  expect(response.status).toBe(404);
  expect(await response.json()).toEqual({
    code: 'not_found',
    message: "Client not found: 'client_unknown'.",
  });
});
