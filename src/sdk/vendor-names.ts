/** Names that existing code imports from `@workos-inc/node` → what they are here. */
import type { AccessTokenClaims } from './access-token.ts';
import type { AuthorizationUrlOptions, AuthorizationWithPkce } from './authorization-url.ts';
import type {
  AuthenticateFailure,
  AuthenticateFailureReason,
  AuthenticateResult,
  AuthenticateSuccess,
  RefreshResult,
  RefreshRetryableFailure,
  RefreshRetryableReason,
  RefreshSuccess,
  RefreshTerminalFailure,
  RefreshTerminalReason,
  SealedSession,
} from './results/session-result.ts';
import type { SessionData } from './seal.ts';
import type { AuthenticateOptions, LogoutUrlOptions, SealOptions } from './user-management.ts';

/** Why `authenticate()` returned no session. */
export const AuthenticateWithSessionCookieFailureReason = {
  INVALID_JWT: 'invalid_jwt',
  INVALID_SESSION_COOKIE: 'invalid_session_cookie',
  NO_SESSION_COOKIE_PROVIDED: 'no_session_cookie_provided',
} as const;
export type AuthenticateWithSessionCookieFailureReason = AuthenticateFailureReason;

/** Why `refresh()` returned no new session. */
export const RefreshSessionFailureReason = {
  INVALID_SESSION_COOKIE: 'invalid_session_cookie',
  NO_SESSION_COOKIE_PROVIDED: 'no_session_cookie_provided',
  INVALID_GRANT: 'invalid_grant',
  MFA_ENROLLMENT: 'mfa_enrollment',
  SSO_REQUIRED: 'sso_required',
  RATE_LIMIT_EXCEEDED: 'rate_limit_exceeded',
  TIMEOUT: 'timeout',
  SERVER_ERROR: 'server_error',
  NETWORK_ERROR: 'network_error',
} as const;
export type RefreshSessionFailureReason =
  (typeof RefreshSessionFailureReason)[keyof typeof RefreshSessionFailureReason];

export type AuthenticateWithSessionCookieSuccessResponse = AuthenticateSuccess;
export type AuthenticateWithSessionCookieFailedResponse = AuthenticateFailure;
export type AuthenticateWithSessionCookieResponse = AuthenticateResult;
export type RefreshSessionResponse = RefreshResult;
export type RefreshSessionSuccessResponse = RefreshSuccess;
export type RefreshSessionTerminalFailedResponse = RefreshTerminalFailure;
export type RefreshSessionRetryableFailedResponse = RefreshRetryableFailure;
export type SessionCookieData = SessionData;
export type TerminalRefreshSessionFailureReason = RefreshTerminalReason;
export type RetryableRefreshSessionFailureReason = RefreshRetryableReason;
export type CookieSession = SealedSession;
export type UserManagementAccessToken = AccessTokenClaims;
export type UserManagementAuthorizationURLOptions = AuthorizationUrlOptions;
export type PKCEAuthorizationURLResult = AuthorizationWithPkce;
export type LogoutURLOptions = LogoutUrlOptions;
export type AuthenticateWithOptionsBase = AuthenticateOptions;
export type AuthenticateWithSessionOptions = SealOptions;
