import { WorkOS } from 'authkit-session-helpers';

// Reads the API key, client id and cookie password from the environment.
const workos = new WorkOS();

// In a server this is the value of the visitor's session cookie.
const sessionData = process.env.WORKOS_SEALED_SESSION;

const session = workos.userManagement.loadSealedSession({
  sessionData,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});

const result = await session.authenticate();

if (result.authenticated) {
  console.log(`Hello, ${result.user.firstName}.`);
  console.log(`Your role in ${result.organizationId} is ${result.role}.`);
} else {
  console.log(`Please sign in (${result.reason}).`);
}

// Output:
// Hello, Ada.
// Your role in org_01JK303SQ8R2VDK97F38E46C5R is admin.
