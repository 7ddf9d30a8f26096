import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
const session = userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword,
});
// #endregion

const before = await session.refresh();
if (!before.authenticated) throw new Error(before.reason);

// WorkOS's spelling of getLogOutUrl, and the same URL by session id.
const logOut = new URL(await session.getLogoutUrl());
const byId = userManagement.getLogoutUrl({ sessionId: before.sessionId });
console.log(`log out: ${logOut.pathname}`);
console.log(`the same by id: ${logOut.href === byId}`);

// Refreshes with a token, where session.refresh() takes a cookie.
const renewed = await userManagement.authenticateWithRefreshToken({
  refreshToken: before.session.refreshToken,
  session: { sealSession: true, cookiePassword },
});
const { user, sealedSession } = renewed;
console.log(`${user.email} has a new cookie: ${sealedSession !== undefined}`);

const clientId = process.env.WORKOS_CLIENT_ID ?? '';
const keySet = new URL(userManagement.getJwksUrl(clientId));
const path = keySet.pathname.replace(clientId, 'client_…');
console.log(`signing keys: ${path}`);

// Output:
// log out: /user_management/sessions/logout
// the same by id: true
// ada@example.com has a new cookie: true
// signing keys: /sso/jwks/client_…
