/** The door: everything a reader can import from `authkit-session-helpers`. */
export type { AccessTokenClaims } from './access-token.ts';
export {
  AuthenticationException,
  BadRequestException,
  ConflictException,
  GenericServerException,
  NotFoundException,
  OauthException,
  RateLimitExceededException,
  UnauthorizedException,
  UnprocessableEntityException,
} from './api-exceptions.ts';
export type { AuthorizationUrlOptions, AuthorizationWithPkce } from './authorization-url.ts';
export type { BearerFailure, BearerResult, BearerSuccess } from './bearer.ts';
export type {
  CheckedSession,
  CheckSessionOptions,
  NoCheckedSession,
  RequestWithCookies,
  ResponseHeader,
  SessionCheck,
} from './check-session.ts';
export { WorkOS } from './client.ts';
export {
  COOKIE_BYTES_MAX,
  SESSION_COOKIE_NAME,
  chunkCookie,
  countCookieBytes,
  deleteSessionCookie,
  joinCookie,
  readSessionCookie,
  serializeSessionCookie,
  setSessionCookie,
  type SessionCookie,
  type SessionCookieOptions,
  type SessionCookiesOptions,
} from './cookie.ts';
export { errorCatalogue, type ErrorCatalogueEntry } from './error-catalogue.ts';
export { type ErrorCode, SessionError, type SessionErrorDetails } from './errors.ts';
export type { FetchFunction } from './exchange/attempt.ts';
export type { RequestCookies } from './request-cookies.ts';
export type { RefreshStore } from './exchange/refresh-store.ts';
export type { RefreshEvent } from './exchange/shared-refresh.ts';
export type { PublicKey, PublicKeySet } from './public-key.ts';
export type {
  AuthenticationMethod,
  AuthenticationResponse,
  Impersonator,
  OauthTokens,
  User,
} from './results/authentication-response.ts';
export type { ClaimFacts } from './results/claim-facts.ts';
export type * from './results/session-result.ts';
export type { CookiePassword, SessionData } from './seal.ts';
export type { SessionWarning, WorkOSOptions } from './settings.ts';
export type {
  CallbackRequest,
  FailedSignIn,
  FinishedSignIn,
  FinishSignInOptions,
  SignInFailureReason,
  SignInResult,
  StartedSignIn,
  StartSignInOptions,
} from './sign-in.ts';
export type {
  AuthenticateOptions,
  AuthenticateWithCodeAndVerifierOptions,
  AuthenticateWithCodeOptions,
  AuthenticateWithEmailVerificationOptions,
  AuthenticateWithMagicAuthOptions,
  AuthenticateWithOrganizationSelectionOptions,
  AuthenticateWithPasswordOptions,
  AuthenticateWithRefreshTokenOptions,
  AuthenticateWithTotpOptions,
  LoadSealedSessionOptions,
  LogoutUrlOptions,
  RevokeSessionOptions,
  SealOptions,
  SealSessionOptions,
  UserManagement,
} from './user-management.ts';
export * from './vendor-names.ts';
