import { chunkCookie, joinCookie } from 'authkit-session-helpers';

// #region setup
// Simulates a session of 6,000 characters.
const sealedSession = 'Fe26.2*'.padEnd(6_000, 'x');
// #endregion

const cookies = chunkCookie(sealedSession);
for (const { name, value, maxAge } of cookies) {
  const isGone = maxAge === 0;
  console.log(name, isGone ? 'is deleted' : value.length);
}

// The next request contains them.
const request = Object.fromEntries(
  cookies.map(({ name, value }) => [name, value]),
);
const joined = joinCookie(request);
console.log('joined to the same session:', joined === sealedSession);

// Output:
// wos-session.0 3887
// wos-session.1 2113
// wos-session is deleted
// joined to the same session: true
