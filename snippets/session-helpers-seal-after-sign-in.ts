import { WorkOS, serializeSessionCookie } from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
// The API sends the visitor to your callback, with a code in the URL.
const code = process.env.WORKOS_AUTHORIZATION_CODE ?? '';
// #endregion

const { user, sealedSession = '' } =
  await workos.userManagement.authenticateWithCode({
    code,
    session: { sealSession: true, cookiePassword },
  });

const setCookie = serializeSessionCookie(sealedSession);

console.log(`${user.email} signed in`);
console.log(`Set-Cookie: ${setCookie}`);

// Output:
// ada@example.com signed in
// Set-Cookie: wos-session=Fe26.2*…; Path=/; Secure; HttpOnly; SameSite=Lax
