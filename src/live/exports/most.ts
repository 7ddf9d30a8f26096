/** What the helpers export that nearly every program imports: the sandbox begins with it. */
export { COOKIE_BYTES_MAX, SESSION_COOKIE_NAME, SessionError, WorkOS, countCookieBytes } from 'authkit-session-helpers';
