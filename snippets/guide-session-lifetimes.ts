import {
  COOKIE_BYTES_MAX,
  WorkOS,
  countCookieBytes,
} from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const sealed = process.env.WORKOS_SEALED_SESSION ?? '';
const session = workos.userManagement.loadSealedSession({
  sessionData: sealed,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
// #endregion

console.log(`${sealed.split('*').length} parts`);
console.log(`fits a cookie: ${countCookieBytes(sealed) <= COOKIE_BYTES_MAX}`);

const result = await session.authenticate();

if (result.authenticated) {
  const { claims, expiresAt, user } = result;
  console.log(`user: ${user.email}`);
  console.log(`organization: ${claims.org_id}`);
  console.log(`session: ${claims.sid}`);

  const seconds = Math.round((expiresAt - Date.now()) / 60_000) * 60;
  console.log(`the access token expires in ${seconds} seconds`);
}

// Output:
// 8 parts
// fits a cookie: true
// user: ada@example.com
// organization: org_01JK303SQ8R2VDK97F38E46C5R
// session: session_…
// the access token expires in 300 seconds
