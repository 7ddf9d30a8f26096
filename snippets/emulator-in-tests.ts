import { WorkOS } from 'authkit-session-helpers';
import { startEmulator } from 'authkit-session-helpers/emulator';

const emulator = await startEmulator();
const environment = await emulator.issueEnvironment({ session: 'expired' });

const { userManagement } = new WorkOS({
  apiKey: environment.WORKOS_API_KEY,
  clientId: environment.WORKOS_CLIENT_ID,
  apiHostname: environment.WORKOS_API_HOSTNAME,
  port: Number(environment.WORKOS_API_PORT),
  https: false,
});
const check = () =>
  userManagement.checkSession(
    { 'wos-session': environment.WORKOS_SEALED_SESSION },
    { cookiePassword: environment.WORKOS_COOKIE_PASSWORD },
  );

// The API is down for all retries of a call: the visitor keeps the cookie.
emulator.failNext({ kind: 'server_error', times: 4 });
const outage = await check();
console.log(outage.authenticated || `${outage.reason}, try again later`);

// It is up again.
const session = await check();
console.log(session.authenticated && session.user.email);

await emulator.close();

// Output:
// server_error, try again later
// ada@example.com
