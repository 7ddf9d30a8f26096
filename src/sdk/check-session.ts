/** A request → the visitor's session, refreshed where that is due, or none, and the headers to send with the answer. */
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

/** A request of the web, of Node or of a framework, or its cookies. */
export type RequestWithCookies =
  | RequestCookies
  | { readonly headers: { get(name: string): string | null } }
  | { readonly headers: { readonly cookie?: string | undefined } };

/** Options of `checkSession()`. */
export interface CheckSessionOptions {
  /** The password that sealed the session, or several; `WORKOS_COOKIE_PASSWORD` unless given. */
  cookiePassword?: CookiePassword | undefined;
  /** Name and attributes of the session cookie; the safe ones unless given. */
  cookie?: SessionCookieOptions | undefined;
  /** Seconds before the access token expires from which the session is refreshed; 60 unless given, 0 for none. */
  refreshBefore?: number | undefined;
  /** Stops waiting: the call rejects with the signal's reason. A refresh that has begun goes on. */
  signal?: AbortSignalLike | undefined;
}

/** One header of the answer. */
export type ResponseHeader = [name: string, value: string];

/** `checkSession()`: the visitor is signed in. */
export interface CheckedSession<Claims extends object = Record<string, unknown>> extends AuthenticateSuccess<Claims> {
  /** The headers to add to the answer; none unless the session was refreshed. Add them, replace no other. */
  headers: ResponseHeader[];
}

/** `checkSession()`: the visitor is not signed in, or nobody can tell. */
export interface NoCheckedSession {
  /** False: there is no session. */
  authenticated: false;
  /** Why not. */
  reason: AuthenticateFailureReason | RefreshTerminalReason | RefreshRetryableReason | 'keys_unavailable';
  /** True if nobody can tell now: answer 503. Otherwise send the visitor to sign in. */
  retryable: boolean;
  /** Whether the cookie is of no more use; `headers` then delete it. */
  sessionEnded: boolean;
  /** The headers to add to the answer. Add them, replace no other. */
  headers: ResponseHeader[];
  /** What went wrong, for the log. Absent if there was no session to begin with. */
  error?: SessionError;
  /** Where the API sends the visitor for the next step, if it says so. A getter that no logger prints. */
  readonly authkitRedirectUrl?: string | undefined;
}

/** What `checkSession()` answers. */
export type SessionCheck<Claims extends object = Record<string, unknown>> = CheckedSession<Claims> | NoCheckedSession;

const REFRESH_BEFORE_SEC = 60;
/** Where the API has named no time, visitors come back after this. */
const RETRY_AFTER_SEC = 5;
/** An answer that sets a visitor's cookie is for that visitor alone. */
const UNSHARED: ResponseHeader = ['Cache-Control', 'private, no-store'];

/** Does what every gate does; `load` gives the session of some cookies. */
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
  // The access token is good for a while yet, whatever the API is doing.
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
