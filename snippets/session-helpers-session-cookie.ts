import {
  deleteSessionCookie,
  readSessionCookie,
  setSessionCookie,
} from 'authkit-session-helpers';

// #region setup
// Simulates sessions of 200 and of 6,000 characters.
const small = 'Fe26.2*'.padEnd(200, 'x');
const large = 'Fe26.2*'.padEnd(6_000, 'y');

function shorten(header: string): string {
  const [pair = '', ...attributes] = header.split('; ');
  return [pair.slice(0, 20), ...attributes].join('; ');
}
// #endregion

const headers = new Headers();
for (const header of setSessionCookie(large, { maxAge: 86_400 })) {
  headers.append('Set-Cookie', header);
  console.log(shorten(header));
}

// The next request. An old cookie of another path is still there.
const [one, two] = headers.getSetCookie().map((set) => set.split(';')[0]);
const cookie = `wos-session=${small}; ${one}; ${two}`;
for (const session of readSessionCookie(cookie)) {
  console.log('found:', session.length, 'characters');
}

for (const header of deleteSessionCookie({ present: cookie })) {
  console.log(header);
}

// Output:
// wos-session.0=…; Max-Age=86400; Path=/; Secure; HttpOnly; SameSite=Lax
// wos-session.1=…; Max-Age=86400; Path=/; Secure; HttpOnly; SameSite=Lax
// wos-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax
// found: 200 characters
// found: 6000 characters
// wos-session=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax
// wos-session.0=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax
// wos-session.1=; Max-Age=0; Path=/; Secure; HttpOnly; SameSite=Lax
