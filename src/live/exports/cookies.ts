/** What the helpers export for cookies too large or written by hand: a part of its own. */
export { chunkCookie, joinCookie, serializeSessionCookie } from 'authkit-session-helpers';
