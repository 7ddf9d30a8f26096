/** The sealed session ⇄ the cookies of a browser: chunks and Set-Cookie. */
import { SessionError } from './errors.ts';
import { parseCookies, type RequestCookies } from './request-cookies.ts';

/** The default name of the session cookie. */
export const SESSION_COOKIE_NAME = 'wos-session';
/** The limit of browsers for name and value of a cookie; some count the attributes too (RFC 6265, section 6.1). */
export const COOKIE_BYTES_MAX = 4096;

/** The size of a cookie in bytes, name and value together. A sealed session is ASCII, one byte per character. */
export function countCookieBytes(value: string, name = SESSION_COOKIE_NAME): number {
  return new TextEncoder().encode(name + value).byteLength;
}

/** The size of name and value that leaves room for the attributes. */
export const SAFE_COOKIE_BYTES = 3_900;
/** Four chunks are as much as servers accept in the headers. */
const CHUNKS_MAX = 4;

/** One cookie to set. */
export interface SessionCookie {
  /** The cookie's name. */
  name: string;
  /** The cookie's value; empty to delete the cookie. */
  value: string;
  /** `0` to delete the cookie. Absent otherwise. */
  maxAge?: number;
}

/** Attributes of a Set-Cookie header. The defaults are safe. */
export interface SessionCookieOptions {
  /** The name of the cookie. Defaults to `wos-session`. */
  name?: string | undefined;
  /** How many seconds the browser keeps the cookie. By default, until it is closed. `0` deletes the cookie. */
  maxAge?: number | undefined;
  /** The domain whose hosts get the cookie. By default, only the host that set it. */
  domain?: string | undefined;
  /** The paths that get the cookie. Defaults to `/`. */
  path?: string | undefined;
  /**
   * Whether the browser sends the cookie only over HTTPS. Defaults to true. Chrome and Firefox also keep such a cookie of
   * `http://localhost`, but Safari does not: set it to false during development.
   */
  secure?: boolean | undefined;
  /** Whether scripts cannot read the cookie. Defaults to true. */
  httpOnly?: boolean | undefined;
  /** Whether requests from other sites contain the cookie. Defaults to `lax`: only if a visitor follows a link. */
  sameSite?: 'strict' | 'lax' | 'none' | undefined;
  /** Whether the browser keeps one cookie for each site that embeds yours (CHIPS). Defaults to false. */
  partitioned?: boolean | undefined;
}

/** Options of `setSessionCookie()` and `deleteSessionCookie()`. */
export interface SessionCookiesOptions extends SessionCookieOptions {
  /**
   * The cookies of the request, as a Cookie header or by name. Only cookies among them are deleted, and by
   * `setSessionCookie()` also the one that would hide its chunks.
   */
  present?: RequestCookies | undefined;
}

/**
 * Returns the value of a `Set-Cookie` header for the session cookie. Throws `invalid_cookie` if a value, name, path or
 * domain contains characters that end it, and for combinations that browsers refuse: `sameSite: 'none'` or `partitioned`
 * without `secure`, or a name that begins with `__Host-` or `__Secure-` without the attributes that it requires.
 *
 * @throws invalid_cookie: The cookie cannot be written with these attributes.
 *
 * @example response.setHeader('Set-Cookie', serializeSessionCookie(sealedSession));
 */
export function serializeSessionCookie(value: string, options: SessionCookieOptions = {}): string {
  const { name = SESSION_COOKIE_NAME, maxAge, domain, path = '/', sameSite = 'lax' } = options;
  const { secure = true, httpOnly = true, partitioned = false } = options;
  const refuse = (problem: string): never => {
    throw new SessionError('invalid_cookie', `Cannot serialize session cookie: ${problem}`);
  };
  if (!/^[\w!#$%&'*+.^`|~-]+$/.test(name)) refuse('"name" must be a token of RFC 9110');
  if (!/^[\x21\x23-\x2b\x2d-\x3a\x3c-\x5b\x5d-\x7e]*$/.test(value)) refuse('the value must be a seal, plain ASCII');
  if (!/^\/[\x20-\x3a\x3c-\x7e]*$/.test(path))
    refuse('"path" must begin with a slash, without control characters and ";"');
  if (domain !== undefined && !/^\.?[a-z\d-]+(?:\.[a-z\d-]+)*$/i.test(domain)) refuse('"domain" must be a host name');
  if (maxAge !== undefined && !Number.isSafeInteger(maxAge)) refuse('"maxAge" must be a whole number of seconds');
  if (!Object.hasOwn(SAME_SITE, sameSite)) refuse('"sameSite" must be "strict", "lax" or "none"');
  if (sameSite === 'none' && !secure) refuse('"secure" must be true if "sameSite" is "none"');
  if (partitioned && !secure) refuse('"secure" must be true if "partitioned" is true');
  if (/^__(?:Host|Secure)-/i.test(name) && !secure) refuse('"secure" must be true if "name" has such a prefix');
  if (/^__Host-/i.test(name) && (domain !== undefined || path !== '/')) {
    refuse('if "name" begins with __Host-, "domain" must be absent and "path" must be "/"');
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
 * Returns the values of the `Set-Cookie` headers that set a sealed session: one if it fits, otherwise one for each chunk,
 * and one to delete each cookie of an earlier session.
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
 * Returns the values of the `Set-Cookie` headers that delete the session cookie and all of its chunks. Pass the name, the
 * path and the domain that they were set with. With `present`, it deletes only cookies that the request has.
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
 * Returns the cookies for a sealed session: one if it fits, otherwise `<name>.0`, `<name>.1` and so on, as in iron-session.
 * With `present`, the cookies of the request, it also deletes those of an earlier session; without it, only the cookie
 * that would hide the chunks. An empty session deletes the cookie.
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
    /** The name of the cookie. Defaults to `wos-session`. */
    name?: string | undefined;
    /** The cookies of the request, as a Cookie header or by name. */
    present?: RequestCookies | undefined;
  } = {},
): SessionCookie[] {
  const { name = SESSION_COOKIE_NAME } = options;
  const present = parseCookies(options.present);
  const chunks = sealedSession === '' ? [toDeleted(name)] : splitSession(sealedSession, name);
  const unused = [name, ...chunkNames(name)].filter((candidate) => !chunks.some((chunk) => chunk.name === candidate));
  const leftOver = unused.filter((candidate) => present.has(candidate) || candidate === name);
  return [...chunks, ...leftOver.map(toDeleted)];
}

function splitSession(sealedSession: string, name: string): SessionCookie[] {
  if (countCookieBytes(sealedSession, name) <= SAFE_COOKIE_BYTES) return [{ name, value: sealedSession }];
  const size = SAFE_COOKIE_BYTES - countCookieBytes('', `${name}.0`);
  const count = Math.ceil(sealedSession.length / size);
  if (size < 1 || count > CHUNKS_MAX) {
    throw new SessionError(
      'session_too_large',
      `Cannot chunk session cookie: it has ${sealedSession.length} characters, expected at most ${Math.max(0, size * CHUNKS_MAX)}`,
    );
  }
  return Array.from({ length: count }, (_, index) => ({
    name: `${name}.${index}`,
    value: sealedSession.slice(index * size, (index + 1) * size),
  }));
}

/**
 * Returns the sealed session from the cookies of a request, whole or in chunks; undefined if there is none. It ignores
 * chunks that a larger session left behind. It checks nothing: unsealing does.
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
 * Returns every sealed session that the cookies of a request may contain. Pass them to `loadSealedSession` as
 * `sessionData`. A browser can send a name twice, for two paths or domains, or a stale whole cookie next to chunks. Only
 * unsealing shows which one is valid. Takes one Cookie header, several, or cookies by name, and decodes quoted and
 * percent-encoded values.
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
