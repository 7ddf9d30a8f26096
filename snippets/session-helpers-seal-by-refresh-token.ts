import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
const signedIn = await userManagement.authenticateWithCode({
  code: process.env.WORKOS_AUTHORIZATION_CODE ?? '',
});
// #endregion

const renewed = await userManagement.authenticateWithRefreshToken({
  refreshToken: signedIn.refreshToken,
  session: { sealSession: true, cookiePassword },
});

// A refresh token works once: keep the new one.
if (renewed.refreshToken !== signedIn.refreshToken) {
  console.log(`${renewed.user.email} has a new refresh token`);
}

const session = userManagement.loadSealedSession({
  sessionData: renewed.sealedSession,
  cookiePassword,
});
const result = await session.authenticate();
if (result.authenticated) console.log('and a cookie that opens');

// Output:
// ada@example.com has a new refresh token
// and a cookie that opens
