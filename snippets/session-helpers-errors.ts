import { SessionError, WorkOS } from 'authkit-session-helpers';

const workos = new WorkOS();

// A visitor without a valid session: the reason is returned.
const nobody = workos.userManagement.loadSealedSession({
  sessionData: undefined,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
const result = await nobody.authenticate();
if (!result.authenticated) console.log('returned:', result.reason);

// A mistake in your code or settings: an error is thrown.
try {
  workos.userManagement.loadSealedSession({
    sessionData: process.env.WORKOS_SEALED_SESSION,
    cookiePassword: 'too short',
  });
} catch (error) {
  if (!(error instanceof SessionError)) throw error;
  console.log('thrown:', error.code);
  console.log(error.message);
  console.log(error.remedy);
}

// Output:
// returned: no_session_cookie_provided
// thrown: short_cookie_password
// Cannot load sealed session: "cookiePassword" (WORKOS_COOKIE_PASSWORD) has 9 characters, expected at least 32
// Generate one with "openssl rand -base64 32", and set it as WORKOS_COOKIE_PASSWORD.
