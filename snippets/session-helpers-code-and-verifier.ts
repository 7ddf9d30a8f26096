import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
// #endregion

const { codeVerifier } = await userManagement.getAuthorizationUrlWithPKCE({
  provider: 'authkit',
  redirectUri: 'http://127.0.0.1:8123/callback',
});

// After the sign-in, the callback receives the code.
const { user } = await userManagement.authenticateWithCodeAndVerifier({
  code: process.env.WORKOS_AUTHORIZATION_CODE ?? '',
  codeVerifier,
});
console.log(user.email);

// Output:
// ada@example.com
