import { WorkOS } from 'authkit-session-helpers';

const workos = new WorkOS();

const session = workos.userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});

const result = await session.authenticate();

console.log(result.authenticated ? result.user.email : result.reason);

// Output:
// ada@example.com
