/** A request → the visitor's session, refreshed if necessary, or a reason, and the headers for the response. */
import {
  deleteSessionCookie,
  readSessionCookie,
  setSessionCookie,
  type SessionCookieOptions,
  type SessionCookiesOptions,
} from './cookie.ts';
import { SessionError } from './errors.ts';
import type { AbortSignalLike } from './exchange/abortable.ts';
import type { RequestCookies } from './request-cookies.ts';
import type {
  AuthenticateFailureReason,
  AuthenticateSuccess,
  RefreshResult,
  RefreshRetryableFailure,
  RefreshRetryableReason,
  RefreshTerminalFailure,
  RefreshTerminalReason,
  SealedSession,
} from './results/session-result.ts';
import type { CookiePassword } from './seal.ts';

/** A request of the Fetch API, of Node or of a framework, or its cookies. */
export type RequestWithCookies =
  | RequestCookies
  | { readonly headers: { get(name: string): string | null } }
  | { readonly headers: { readonly cookie?: string | undefined } };

/** Options of `checkSession()`. */
export interface CheckSessionOptions {
  /** The password that sealed the session, or several. Defaults to `WORKOS_COOKIE_PASSWORD`. */
  cookiePassword?: CookiePassword | undefined;
  /** The name and the attributes of the session cookie. The defaults are safe. */
  cookie?: SessionCookieOptions | undefined;
  /** How many seconds before the access token expires the session is refreshed. Defaults to 60; 0 turns it off. */
  refreshBefore?: number | undefined;
  /** Stops waiting: the call rejects with the reason of the signal. A refresh that is under way continues. */
  signal?: AbortSignalLike | undefined;
}

/** A header of the response. */
export type ResponseHeader = [name: string, value: string];

/** Result of `checkSession()`: the visitor is signed in. */
export interface CheckedSession<Claims extends object = Record<string, unknown>> extends AuthenticateSuccess<Claims> {
  /** The headers to add to the response, if the session was refreshed. Do not replace other headers. */
  headers: ResponseHeader[];
}

/** Result of `checkSession()`: the visitor is not signed in, or it is unknown now. */
export interface NoCheckedSession {
  /** False: there is no valid session. */
  authenticated: false;
  /** Why there is no valid session. */
  reason: AuthenticateFailureReason | RefreshTerminalReason | RefreshRetryableReason | 'keys_unavailable';
  /** True if the API or the key server cannot answer: respond with 503. Otherwise, send the visitor to sign in. */
  retryable: boolean;
  /** Whether the session has ended, or there is none. If true, `headers` delete the cookie. */
  sessionEnded: boolean;
  /** The headers to add to the response. Do not replace other headers. */
  headers: ResponseHeader[];
  /** What went wrong, for your logs. Absent if the request has no valid cookie. */
  error?: SessionError;
  /** Where the API sends the visitor for the next step, if it says so. It is a getter, so loggers do not print it. */
  readonly authkitRedirectUrl?: string | undefined;
}

/** Result of `checkSession()`. */
export type SessionCheck<Claims extends object = Record<string, unknown>> = CheckedSession<Claims> | NoCheckedSession;

const REFRESH_BEFORE_SEC = 60;
/** The `Retry-After` of responses, if the API named none. */
const RETRY_AFTER_SEC = 5;
/** Caches must not share a response that sets a cookie. */
const UNSHARED: ResponseHeader = ['Cache-Control', 'private, no-store'];

/** Checks the session of a request. `load` returns the session of some cookies. */
export async function checkSession<Claims extends object>(
  request: RequestWithCookies,
  { cookie = {}, refreshBefore = REFRESH_BEFORE_SEC }: CheckSessionOptions,
  load: (sessionData: readonly string[]) => SealedSession,
): Promise<SessionCheck<Claims>> {
  if (typeof refreshBefore !== 'number' || !(refreshBefore >= 0)) {
    const message = 'Cannot check session: "refreshBefore" must be a number of seconds, 0 or more';
    throw new SessionError('invalid_option', message);
  }
  const present = readCookies(request) ?? '';
  const attributes = { ...cookie, present };
  const session = load(readSessionCookie(present, cookie.name));
  const result = await session.authenticate<Claims>().catch(toUnavailable);
  if (!result.authenticated && result.reason !== 'invalid_jwt') return describeNone(result, attributes);
  if (result.authenticated && !result.needsReseal && result.expiresAt - Date.now() > refreshBefore * 1000) {
    return { ...result, headers: [] };
  }
  const refreshed = await session.refresh<Claims>();
  if (refreshed.authenticated) return describeRefreshed(refreshed, attributes);
  // The access token is still valid, even if the API is down.
  if (result.authenticated && refreshed.retryable) return { ...result, headers: [] };
  return describeNone(refreshed, attributes);
}

/** The cookies of a request, as a header or by name. */
export function readCookies(request: RequestWithCookies): RequestCookies {
  const headers: unknown =
    typeof request === 'object' && request !== null && 'headers' in request ? request.headers : undefined;
  if (typeof headers !== 'object' || headers === null) return request as RequestCookies;
  const { get, cookie } = headers as { get?: (name: string) => string | null; cookie?: string };
  return typeof get === 'function' ? get.call(headers, 'cookie') : cookie;
}

interface KeysUnavailable {
  authenticated: false;
  reason: 'keys_unavailable';
  retryable: true;
  sessionEnded: false;
  error: SessionError;
}

function toUnavailable(error: unknown): KeysUnavailable {
  if (!(error instanceof SessionError) || error.code !== 'keys_unavailable') throw error;
  return { authenticated: false, reason: error.code, retryable: true, sessionEnded: false, error };
}

function describeRefreshed<Claims extends object>(
  { sealedSession, cookieBytes: _, session, ...facts }: RefreshResult<Claims> & { authenticated: true },
  attributes: SessionCookiesOptions,
): CheckedSession<Claims> {
  const cookies = setSessionCookie(sealedSession, attributes).map(toSetCookie);
  return { ...facts, accessToken: session.accessToken, headers: [...cookies, UNSHARED] };
}

type Failure =
  | KeysUnavailable
  | RefreshTerminalFailure
  | RefreshRetryableFailure
  | { authenticated: false; reason: AuthenticateFailureReason };

function describeNone(failure: Failure, attributes: SessionCookiesOptions): NoCheckedSession {
  const { retryable, sessionEnded, ...rest } = { retryable: false, sessionEnded: true, ...failure };
  const headers: ResponseHeader[] = sessionEnded ? deleteSessionCookie(attributes).map(toSetCookie) : [];
  if (retryable) headers.push(['Retry-After', String((rest as { retryAfter?: number }).retryAfter ?? RETRY_AFTER_SEC)]);
  const none = { ...rest, retryable, sessionEnded, headers: [...headers, UNSHARED] } as NoCheckedSession;
  const url = 'authkitRedirectUrl' in failure ? failure.authkitRedirectUrl : undefined;
  return url === undefined ? none : Object.defineProperty(none, 'authkitRedirectUrl', { get: () => url });
}

function toSetCookie(value: string): ResponseHeader {
  return ['Set-Cookie', value];
}
