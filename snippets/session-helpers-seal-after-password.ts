import { WorkOS } from 'authkit-session-helpers';

const workos = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;

const { sealedSession } = await workos.userManagement.authenticateWithPassword({
  email: 'ada@example.com',
  password: 'orchards in may',
  session: { sealSession: true, cookiePassword },
});

// The next request contains the cookie.
const session = workos.userManagement.loadSealedSession({
  sessionData: sealedSession,
  cookiePassword,
});
const result = await session.authenticate();

if (result.authenticated) {
  console.log(`${result.user.email}, by ${result.authenticationMethod}`);
}

// Output:
// ada@example.com, by Password
