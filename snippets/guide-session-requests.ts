import { WorkOS } from 'authkit-session-helpers';

// #region setup
let requests: string[] = [];
const workos = new WorkOS({
  // Logs each request to the API and forwards it.
  fetchFn: (input, init) => {
    const { pathname } = new URL(String(input));
    requests.push(pathname.replace(/client_\w+/, '<client id>'));
    return fetch(input, init);
  },
});
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
let sessionData = process.env.WORKOS_SEALED_SESSION;
// #endregion

async function visit(): Promise<void> {
  const session = workos.userManagement.loadSealedSession({
    sessionData,
    cookiePassword,
  });
  const result = await session.authenticate();
  if (!result.authenticated) throw new Error(result.reason);
}

function report(what: string): void {
  console.log(`${what}: ${requests.join(', ') || 'no request'}`);
  requests = [];
}

await visit();
report('first visit');

for (let visits = 0; visits < 100; visits++) await visit();
report('100 more visits');

const session = workos.userManagement.loadSealedSession({
  sessionData,
  cookiePassword,
});
const renewed = await session.refresh();
if (renewed.authenticated) sessionData = renewed.sealedSession;
report('a refresh');

await visit();
report('a visit with the new cookie');

// Output:
// first visit: /sso/jwks/<client id>
// 100 more visits: no request
// a refresh: /user_management/authenticate
// a visit with the new cookie: no request
