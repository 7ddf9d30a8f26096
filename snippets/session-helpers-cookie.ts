import { serializeSessionCookie } from 'authkit-session-helpers';

// After a sign-in or a refresh: the value is the sealed session.
const kept = serializeSessionCookie('sealed-session');
console.log(kept);

// Signed out, on all your hosts.
const gone = serializeSessionCookie('', {
  maxAge: 0,
  domain: 'example.com',
});
console.log(gone);

// Output:
// wos-session=sealed-session; Path=/; Secure; HttpOnly; SameSite=Lax
// wos-session=; Max-Age=0; Domain=example.com; Path=/; Secure; HttpOnly; SameSite=Lax
