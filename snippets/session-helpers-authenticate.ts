import { WorkOS } from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const session = workos.userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
// #endregion

const result = await session.authenticate();

if (result.authenticated) {
  const { user, role, permissions = [] } = result;
  console.log(`${user.firstName} is signed in as ${role}`);
  console.log(`permissions: ${permissions.join(', ')}`);
} else {
  console.log(`not signed in: ${result.reason}`);
}

// Output:
// Ada is signed in as admin
// permissions: posts:read, posts:write, members:manage
