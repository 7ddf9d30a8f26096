import { WorkOS, serializeSessionCookie } from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const session = workos.userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
// #endregion

const result = await session.refresh();

if (result.authenticated) {
  const setCookie = serializeSessionCookie(result.sealedSession);
  console.log(`${result.user.email} stays signed in`);
  console.log(`Set-Cookie: ${setCookie}`);
} else if (result.retryable) {
  console.log(`keep the cookie, try later: ${result.reason}`);
} else {
  console.log(`clear the cookie: ${result.reason}`);
}

// Output:
// ada@example.com stays signed in
// Set-Cookie: wos-session=Fe26.2*…; Path=/; Secure; HttpOnly; SameSite=Lax
