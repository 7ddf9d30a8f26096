/** The sealed session ⇄ cookies a browser keeps: chunks and Set-Cookie. */
import { SessionError } from './errors.ts';

/** Name of the session cookie in the documentation. */
export const SESSION_COOKIE_NAME = 'wos-session';
/** What browsers allow for name and value together (RFC 6265bis, section 5.7). */
export const COOKIE_BYTES_MAX = 4096;

/** Bytes a browser counts for the cookie. A sealed session is ASCII, one byte per character. */
export function countCookieBytes(value: string, name = SESSION_COOKIE_NAME): number {
  return new TextEncoder().encode(name + value).byteLength;
}

/**
 * Bytes of name and value in one chunk: the rest is left to the attributes, which RFC 6265 counts too. Four chunks
 * fill the header space that servers allow.
 */
const CHUNK_BYTES_MAX = 3_900;
const CHUNKS_MAX = 4;

/** One cookie to set. */
export interface SessionCookie {
  /** The cookie's name. */
  name: string;
  /** The cookie's value; empty in a cookie that is to go. */
  value: string;
  /** `0` in a cookie that is to go: the browser then deletes it. Absent otherwise. */
  maxAge?: number;
}

/** Attributes of a Set-Cookie header; the defaults are the safe ones. */
export interface SessionCookieOptions {
  /** Name of the cookie, `wos-session` unless given. */
  name?: string | undefined;
  /** Seconds the browser keeps the cookie; unless given, until the browser is closed. `0` deletes the cookie. */
  maxAge?: number | undefined;
  /** Hosts below this one get the cookie too; unless given, only the host that set it. */
  domain?: string | undefined;
  /** Paths that get the cookie, `/` unless given. */
  path?: string | undefined;
  /** Whether only HTTPS carries the cookie, true unless given. Browsers take `localhost` for safe. */
  secure?: boolean | undefined;
  /** Whether scripts cannot read the cookie, true unless given. */
  httpOnly?: boolean | undefined;
  /** Whether other sites' requests carry the cookie, `lax` unless given: only when a link is followed. */
  sameSite?: 'strict' | 'lax' | 'none' | undefined;
}

/**
 * The value of a `Set-Cookie` header for the session cookie. Throws `invalid_cookie` for a value, name, path or
 * domain that would break out of its place, and for combinations that browsers refuse: `sameSite: 'none'` without
 * `secure`, the prefixes `__Host-` and `__Secure-` without what they demand.
 *
 * @example response.setHeader('Set-Cookie', serializeSessionCookie(sealedSession));
 */
export function serializeSessionCookie(value: string, options: SessionCookieOptions = {}): string {
  const { name = SESSION_COOKIE_NAME, maxAge, domain, path = '/', sameSite = 'lax' } = options;
  const { secure = true, httpOnly = true } = options;
  const refuse = (state: string): never => {
    throw new SessionError('invalid_cookie', `Cannot serialize session cookie: ${state} is needed`);
  };
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) refuse('"name" is not a cookie name, a token of RFC 9110');
  if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value)) refuse('the value is not a seal, plain ASCII');
  if (!/^\/[\x20-\x3a\x3c-\x7e]*$/.test(path)) refuse('"path" is not a path, one that begins with a slash');
  if (domain !== undefined && !/^\.?[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(domain))
    refuse('"domain" is not a host name, one');
  if (maxAge !== undefined && !Number.isSafeInteger(maxAge)) refuse('"maxAge" is not whole, a number of seconds');
  if (!Object.hasOwn(SAME_SITE, sameSite)) refuse('"sameSite" is unknown, "strict", "lax" or "none"');
  if (sameSite === 'none' && !secure) refuse('"sameSite" is "none" and "secure" is false, true');
  if (/^__(?:Host|Secure)-/i.test(name) && !secure) refuse('"name" has a prefix and "secure" is false, true');
  if (/^__Host-/i.test(name) && (domain !== undefined || path !== '/')) {
    refuse('"name" begins with __Host-, no "domain" and the path "/"');
  }
  return [
    `${name}=${value}`,
    maxAge === undefined ? '' : `Max-Age=${maxAge}`,
    domain === undefined ? '' : `Domain=${domain}`,
    `Path=${path}`,
    secure ? 'Secure' : '',
    httpOnly ? 'HttpOnly' : '',
    `SameSite=${SAME_SITE[sameSite]}`,
  ]
    .filter((part) => part !== '')
    .join('; ');
}

const SAME_SITE = { strict: 'Strict', lax: 'Lax', none: 'None' };

/**
 * The cookies that carry a sealed session: one when it fits, else `<name>.0`, `<name>.1`, … (the names iron-session
 * uses too). `present`, the cookies of the request, tells which ones of an earlier session are to go; without it only
 * the one that would hide the chunks goes. Throws `session_too_large` beyond four chunks.
 *
 * @example
 * for (const { name, value, ...rest } of chunkCookie(sealedSession)) {
 *   headers.append('Set-Cookie', serializeSessionCookie(value, { name, ...rest }));
 * }
 */
export function chunkCookie(
  sealedSession: string,
  options: {
    /** Name of the cookie, `wos-session` unless given. */
    name?: string | undefined;
    /** The cookies of the request, by name. */
    present?: Readonly<Record<string, string | undefined>> | undefined;
  } = {},
): SessionCookie[] {
  const { name = SESSION_COOKIE_NAME, present = {} } = options;
  const chunks = splitSession(sealedSession, name);
  const unused = [name, ...chunkNames(name)].filter((candidate) => !chunks.some((chunk) => chunk.name === candidate));
  const leftOver = unused.filter(
    (candidate) => Object.hasOwn(present, candidate) || (candidate === name && chunks.length > 1),
  );
  return [...chunks, ...leftOver.map((gone) => ({ name: gone, value: '', maxAge: 0 }))];
}

function splitSession(sealedSession: string, name: string): SessionCookie[] {
  if (countCookieBytes(sealedSession, name) <= CHUNK_BYTES_MAX) return [{ name, value: sealedSession }];
  const size = CHUNK_BYTES_MAX - countCookieBytes('', `${name}.0`);
  const count = Math.ceil(sealedSession.length / size);
  if (size < 1 || count > CHUNKS_MAX) {
    throw new SessionError(
      'session_too_large',
      `Cannot chunk session cookie: it has ${sealedSession.length} characters, ${Math.max(0, size * CHUNKS_MAX)} at most fit`,
    );
  }
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}.${index}`,
    value: sealedSession.slice(index * size, (index + 1) * size),
  }));
}

/**
 * The sealed session out of a request's cookies, whole or in chunks; undefined when there is none. Chunks left over
 * from a larger session are passed over. What it gives still has to be opened: nothing is checked here.
 *
 * @example const sessionData = joinCookie(request.cookies);
 */
export function joinCookie(
  cookies: Readonly<Record<string, string | undefined>>,
  name = SESSION_COOKIE_NAME,
): string | undefined {
  const valueOf = (key: string) => (Object.hasOwn(cookies, key) ? cookies[key] : undefined);
  let joined = valueOf(name) ?? '';
  if (joined) return joined;
  for (const chunk of chunkNames(name)) {
    const value = valueOf(chunk);
    if (!value || /~\d$/.test(joined)) break;
    joined += value;
  }
  return joined === '' ? undefined : joined;
}

function chunkNames(name: string): string[] {
  return Array.from({ length: CHUNKS_MAX }, (_, index) => `${name}.${index}`);
}
