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

// What each request does whose access token has expired.
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
console.log(`asked the API ${requests} time`);
console.log(`set ${new Set(together).size} cookie`);

const late = await renew();
console.log(`a straggler sets the same cookie: ${late === together[0]}`);
console.log(`asked the API ${requests} time`);

// Output:
// 10 requests of one page
// asked the API 1 time
// set 1 cookie
// a straggler sets the same cookie: true
// asked the API 1 time
