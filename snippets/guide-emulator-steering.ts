import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { WORKOS_API_HOSTNAME, WORKOS_API_PORT } = process.env;
const emulator = `http://${WORKOS_API_HOSTNAME}:${WORKOS_API_PORT}`;

async function post(path: string, body: object) {
  const response = await fetch(new URL(path, emulator), {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}`);
  return response;
}
// #endregion

// An environment for this test only, with a session that is an hour old.
const issued = await post('/_emulator/environments', { session: 'expired' });
const environment = (await issued.json()) as NodeJS.ProcessEnv;

const { userManagement } = new WorkOS({
  apiKey: environment.WORKOS_API_KEY,
  clientId: environment.WORKOS_CLIENT_ID,
  maxRetries: 0,
});
const session = userManagement.loadSealedSession({
  sessionData: environment.WORKOS_SEALED_SESSION,
  cookiePassword: environment.WORKOS_COOKIE_PASSWORD,
});

const expired = await session.authenticate();
console.log('an hour later:', expired.authenticated || expired.reason);

// Make the next responses fail, for this client id only.
for (const kind of ['bad_gateway', 'rate_limited', 'sso_required']) {
  const client_id = environment.WORKOS_CLIENT_ID;
  await post('/_emulator/faults', { kind, client_id });
  const failed = await session.refresh();
  if (failed.authenticated) throw new Error('the fault did not occur');
  console.log(`${kind}: ${failed.reason}, retryable: ${failed.retryable}`);
}

const renewed = await session.refresh();
console.log('afterwards:', renewed.authenticated && renewed.user.email);

// Output:
// an hour later: invalid_jwt
// bad_gateway: server_error, retryable: true
// rate_limited: rate_limit_exceeded, retryable: true
// sso_required: sso_required, retryable: false
// afterwards: ada@example.com
