/** The session cookie's name, and the bytes that browsers allow it. */

/** Name of the session cookie in the documentation. */
export const SESSION_COOKIE_NAME = 'wos-session';
/** What browsers allow for name and value together (RFC 6265bis, section 5.7). */
export const COOKIE_BYTES_MAX = 4096;

/** Bytes a browser counts for the cookie. A sealed session is ASCII, one byte per character. */
export function countCookieBytes(value: string, name = SESSION_COOKIE_NAME): number {
  return new TextEncoder().encode(name + value).byteLength;
}
