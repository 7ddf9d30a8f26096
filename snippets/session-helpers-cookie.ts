import { serializeSessionCookie } from 'authkit-session-helpers';

// After a sign-in or a refresh, with the sealed session for a value.
console.log(serializeSessionCookie('sealed-session'));

// Signing out, on every host of yours.
console.log(
  serializeSessionCookie('', { maxAge: 0, domain: 'example.com' }),
);

// Output:
// wos-session=sealed-session; Path=/; Secure; HttpOnly; SameSite=Lax
// wos-session=; Max-Age=0; Domain=example.com; Path=/; Secure; HttpOnly; SameSite=Lax
