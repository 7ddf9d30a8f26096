/** What a loaded session can do, and what each of its methods answers. */
import type { AccessTokenClaims } from '../access-token.ts';
import type { SessionError } from '../errors.ts';
import type { AbortSignalLike } from '../exchange/abortable.ts';
import type { CookiePassword } from '../seal.ts';
import type { ClaimFacts } from './claim-facts.ts';
import type { AuthenticationMethod, AuthenticationResponse, Impersonator, User } from './authentication-response.ts';

/** A session out of a cookie. It shows neither cookie nor password, printed or as JSON. */
export interface SealedSession {
  /**
   * Opens the cookie and verifies the access token in it; no request once the signing keys are cached. What is wrong
   * with the cookie is returned with a `reason`.
   *
   * `Claims` are the claims your own template adds to the access token.
   *
   * @throws keys_unavailable: The signing keys cannot be fetched, and none are cached.
   * @throws invalid_option: `fetchFn` gave no response.
   *
   * @example
   * const result = await session.authenticate<{ plan: 'free' | 'team' }>();
   * if (result.authenticated) console.log(result.user.email, result.claims.plan);
   */
  authenticate<Claims extends object = Record<string, unknown>>(): Promise<AuthenticateResult<Claims>>;

  /**
   * Exchanges the refresh token for a new session and seals it; the session object goes on with it. Any number of
   * concurrent callers make one request, and whoever comes up to 25 seconds later with the old cookie gets the same
   * new session. Settles within `refreshBudget`.
   *
   * @throws missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A setting or an option is
   *   missing or wrong.
   * @throws api_key_refused, access_denied, not_found, request_refused, authentication_incomplete: The API refuses the
   *   refresh.
   * @throws session_too_large: The session is too large to be sealed.
   *
   * @example
   * const result = await session.refresh();
   * if (result.authenticated) setCookie(result.sealedSession);
   * else if (!result.retryable) redirectToSignIn();
   */
  refresh<Claims extends object = Record<string, unknown>>(options?: RefreshOptions): Promise<RefreshResult<Claims>>;

  /**
   * Address that ends the session and sends the visitor on. Works for every cookie that opens, without any request: also
   * if the session has expired, or if its signing key is gone or unreachable.
   *
   * @throws session_unusable: The cookie names no session: `reason` says why.
   */
  getLogOutUrl(options?: LogOutUrlOptions): Promise<string>;

  /**
   * The same method as `getLogOutUrl`.
   *
   * @throws session_unusable: The cookie names no session: `reason` says why.
   */
  getLogoutUrl(options?: LogOutUrlOptions): Promise<string>;
}

/** Options of `refresh()`. */
export interface RefreshOptions {
  /** Seals the new session, and opens it from now on; that of the session unless given. */
  cookiePassword?: CookiePassword | undefined;
  /** The organization to switch to; that of the session unless given. */
  organizationId?: string | undefined;
  /** Stops waiting: the call rejects with the signal's reason. The refresh goes on. */
  signal?: AbortSignalLike | undefined;
}

/** Options of `getLogOutUrl()`. */
export interface LogOutUrlOptions {
  /** Where the visitor is sent afterwards; unless given, to the sign-out redirect set in the dashboard. */
  returnTo?: string | undefined;
}

/** What is known of a session that is good. */
export interface SessionFacts<Claims extends object = Record<string, unknown>> extends ClaimFacts {
  /** True: the session is good. */
  authenticated: true;
  /** The user, as of the sign-in or the last refresh. */
  user: User;
  /** How the user proved who they are. */
  authenticationMethod?: AuthenticationMethod;
  /** Set when a member of your team acts as the user. */
  impersonator?: Impersonator;
  /** Everything the access token says, your own claims among it. */
  claims: AccessTokenClaims & Claims;
  /** Whether an older cookie password opened the cookie: refresh soon, to seal it with the present one. */
  needsReseal: boolean;
}

/** `authenticate()`: the session is good. */
export interface AuthenticateSuccess<Claims extends object = Record<string, unknown>> extends SessionFacts<Claims> {
  /** The access token, to be sent to your own services. */
  accessToken: string;
}

/** Why `authenticate()` found no session. */
export type AuthenticateFailureReason = 'no_session_cookie_provided' | 'invalid_session_cookie' | 'invalid_jwt';

/** `authenticate()`: there is no session. */
export interface AuthenticateFailure {
  /** False: there is no session. */
  authenticated: false;
  /** Why not. */
  reason: AuthenticateFailureReason;
}

/** What `authenticate()` answers. */
export type AuthenticateResult<Claims extends object = Record<string, unknown>> =
  AuthenticateSuccess<Claims> | AuthenticateFailure;

/** `refresh()`: there is a new session. */
export interface RefreshSuccess<Claims extends object = Record<string, unknown>> extends SessionFacts<Claims> {
  /** The new value for the session cookie. */
  sealedSession: string;
  /** Bytes of the cookie's name and value; browsers drop more than 4,096. */
  cookieBytes: number;
  /** The answer of the API, tokens included. */
  session: AuthenticationResponse;
}

/** Why trying again leads nowhere. */
export type RefreshTerminalReason =
  'no_session_cookie_provided' | 'invalid_session_cookie' | 'invalid_grant' | 'mfa_enrollment' | 'sso_required';

/** Why there was no answer that counts. */
export type RefreshRetryableReason = 'rate_limit_exceeded' | 'timeout' | 'server_error' | 'network_error';

/** `refresh()`: the API, or the cookie, has given a final no. */
export interface RefreshTerminalFailure {
  /** False: there is no session. */
  authenticated: false;
  /** Why not. */
  reason: RefreshTerminalReason;
  /** False: trying again leads nowhere. */
  retryable: false;
  /**
   * Whether the present session is over. If false, an organization has refused the session, and the session goes on in
   * the one that it has: keep the cookie.
   */
  sessionEnded: boolean;
  /** What the API answered; an `AuthenticationException` if it requires another step. Absent if it was not asked. */
  error?: SessionError;
  /** Send it back with the next step. A getter that no logger prints. */
  readonly pendingAuthenticationToken?: string | undefined;
  /** Where the API sends the visitor for the next step, if it says so. A getter that no logger prints. */
  readonly authkitRedirectUrl?: string | undefined;
}

/** `refresh()`: nothing is known about the session; keep the cookie and try again. */
export interface RefreshRetryableFailure {
  /** False: there is no new session. */
  authenticated: false;
  /** Why not. */
  reason: RefreshRetryableReason;
  /** True: the session may well be good. */
  retryable: true;
  /** False: keep the cookie. */
  sessionEnded: false;
  /** Seconds the API asked to wait. */
  retryAfter?: number;
  /** What happened, for the log: its `code`, `message`, `status` and `requestId` hold no secret. */
  error: SessionError;
}

/** What `refresh()` answers. */
export type RefreshResult<Claims extends object = Record<string, unknown>> =
  RefreshSuccess<Claims> | RefreshTerminalFailure | RefreshRetryableFailure;
