/** The methods of a loaded session, and their results. */
import type { AccessTokenClaims } from '../access-token.ts';
import type { SessionError } from '../errors.ts';
import type { AbortSignalLike } from '../exchange/abortable.ts';
import type { CookiePassword } from '../seal.ts';
import type { ClaimFacts } from './claim-facts.ts';
import type { AuthenticationMethod, AuthenticationResponse, Impersonator, User } from './authentication-response.ts';

/** The session of a cookie. Neither printing it nor its JSON shows the cookie or the password. */
export interface SealedSession {
  /**
   * Unseals the cookie and verifies the access token in it. It makes no request if the signing keys are cached. For an
   * invalid cookie, it returns a `reason`.
   *
   * `Claims` are the claims that your own template adds to the access token.
   *
   * @throws keys_unavailable: The signing keys cannot be fetched, and none are cached.
   * @throws invalid_option: `fetchFn` returned no response.
   *
   * @example
   * const result = await session.authenticate<{ plan: 'free' | 'team' }>();
   * if (result.authenticated) console.log(result.user.email, result.claims.plan);
   */
  authenticate<Claims extends object = Record<string, unknown>>(): Promise<AuthenticateResult<Claims>>;

  /**
   * Exchanges the refresh token for a new session and seals it. The session object continues with the new session. All
   * concurrent callers share one request, and callers with the old cookie get the same new session for 25 seconds. Settles
   * within `refreshBudget`.
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
   * Returns the URL that ends the session and redirects the visitor. It works for every cookie that unseals, without a
   * request: also if the session has expired, or if its signing key is gone or unreachable.
   *
   * @throws session_unusable: The cookie contains no session: `reason` says why.
   */
  getLogOutUrl(options?: LogOutUrlOptions): Promise<string>;

  /**
   * The same as `getLogOutUrl`.
   *
   * @throws session_unusable: The cookie contains no session: `reason` says why.
   */
  getLogoutUrl(options?: LogOutUrlOptions): Promise<string>;
}

/** Options of `refresh()`. */
export interface RefreshOptions {
  /** The password to seal the new session with. Defaults to the password of the loaded session. */
  cookiePassword?: CookiePassword | undefined;
  /** The organization to switch to. Defaults to that of the session. */
  organizationId?: string | undefined;
  /** Stops waiting: the call rejects with the reason of the signal. The refresh continues. */
  signal?: AbortSignalLike | undefined;
}

/** Options of `getLogOutUrl()`. */
export interface LogOutUrlOptions {
  /** Where the API redirects the visitor afterwards. Defaults to the sign-out redirect in the dashboard. */
  returnTo?: string | undefined;
}

/** The fields of all results for a valid session. */
export interface SessionFacts<Claims extends object = Record<string, unknown>> extends ClaimFacts {
  /** True: the session is valid. */
  authenticated: true;
  /** The user, as of the sign-in or the last refresh. */
  user: User;
  /** How the user signed in. */
  authenticationMethod?: AuthenticationMethod;
  /** Present if an administrator acts as the user. */
  impersonator?: Impersonator;
  /** All claims of the access token, including your own. */
  claims: AccessTokenClaims & Claims;
  /** Whether an old cookie password unsealed the cookie. If so, refresh it soon to seal it with the current one. */
  needsReseal: boolean;
}

/** Result of `authenticate()`: the session is valid. */
export interface AuthenticateSuccess<Claims extends object = Record<string, unknown>> extends SessionFacts<Claims> {
  /** The verified access token, which you can pass on to your own services. */
  accessToken: string;
}

/** Why `authenticate()` returned no session. */
export type AuthenticateFailureReason = 'no_session_cookie_provided' | 'invalid_session_cookie' | 'invalid_jwt';

/** Result of `authenticate()`: there is no valid session. */
export interface AuthenticateFailure {
  /** False: there is no valid session. */
  authenticated: false;
  /** Why there is none. */
  reason: AuthenticateFailureReason;
}

/** Result of `authenticate()`. */
export type AuthenticateResult<Claims extends object = Record<string, unknown>> =
  AuthenticateSuccess<Claims> | AuthenticateFailure;

/** Result of `refresh()`: there is a new session. */
export interface RefreshSuccess<Claims extends object = Record<string, unknown>> extends SessionFacts<Claims> {
  /** The new value for the session cookie. */
  sealedSession: string;
  /** The size of the cookie in bytes. Browsers drop cookies over 4,096, attributes included. */
  cookieBytes: number;
  /** The answer of the API, tokens included. */
  session: AuthenticationResponse;
}

/** Why a refresh failed for good. */
export type RefreshTerminalReason =
  'no_session_cookie_provided' | 'invalid_session_cookie' | 'invalid_grant' | 'mfa_enrollment' | 'sso_required';

/** Why the API could not answer. */
export type RefreshRetryableReason = 'rate_limit_exceeded' | 'timeout' | 'server_error' | 'network_error';

/** Result of `refresh()`: the cookie is invalid, or the API refused the refresh. */
export interface RefreshTerminalFailure {
  /** False: there is no valid session. */
  authenticated: false;
  /** Why there is none. */
  reason: RefreshTerminalReason;
  /** False: the same call will fail again. */
  retryable: false;
  /**
   * Whether the current session has ended. If false, another organization refused the switch, and the session continues in
   * the current one: keep the cookie.
   */
  sessionEnded: boolean;
  /** What the API answered. An `AuthenticationException` if it requires another step. Absent if it was not called. */
  error?: SessionError;
  /** The token to send back with the next step. It is a getter, so loggers do not print it. */
  readonly pendingAuthenticationToken?: string | undefined;
  /** Where the API sends the visitor for the next step, if it says so. It is a getter, so loggers do not print it. */
  readonly authkitRedirectUrl?: string | undefined;
}

/** Result of `refresh()`: the API could not answer. Keep the cookie and try again. */
export interface RefreshRetryableFailure {
  /** False: there is no new session. */
  authenticated: false;
  /** Why there is none. */
  reason: RefreshRetryableReason;
  /** True: the session may still be valid. */
  retryable: true;
  /** False: keep the cookie. */
  sessionEnded: false;
  /** How many seconds the API asked to wait. */
  retryAfter?: number;
  /** What went wrong, for your logs. Its `code`, `message`, `status` and `requestId` contain no secret. */
  error: SessionError;
}

/** Result of `refresh()`. */
export type RefreshResult<Claims extends object = Record<string, unknown>> =
  RefreshSuccess<Claims> | RefreshTerminalFailure | RefreshRetryableFailure;
