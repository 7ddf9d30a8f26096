import { WorkOS } from 'authkit-session-helpers';

// #region setup
let requests = 0;
const workos = new WorkOS({
  fetchFn: (input, init) => {
    requests += 1;
    return fetch(input, init);
  },
});
// #endregion

// Runs for each request whose access token has expired.
async function renew(): Promise<string> {
  const session = workos.userManagement.loadSealedSession({
    sessionData: process.env.WORKOS_SEALED_SESSION,
    cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
  });
  const result = await session.refresh();
  if (!result.authenticated) throw new Error(result.reason);
  return result.sealedSession;
}

const together = await Promise.all(Array.from({ length: 10 }, renew));
console.log(`${together.length} requests of one page`);
console.log(`requests to the API: ${requests}`);
console.log(`set ${new Set(together).size} cookie`);

const late = await renew();
console.log(`a late request sets the same cookie: ${late === together[0]}`);
console.log(`requests to the API: ${requests}`);

// Output:
// 10 requests of one page
// requests to the API: 1
// set 1 cookie
// a late request sets the same cookie: true
// requests to the API: 1
