import { chunkCookie, joinCookie } from 'authkit-session-helpers';

// #region setup
// Stands for a session of 6,000 characters.
const sealedSession = 'Fe26.2*'.padEnd(6_000, 'x');
// #endregion

const cookies = chunkCookie(sealedSession);
for (const { name, value, maxAge } of cookies) {
  console.log(name, maxAge === 0 ? 'is deleted' : `${value.length} characters`);
}

// The next request brings them back.
const request = Object.fromEntries(
  cookies.map(({ name, value }) => [name, value]),
);
console.log('the same again:', joinCookie(request) === sealedSession);

// Output:
// wos-session.0 3887 characters
// wos-session.1 2113 characters
// wos-session is deleted
// the same again: true
