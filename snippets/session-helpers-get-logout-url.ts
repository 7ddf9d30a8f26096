import { WorkOS } from 'authkit-session-helpers';

// #region setup
const workos = new WorkOS();
const session = workos.userManagement.loadSealedSession({
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
});
// #endregion

const url = await session.getLogOutUrl({
  returnTo: 'https://example.com/goodbye',
});

const { pathname, searchParams } = new URL(url);
console.log(pathname);
for (const [name, value] of searchParams) console.log(`  ${name}=${value}`);

// Output:
// /user_management/sessions/logout
//   session_id=session_…
//   return_to=https://example.com/goodbye
