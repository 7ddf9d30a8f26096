import { WorkOS } from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
const sealed = process.env.WORKOS_SEALED_SESSION ?? '';
// #endregion

const cookies = {
  'no cookie': undefined,
  'a cookie of another site': 'theme=dark',
  'a cookie that was changed': sealed.replace('~2', 'x~2'),
};

for (const [name, sessionData] of Object.entries(cookies)) {
  const session = workos.userManagement.loadSealedSession({
    sessionData,
    cookiePassword,
  });
  const result = await session.authenticate();
  if (!result.authenticated) console.log(`${name}: ${result.reason}`);
}

// Output:
// no cookie: no_session_cookie_provided
// a cookie of another site: invalid_session_cookie
// a cookie that was changed: invalid_session_cookie
