import { WorkOS } from 'authkit-session-helpers';

// #region setup
const cookies = {
  sessionData: process.env.WORKOS_SEALED_SESSION,
  cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
};

// Clients with different fetch functions share nothing, like two servers.
function startServer(name: string) {
  const workos = new WorkOS({
    fetchFn: (input, init) => {
      console.log(`${name} calls the API`);
      return fetch(input, init);
    },
  });
  return workos.userManagement.loadSealedSession(cookies);
}
// #endregion

const first = await startServer('server 1').refresh();
const second = await startServer('server 2').refresh();

if (first.authenticated && second.authenticated) {
  console.log(`both signed in: ${first.user.email}, ${second.user.email}`);
  console.log(`one session: ${first.sessionId === second.sessionId}`);
}

// Output:
// server 1 calls the API
// server 2 calls the API
// both signed in: ada@example.com, ada@example.com
// one session: true
