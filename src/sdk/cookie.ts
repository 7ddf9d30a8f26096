/** The sealed session ⇄ cookies a browser keeps: chunks and Set-Cookie. */
import { SessionError } from './errors.ts';
import { parseCookies, type RequestCookies } from './request-cookies.ts';

/** Name of the session cookie in the documentation. */
export const SESSION_COOKIE_NAME = 'wos-session';
/** What browsers allow for a cookie: name and value, and in some browsers the attributes too (RFC 6265, section 6.1). */
export const COOKIE_BYTES_MAX = 4096;

/** Bytes a browser counts for the cookie. A sealed session is ASCII, one byte per character. */
export function countCookieBytes(value: string, name = SESSION_COOKIE_NAME): number {
  return new TextEncoder().encode(name + value).byteLength;
}

/** Bytes of name and value that leave room for the attributes. */
export const SAFE_COOKIE_BYTES = 3_900;
/** Four chunks fill the header space that servers allow. */
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
  /**
   * Whether only HTTPS carries the cookie, true unless given. Chrome and Firefox keep such a cookie of
   * `http://localhost` too, Safari does not: set it to false while you develop.
   */
  secure?: boolean | undefined;
  /** Whether scripts cannot read the cookie, true unless given. */
  httpOnly?: boolean | undefined;
  /** Whether other sites' requests carry the cookie, `lax` unless given: only when a link is followed. */
  sameSite?: 'strict' | 'lax' | 'none' | undefined;
  /** Whether the browser keeps one cookie for each site that embeds yours (CHIPS), false unless given. */
  partitioned?: boolean | undefined;
}

/** Options of `setSessionCookie()` and `deleteSessionCookie()`. */
export interface SessionCookiesOptions extends SessionCookieOptions {
  /** The cookies of the request, as a Cookie header or by name: only those of them that are left over are deleted. */
  present?: RequestCookies | undefined;
}

/**
 * The value of a `Set-Cookie` header for the session cookie. Throws `invalid_cookie` for a value, name, path or
 * domain that would break out of its place, and for combinations that browsers refuse: `sameSite: 'none'` without
 * `secure`, the prefixes `__Host-` and `__Secure-` without what they demand.
 *
 * @throws invalid_cookie: The cookie cannot be written with these attributes.
 *
 * @example response.setHeader('Set-Cookie', serializeSessionCookie(sealedSession));
 */
export function serializeSessionCookie(value: string, options: SessionCookieOptions = {}): string {
  const { name = SESSION_COOKIE_NAME, maxAge, domain, path = '/', sameSite = 'lax' } = options;
  const { secure = true, httpOnly = true, partitioned = false } = options;
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
  if (partitioned && !secure) refuse('"partitioned" is true and "secure" is false, true');
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
    partitioned ? 'Partitioned' : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}

const SAME_SITE = { strict: 'Strict', lax: 'Lax', none: 'None' };

/**
 * The values of the `Set-Cookie` headers that set a sealed session: one when it fits, else one for each chunk, and one
 * for each cookie of an earlier session that has to go.
 *
 * @throws invalid_cookie: The cookie cannot be written with these attributes.
 * @throws session_too_large: The session does not fit in four cookies.
 *
 * @example
 * for (const header of setSessionCookie(sealedSession)) headers.append('Set-Cookie', header);
 */
export function setSessionCookie(sealedSession: string, options: SessionCookiesOptions = {}): string[] {
  return serializeAll(chunkCookie(sealedSession, options), options);
}

/**
 * The values of the `Set-Cookie` headers that delete the session cookie and all of its chunks. Pass the name, the path
 * and the domain that they were set with. With `present`, only those that the request has are named.
 *
 * @throws invalid_cookie: The cookie cannot be written with these attributes.
 *
 * @example
 * for (const header of deleteSessionCookie()) headers.append('Set-Cookie', header);
 */
export function deleteSessionCookie(options: SessionCookiesOptions = {}): string[] {
  const { name = SESSION_COOKIE_NAME, present } = options;
  const held = present === undefined ? undefined : parseCookies(present);
  const names = [name, ...chunkNames(name)].filter((each) => held === undefined || held.has(each));
  return serializeAll(names.map(toDeleted), options);
}

function serializeAll(cookies: SessionCookie[], { present: _, ...options }: SessionCookiesOptions): string[] {
  return cookies.map(({ value, ...rest }) => serializeSessionCookie(value, { ...options, ...rest }));
}

function toDeleted(name: string): SessionCookie {
  return { name, value: '', maxAge: 0 };
}

/**
 * The cookies that carry a sealed session: one when it fits, else `<name>.0`, `<name>.1`, … (the names iron-session
 * uses too). `present`, the cookies of the request, tells which ones of an earlier session are to go; without it only
 * the one that would hide the chunks goes. An empty session deletes the cookie.
 *
 * @throws session_too_large: The session does not fit in four cookies.
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
    /** The cookies of the request, as a Cookie header or by name. */
    present?: RequestCookies | undefined;
  } = {},
): SessionCookie[] {
  const { name = SESSION_COOKIE_NAME } = options;
  const present = parseCookies(options.present);
  const chunks = sealedSession === '' ? [toDeleted(name)] : splitSession(sealedSession, name);
  const unused = [name, ...chunkNames(name)].filter((candidate) => !chunks.some((chunk) => chunk.name === candidate));
  const leftOver = unused.filter((candidate) => present.has(candidate) || (candidate === name && chunks.length > 1));
  return [...chunks, ...leftOver.map(toDeleted)];
}

function splitSession(sealedSession: string, name: string): SessionCookie[] {
  if (countCookieBytes(sealedSession, name) <= SAFE_COOKIE_BYTES) return [{ name, value: sealedSession }];
  const size = SAFE_COOKIE_BYTES - countCookieBytes('', `${name}.0`);
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

/**
 * Every sealed session that the cookies of a request can mean, to be passed to `loadSealedSession` as `sessionData`. A
 * browser can send one name twice, for two paths or domains, and a stale whole cookie beside chunks; only opening them
 * tells which one counts. Takes one Cookie header, several, or cookies by name; quotes and percent-encoding are undone.
 *
 * @example
 * const sessionData = readSessionCookie(request.headers.get('Cookie'));
 */
export function readSessionCookie(cookies: RequestCookies, name = SESSION_COOKIE_NAME): string[] {
  const held = parseCookies(cookies);
  const chunks = chunkNames(name).map((chunk) => held.get(chunk) ?? []);
  const most = Math.max(...chunks.map((values) => values.length));
  const joined = Array.from({ length: most }, (_, turn) =>
    joinCookie(
      Object.fromEntries(chunks.map((values, index) => [`${name}.${index}`, values[turn] ?? values[0]])),
      name,
    ),
  );
  const all = [...(held.get(name) ?? []), ...joined];
  return [...new Set(all.filter((value) => value !== undefined && value !== ''))] as string[];
}

function chunkNames(name: string): string[] {
  return Array.from({ length: CHUNKS_MAX }, (_, index) => `${name}.${index}`);
}
