import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const sealed = process.env.WORKOS_SEALED_SESSION;
// #endregion

// The cookies of a request. In a server, pass the request itself.
const cookie = `theme=dark; wos-session=${sealed}`;
const session = await userManagement.checkSession(cookie);
if (session.authenticated) {
  console.log('Hello', session.user.firstName);
  console.log('headers to add:', session.headers.length);
}

// A visitor whose access token expires soon gets a new cookie.
const early = await userManagement.checkSession(cookie, {
  refreshBefore: 3_600,
});
for (const [name, value] of early.headers) {
  const [first = '', ...attributes] = value.split('; ');
  console.log(name, first.slice(0, 18), ...attributes);
}

// Somebody whose cookie is forged.
const nobody = await userManagement.checkSession('wos-session=forged');
if (!nobody.authenticated) console.log(nobody.reason, nobody.retryable);
console.log(nobody.headers[0]?.[1]);

// Output:
// Hello Ada
// headers to add: 0
// Set-Cookie wos-session=Fe26.2 Path=/ Secure HttpOnly SameSite=Lax
// Cache-Control private, no-store
// invalid_session_cookie false
// wos-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax
