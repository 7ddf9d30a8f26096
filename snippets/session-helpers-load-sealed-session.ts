import { WorkOS } from 'authkit-session-helpers';

// #region setup
// Reads the API key, client id and cookie password from the environment.
const workos = new WorkOS();
const sessionData = process.env.WORKOS_SEALED_SESSION;
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
// #endregion

const session = workos.userManagement.loadSealedSession({
  sessionData, // value of the session cookie
  cookiePassword,
});

const result = await session.authenticate();

if (result.authenticated) {
  console.log(`${result.user.email} is signed in`);
} else {
  console.log(`not signed in: ${result.reason}`);
}

// Output:
// ada@example.com is signed in
