import { WorkOS } from 'authkit-session-helpers';
import { startEmulator } from 'authkit-session-helpers/emulator';

const emulator = await startEmulator();
const environment = await emulator.issueEnvironment();

const { userManagement } = new WorkOS({
  apiKey: environment.WORKOS_API_KEY,
  clientId: environment.WORKOS_CLIENT_ID,
  apiHostname: environment.WORKOS_API_HOSTNAME,
  port: Number(environment.WORKOS_API_PORT),
  https: false,
});
const check = (cookie: string) =>
  userManagement.checkSession(
    { 'wos-session': cookie },
    { cookiePassword: environment.WORKOS_COOKIE_PASSWORD },
  );

const session = await check(environment.WORKOS_SEALED_SESSION);
if (!session.authenticated) throw new Error(session.reason);
console.log(session.user.email);

// The session expires, and the API is down for all retries of a call.
const expired = await emulator.expireSession(session.sessionId);
emulator.failNext({ kind: 'server_error', times: 4 });
const outage = await check(expired);
console.log(outage.authenticated || `${outage.reason}, keep the cookie`);

// The API is up again: the session is refreshed.
const refreshed = await check(expired);
console.log('new cookie:', refreshed.headers.length > 0);

await emulator.close();

// Output:
// ada@example.com
// server_error, keep the cookie
// new cookie: true
