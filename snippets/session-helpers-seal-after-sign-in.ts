import { WorkOS, serializeSessionCookie } from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
// The API redirects the visitor to your callback, with a code in the URL.
const code = process.env.WORKOS_AUTHORIZATION_CODE ?? '';
// #endregion

const { user, sealedSession = '' } =
  await workos.userManagement.authenticateWithCode({
    code,
    session: { sealSession: true, cookiePassword },
  });

// Set the cookie and redirect the visitor.
const response = new Response(null, {
  status: 303,
  headers: {
    Location: '/dashboard',
    'Set-Cookie': serializeSessionCookie(sealedSession),
  },
});

console.log(`${user.email} signed in`);
console.log(`redirected to ${response.headers.get('Location')}`);

// Output:
// ada@example.com signed in
// redirected to /dashboard
