import { SessionError, WorkOS } from 'authkit-session-helpers';

// #region setup
// The API key of another environment, a common mistake.
const workos = new WorkOS({ apiKey: 'sk_test_of_another_environment' });
// #endregion

const session = workos.userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});

try {
  await session.refresh();
} catch (error) {
  if (!(error instanceof SessionError)) throw error;
  const { code, message, remedy, status, requestId } = error;
  console.log(`code:    ${code}`);
  console.log(`status:  ${status}`);
  console.log(`message: ${message}`);
  console.log(`remedy:  ${remedy}`);
  console.log(`request: ${requestId?.replace(/_.*/, '_…')}`);
}

// Output:
// code:    api_key_refused
// status:  401
// message: Cannot refresh session: the API answered 401, expected 200
// remedy:  Check that WORKOS_API_KEY belongs to the same environment as WORKOS_CLIENT_ID.
// request: req_…
