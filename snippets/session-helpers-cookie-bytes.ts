import { COOKIE_BYTES_MAX, countCookieBytes } from 'authkit-session-helpers';

const sealed = process.env.WORKOS_SEALED_SESSION ?? '';

console.log('fits:', countCookieBytes(sealed) <= COOKIE_BYTES_MAX);
console.log('by another name:', countCookieBytes('value', 'session'), 'bytes');

// Output:
// fits: true
// by another name: 12 bytes
