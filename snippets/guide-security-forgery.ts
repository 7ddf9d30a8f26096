import { inspect } from 'node:util';
import { WorkOS } from 'authkit-session-helpers';

// #region setup
const { userManagement } = new WorkOS();
const cookiePassword = process.env.WORKOS_COOKIE_PASSWORD;
const sealed = process.env.WORKOS_SEALED_SESSION ?? '';
// #endregion

async function ask(sessionData: string): Promise<string> {
  const session = userManagement.loadSealedSession({
    sessionData,
    cookiePassword,
  });
  const result = await session.authenticate();
  return result.authenticated ? 'signed in' : result.reason;
}

// Change one character, at each position in turn.
const answers = new Set<string>();
for (let place = 0; place < sealed.length; place++) {
  const other = sealed[place] === 'a' ? 'b' : 'a';
  const forged = sealed.slice(0, place) + other + sealed.slice(place + 1);
  answers.add(await ask(forged));
}
console.log('one character changed:', [...answers].join(', '));
console.log('unchanged:', await ask(sealed));

// What would appear in a log.
const session = userManagement.loadSealedSession({
  sessionData: sealed,
  cookiePassword,
});
const logged = inspect(session, { depth: 9 }) + JSON.stringify(session);
console.log('cookie in a log:', logged.includes(sealed));
console.log('password in a log:', logged.includes(cookiePassword ?? ''));

// Output:
// one character changed: invalid_session_cookie
// unchanged: signed in
// cookie in a log: false
// password in a log: false
