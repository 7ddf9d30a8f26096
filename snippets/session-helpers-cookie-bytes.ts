import { COOKIE_BYTES_MAX, countCookieBytes } from 'authkit-session-helpers';

const sealed = process.env.WORKOS_SEALED_SESSION ?? '';

const bytes = countCookieBytes(sealed);
console.log('fits:', bytes <= COOKIE_BYTES_MAX);
console.log('named "session":', countCookieBytes('abc', 'session'));

// Output:
// fits: true
// named "session": 10
