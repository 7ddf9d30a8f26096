import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { WORKOS_API_HOSTNAME, WORKOS_API_PORT } = process.env;
const { WORKOS_CLIENT_ID: clientId } = process.env;
const api = `http://${WORKOS_API_HOSTNAME}:${WORKOS_API_PORT}`;
const sessionData = process.env.WORKOS_SEALED_SESSION;
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
// #endregion

async function ask(issuer: string): Promise<string> {
  const { userManagement } = new WorkOS({
    clientId,
    issuer,
    clockTolerance: 5,
  });
  const session = userManagement.loadSealedSession({
    sessionData,
    cookiePassword,
  });
  const result = await session.authenticate();
  return result.authenticated ? 'signed in' : result.reason;
}

const ours = `${api}/user_management/${clientId}`;
console.log('ours:', await ask(ours));
console.log('another:', await ask('https://auth.example.com'));

// Output:
// ours: signed in
// another: invalid_jwt
