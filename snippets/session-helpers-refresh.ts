import { WorkOS, serializeSessionCookie } from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const session = workos.userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
// #endregion

const result = await session.refresh();
const headers = new Headers();

if (result.authenticated) {
  headers.set('Set-Cookie', serializeSessionCookie(result.sealedSession));
  console.log(`${result.user.email} stays signed in as ${result.role}`);
} else if (result.retryable) {
  // The API could not answer: the session is still valid.
  console.log(`keep the cookie, try again later: ${result.reason}`);
} else {
  headers.set('Set-Cookie', serializeSessionCookie('', { maxAge: 0 }));
  console.log(`clear the cookie, sign in again: ${result.reason}`);
}

console.log(`cookies in the response: ${headers.getSetCookie().length}`);

// Output:
// ada@example.com stays signed in as admin
// cookies in the response: 1
