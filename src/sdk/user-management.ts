/**
 * `workos.userManagement`: signing in, and loading the session from a cookie. Over 300 lines, because it lists all
 * methods; each one is implemented elsewhere.
 */
import { authenticate, post } from './api.ts';
import {
  createPkce,
  describeAuthorizationUrl,
  randomText,
  type AuthorizationUrlOptions,
  type AuthorizationWithPkce,
} from './authorization-url.ts';
import { authenticateBearer, type BearerResult } from './bearer.ts';
import { checkSession, type CheckSessionOptions, type RequestWithCookies, type SessionCheck } from './check-session.ts';
import { countCookieBytes } from './cookie.ts';
import { SessionError } from './errors.ts';
import { abortable, type AbortSignalLike } from './exchange/abortable.ts';
import { KeySet, sharedKeySet } from './key-set.ts';
import type { AuthenticationResponse } from './results/authentication-response.ts';
import type { SealedSession } from './results/session-result.ts';
import { readEnvironment } from './runtime.ts';
import {
  parseCookiePassword,
  sealResponse,
  sealSession,
  unsealSession,
  type CookiePassword,
  type Keyring,
  type SessionData,
} from './seal.ts';
import { createSession } from './session.ts';
import type { Settings } from './settings.ts';
import {
  finishSignIn,
  startSignIn,
  type CallbackRequest,
  type FinishSignInOptions,
  type SignInResult,
  type StartedSignIn,
  type StartSignInOptions,
} from './sign-in.ts';

/** Options of `loadSealedSession()`. */
export interface LoadSealedSessionOptions {
  /**
   * The value of the session cookie; undefined if the request has none. If there are several, as `readSessionCookie`
   * returns them, the newest session that unseals is used.
   */
  sessionData: string | readonly string[] | undefined;
  /** The password that sealed the session, or several. Defaults to `WORKOS_COOKIE_PASSWORD`. */
  cookiePassword: CookiePassword | undefined;
}

/** Whether and how a new session is sealed. */
export interface SealOptions {
  /** Whether the result contains `sealedSession`, the value for the session cookie. */
  sealSession: boolean;
  /** The password to seal with. Defaults to `WORKOS_COOKIE_PASSWORD`. */
  cookiePassword?: CookiePassword | undefined;
}

/** Options that all sign-in methods take. */
export interface AuthenticateOptions {
  /** The client id. Defaults to that of the client. */
  clientId?: string | undefined;
  /** The visitor's IP address, for audit logs and fraud detection. */
  ipAddress?: string | undefined;
  /** The visitor's `User-Agent` header, for audit logs and fraud detection. */
  userAgent?: string | undefined;
  /** Whether and how the session is sealed. By default, it is not. */
  session?: SealOptions | undefined;
  /** Stops waiting: the call rejects with the reason of the signal. */
  signal?: AbortSignalLike | undefined;
}

/** Options of `authenticateWithCode()`. */
export interface AuthenticateWithCodeOptions extends AuthenticateOptions {
  /** The `code` that AuthKit appended to the redirect URI. It works once. */
  code: string;
  /** The PKCE verifier (RFC 7636), if the authorization URL contained its challenge. */
  codeVerifier?: string | undefined;
  /** The token of the invitation that the user accepts. */
  invitationToken?: string | undefined;
}

/** Options of `authenticateWithPassword()`. */
export interface AuthenticateWithPasswordOptions extends AuthenticateOptions {
  /** The user's email address. */
  email: string;
  /** The user's password. */
  password: string;
  /** The token of the invitation that the user accepts. */
  invitationToken?: string | undefined;
}

/** Options of `authenticateWithRefreshToken()`. */
export interface AuthenticateWithRefreshTokenOptions extends AuthenticateOptions {
  /** The refresh token. It works once. */
  refreshToken: string;
  /** The organization to switch to. Defaults to that of the session. */
  organizationId?: string | undefined;
}

/** Options of `authenticateWithCodeAndVerifier()`. */
export interface AuthenticateWithCodeAndVerifierOptions extends AuthenticateWithCodeOptions {
  /** The PKCE verifier (RFC 7636). */
  codeVerifier: string;
}

/** Options of `authenticateWithMagicAuth()`. */
export interface AuthenticateWithMagicAuthOptions extends AuthenticateOptions {
  /** The code that the user received by email. */
  code: string;
  /** The user's email address. */
  email: string;
  /** The token of the invitation that the user accepts. */
  invitationToken?: string | undefined;
  /** The code of an earlier sign-in with a provider, to link the two. */
  linkAuthorizationCode?: string | undefined;
}

/** Options that all next steps of a sign-in take. */
export interface PendingAuthenticationOptions extends AuthenticateOptions {
  /** `pendingAuthenticationToken` of the `AuthenticationException`. */
  pendingAuthenticationToken: string;
}

/** Options of `authenticateWithEmailVerification()`. */
export interface AuthenticateWithEmailVerificationOptions extends PendingAuthenticationOptions {
  /** The code that the user received by email. */
  code: string;
}

/** Options of `authenticateWithOrganizationSelection()`. */
export interface AuthenticateWithOrganizationSelectionOptions extends PendingAuthenticationOptions {
  /** The organization that the user has chosen, `org_…`. */
  organizationId: string;
}

/** Options of `authenticateWithTotp()`. */
export interface AuthenticateWithTotpOptions extends PendingAuthenticationOptions {
  /** The code that the user's authenticator app shows. */
  code: string;
  /** The id of the challenge of the factor. */
  authenticationChallengeId: string;
}

/** Options of `sealSession()` and `unsealSession()`. */
export interface SealSessionOptions {
  /** The password, or several. Defaults to `WORKOS_COOKIE_PASSWORD`. */
  cookiePassword?: CookiePassword | undefined;
}

/** Options of `revokeSession()`. */
export interface RevokeSessionOptions {
  /** The id of the session to end, `session_…`. */
  sessionId: string;
  /** Stops waiting: the call rejects with the reason of the signal. */
  signal?: AbortSignalLike | undefined;
}

/** Options of `getLogoutUrl()`. */
export interface LogoutUrlOptions {
  /** The id of the session to end, `session_…`. */
  sessionId: string;
  /** Where the API redirects the visitor afterwards. Defaults to the sign-out redirect in the dashboard. */
  returnTo?: string | undefined;
}

/** Signing in and sessions: `workos.userManagement`. */
export class UserManagement {
  /** The client id; undefined if neither the option nor `WORKOS_CLIENT_ID` is set. */
  readonly clientId: string | undefined;
  readonly #settings: Settings;
  #keys: KeySet | undefined;

  /** Created by `new WorkOS()`. */
  constructor(settings: Settings) {
    this.clientId = settings.clientId;
    this.#settings = settings;
  }

  /**
   * Loads the session from a session cookie. It does not unseal the cookie yet, so it never throws because of the cookie.
   * It is not asynchronous, but you can await it.
   *
   * @throws missing_client_id, missing_cookie_password, short_cookie_password, invalid_option: A setting or an option
   *   is missing or wrong.
   *
   * @example
   * const session = workos.userManagement.loadSealedSession({
   *   sessionData: request.cookies['wos-session'],
   *   cookiePassword: process.env.WORKOS_COOKIE_PASSWORD,
   * });
   * const result = await session.authenticate();
   */
  loadSealedSession(options: LoadSealedSessionOptions): SealedSession;
  /** The same with the password from `WORKOS_COOKIE_PASSWORD`. */
  loadSealedSession(
    options: Pick<LoadSealedSessionOptions, 'sessionData'> & Partial<LoadSealedSessionOptions>,
  ): SealedSession;
  loadSealedSession(options: Partial<LoadSealedSessionOptions>): SealedSession {
    const action = 'load sealed session';
    const clientId = this.#clientIdFor(action, undefined);
    const keyring = parsePasswordOrEnvironment(options.cookiePassword, action);
    return createSession({
      settings: this.#settings,
      clientId,
      keys: this.#keySet(clientId),
      sessionData: options.sessionData,
      keyring,
      getLogoutUrl: (logout) => this.getLogoutUrl(logout),
    });
  }

  /**
   * Checks the session of a request in one call: authenticates it, refreshes it in the last minute of its access token or
   * when the token has expired, and returns the headers to send. Without a valid session, or if the API or the key server
   * cannot answer, it returns a `reason`. Nobody is signed out because a server is down.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws api_key_refused, access_denied, not_found, request_refused, authentication_incomplete: The API refuses the
   *   refresh.
   * @throws invalid_cookie, session_too_large: The cookie cannot be written with these attributes, or the session does
   *   not fit.
   *
   * @example
   * const session = await workos.userManagement.checkSession(request);
   * for (const [name, value] of session.headers) response.headers.append(name, value);
   */
  async checkSession<Claims extends object = Record<string, unknown>>(
    request: RequestWithCookies,
    options: CheckSessionOptions = {},
  ): Promise<SessionCheck<Claims>> {
    const { cookiePassword, signal } = options;
    const load = (sessionData: readonly string[]) => this.loadSealedSession({ sessionData, cookiePassword });
    return abortable(() => checkSession<Claims>(request, options, load), signal);
  }

  /**
   * Exchanges the code that AuthKit appended to the redirect URI for a session.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws invalid_grant, mfa_enrollment, sso_required, authentication_incomplete: The sign-in is refused, or requires
   *   another step.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async authenticateWithCode(options: AuthenticateWithCodeOptions): Promise<AuthenticationResponse> {
    const { code, codeVerifier, invitationToken } = options;
    return this.#authenticate('authenticate with code', options, codeVerifier ? 'optional' : 'required', {
      grant_type: 'authorization_code',
      code: requireString('authenticate with code', 'code', code),
      code_verifier: codeVerifier,
      invitation_token: invitationToken,
    });
  }

  /**
   * Exchanges email address and password for a session.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws invalid_grant, mfa_enrollment, sso_required, authentication_incomplete: The sign-in is refused, or requires
   *   another step.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async authenticateWithPassword(options: AuthenticateWithPasswordOptions): Promise<AuthenticationResponse> {
    const { email, password, invitationToken } = options;
    return this.#authenticate('authenticate with password', options, 'required', {
      grant_type: 'password',
      email: requireString('authenticate with password', 'email', email),
      password: requireString('authenticate with password', 'password', password),
      invitation_token: invitationToken,
    });
  }

  /**
   * Exchanges a refresh token for a new session. For a cookie, use `session.refresh()`: it shares one API call among
   * concurrent callers, and distinguishes a transient failure from the end of the session. This method throws for both.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws invalid_grant, mfa_enrollment, sso_required, authentication_incomplete: The sign-in is refused, or requires
   *   another step.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async authenticateWithRefreshToken(options: AuthenticateWithRefreshTokenOptions): Promise<AuthenticationResponse> {
    const { refreshToken, organizationId } = options;
    return this.#authenticate('authenticate with refresh token', options, 'optional', {
      grant_type: 'refresh_token',
      refresh_token: requireString('authenticate with refresh token', 'refreshToken', refreshToken),
      organization_id: organizationId,
    });
  }

  /**
   * Like `authenticateWithCode()`, for a client without an API key, such as a command-line tool. The verifier is enough.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws invalid_grant, mfa_enrollment, sso_required, authentication_incomplete: The sign-in is refused, or requires
   *   another step.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async authenticateWithCodeAndVerifier(
    options: AuthenticateWithCodeAndVerifierOptions,
  ): Promise<AuthenticationResponse> {
    const codeVerifier = requireString('authenticate with code and verifier', 'codeVerifier', options.codeVerifier);
    return this.authenticateWithCode({ ...options, codeVerifier });
  }

  /**
   * Exchanges the code that a user received by email for a session.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws invalid_grant, mfa_enrollment, sso_required, authentication_incomplete: The sign-in is refused, or requires
   *   another step.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async authenticateWithMagicAuth(options: AuthenticateWithMagicAuthOptions): Promise<AuthenticationResponse> {
    const action = 'authenticate with magic auth';
    return this.#authenticate(action, options, 'required', {
      grant_type: 'urn:workos:oauth:grant-type:magic-auth:code',
      code: requireString(action, 'code', options.code),
      email: requireString(action, 'email', options.email),
      invitation_token: options.invitationToken,
      link_authorization_code: options.linkAuthorizationCode,
    });
  }

  /**
   * Finishes a sign-in that requires a verified email address.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws invalid_grant, mfa_enrollment, sso_required, authentication_incomplete: The sign-in is refused, or requires
   *   another step.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async authenticateWithEmailVerification(
    options: AuthenticateWithEmailVerificationOptions,
  ): Promise<AuthenticationResponse> {
    const action = 'authenticate with email verification';
    return this.#continue(action, 'urn:workos:oauth:grant-type:email-verification:code', options, {
      code: requireString(action, 'code', options.code),
    });
  }

  /**
   * Finishes a sign-in for which the user must choose an organization.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws invalid_grant, mfa_enrollment, sso_required, authentication_incomplete: The sign-in is refused, or requires
   *   another step.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async authenticateWithOrganizationSelection(
    options: AuthenticateWithOrganizationSelectionOptions,
  ): Promise<AuthenticationResponse> {
    const action = 'authenticate with organization selection';
    return this.#continue(action, 'urn:workos:oauth:grant-type:organization-selection', options, {
      organization_id: requireString(action, 'organizationId', options.organizationId),
    });
  }

  /**
   * Finishes a sign-in that requires the code of an authenticator app.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws invalid_grant, mfa_enrollment, sso_required, authentication_incomplete: The sign-in is refused, or requires
   *   another step.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async authenticateWithTotp(options: AuthenticateWithTotpOptions): Promise<AuthenticationResponse> {
    const action = 'authenticate with TOTP';
    return this.#continue(action, 'urn:workos:oauth:grant-type:mfa-totp', options, {
      code: requireString(action, 'code', options.code),
      authentication_challenge_id: requireString(
        action,
        'authenticationChallengeId',
        options.authenticationChallengeId,
      ),
    });
  }

  /**
   * Returns the URL of AuthKit's sign-in page, or of a provider. `startSignIn()` also creates a state, PKCE and the cookie
   * that binds them to the browser.
   *
   * @throws missing_client_id, invalid_option: The client id is missing, or AuthKit would refuse an option.
   */
  getAuthorizationUrl(options: AuthorizationUrlOptions): string {
    const clientId = this.#clientIdFor('get authorization URL', options.clientId);
    return describeAuthorizationUrl(options, this.#settings.endpoint.baseUrl, clientId);
  }

  /**
   * Like `getAuthorizationUrl()`, with a state and PKCE, which you keep until the visitor comes back.
   *
   * @throws missing_client_id, invalid_option: The client id is missing, or AuthKit would refuse an option.
   */
  async getAuthorizationUrlWithPKCE(
    options: Omit<AuthorizationUrlOptions, 'state' | 'codeChallenge' | 'codeChallengeMethod'>,
  ): Promise<AuthorizationWithPkce> {
    const { codeVerifier, codeChallenge } = await createPkce();
    const state = randomText();
    const url = this.getAuthorizationUrl({ ...options, state, codeChallenge, codeChallengeMethod: 'S256' });
    return { url, state, codeVerifier };
  }

  /**
   * Begins a sign-in: returns the URL to redirect the visitor to, and the headers that bind the sign-in to this browser
   * for ten minutes. Without `provider`, `connectionId` and `organizationId`, the provider is `authkit`.
   *
   * @throws missing_client_id, missing_cookie_password, short_cookie_password, invalid_option: A setting or an option
   *   is missing or wrong.
   * @throws invalid_cookie: The cookie cannot be written with these attributes.
   *
   * @example
   * const { url, headers } = await workos.userManagement.startSignIn({ redirectUri, returnTo: '/dashboard' });
   */
  async startSignIn(options: StartSignInOptions): Promise<StartedSignIn> {
    const keyring = parsePasswordOrEnvironment(options.cookiePassword, 'start sign-in');
    const { provider, connectionId, organizationId } = options;
    const chosen = provider ?? (connectionId || organizationId ? undefined : 'authkit');
    return startSignIn({ ...options, provider: chosen }, keyring, (given) => this.getAuthorizationUrl(given));
  }

  /**
   * Finishes a sign-in in the callback: checks that this browser began it, exchanges the code, and returns the headers that
   * set the session cookie. If the callback fails, it returns a `reason`.
   *
   * @throws missing_client_id, missing_api_key, missing_cookie_password, short_cookie_password, invalid_option: A
   *   setting or an option is missing or wrong.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws invalid_cookie, session_too_large: The cookie cannot be written with these attributes, or the session does
   *   not fit.
   *
   * @example
   * const result = await workos.userManagement.finishSignIn(request);
   * redirect(result.authenticated ? result.returnTo : '/sign-in-failed', result.headers);
   */
  async finishSignIn(request: CallbackRequest, options: FinishSignInOptions = {}): Promise<SignInResult> {
    const { cookiePassword, ipAddress, userAgent, signal } = options;
    const keyring = parsePasswordOrEnvironment(cookiePassword, 'finish sign-in');
    const session = { sealSession: true, cookiePassword };
    return finishSignIn(request, options, keyring, async (given) => {
      const response = await this.authenticateWithCode({ ...given, ipAddress, userAgent, signal, session });
      return { ...response, sealedSession: response.sealedSession! };
    });
  }

  /**
   * Seals session data as a sign-in does, for a test or a migration. It makes no request and verifies nothing. Whether the
   * session authenticates depends on the access token in it.
   *
   * @throws missing_cookie_password, short_cookie_password, invalid_option: The cookie password or another option is
   *   missing or wrong.
   * @throws session_too_large: The session is too large to be sealed.
   */
  async sealSession(data: SessionData, options: SealSessionOptions = {}): Promise<string> {
    const action = 'seal session';
    requireString(action, 'accessToken', data?.accessToken);
    requireString(action, 'user.id', data.user?.id);
    return sealSession(data, parsePasswordOrEnvironment(options.cookiePassword, action));
  }

  /**
   * Unseals a session without verifying its access token, so do not trust it. Returns undefined if the text is not a
   * session that was sealed with this password.
   *
   * @throws missing_cookie_password, short_cookie_password, invalid_option: The cookie password or another option is
   *   missing or wrong.
   */
  async unsealSession(sessionData: string, options: SealSessionOptions = {}): Promise<SessionData | undefined> {
    const keyring = parsePasswordOrEnvironment(options.cookiePassword, 'unseal session');
    return (await unsealSession(sessionData, keyring))?.data;
  }

  /**
   * Verifies the access token in an `Authorization` header, for single-page and mobile applications. It makes no request
   * if the signing keys are cached. For an invalid token, it returns a `reason`.
   *
   * @throws missing_client_id, invalid_option: The client id is missing, or `fetchFn` returned no response.
   * @throws keys_unavailable: The signing keys cannot be fetched, and none are cached.
   *
   * @example
   * const caller = await workos.userManagement.authenticateBearer(request.headers.get('Authorization'));
   */
  async authenticateBearer<Claims extends object = Record<string, unknown>>(
    authorization: string | null | undefined,
  ): Promise<BearerResult<Claims>> {
    const keys = this.#keySet(this.#clientIdFor('authenticate bearer', undefined));
    return authenticateBearer<Claims>(authorization, keys, this.#settings);
  }

  /**
   * Ends a session from your server, for example when an account is closed.
   *
   * @throws missing_api_key, invalid_option: The API key or the session id is missing.
   * @throws api_key_refused, access_denied, not_found, request_refused: The API refuses the request.
   * @throws rate_limit_exceeded, timeout, server_error, network_error: The API cannot answer now.
   */
  async revokeSession({ sessionId, signal }: RevokeSessionOptions): Promise<void> {
    const action = 'revoke session';
    const { endpoint } = this.#settings;
    const body = { session_id: requireString(action, 'sessionId', sessionId) };
    this.#requireApiKey(action);
    const outcome = await abortable(() => post(endpoint, action, '/user_management/sessions/revoke', body), signal);
    if (!outcome.ok) throw outcome.error;
  }

  /**
   * Returns the URL of the keys that verify access tokens. The client id defaults to that of the client.
   *
   * @throws missing_client_id: The client id is missing.
   */
  getJwksUrl(clientId?: string): string {
    return `${this.#settings.endpoint.baseUrl}/sso/jwks/${encodeURIComponent(this.#clientIdFor('get JWKS URL', clientId))}`;
  }

  /**
   * Returns the URL that ends a session and redirects the visitor.
   *
   * @throws invalid_option: The session id is missing.
   */
  getLogoutUrl(options: LogoutUrlOptions): string {
    const url = new URL('/user_management/sessions/logout', this.#settings.endpoint.baseUrl);
    url.searchParams.set('session_id', requireString('get log out URL', 'sessionId', options.sessionId));
    if (options.returnTo) url.searchParams.set('return_to', options.returnTo);
    return url.href;
  }

  async #authenticate(
    action: string,
    options: AuthenticateOptions,
    apiKeyIs: 'required' | 'optional',
    fields: Record<string, string | undefined>,
  ): Promise<AuthenticationResponse> {
    const { endpoint, checkCookieSize } = this.#settings;
    const clientId = this.#clientIdFor(action, options.clientId);
    const seals = options.session?.sealSession === true;
    if (apiKeyIs === 'required' || seals) this.#requireApiKey(action);
    const keyring = seals ? parsePasswordOrEnvironment(options.session?.cookiePassword, action) : undefined;
    const body = {
      ...fields,
      client_id: clientId,
      client_secret: endpoint.apiKey,
      ip_address: options.ipAddress,
      user_agent: options.userAgent,
    };
    const outcome = await abortable(() => authenticate(endpoint, action, body), options.signal);
    if (!outcome.ok) throw outcome.error;
    if (!keyring) return outcome.response;
    const sealedSession = await sealResponse(outcome.response, keyring);
    const cookieBytes = countCookieBytes(sealedSession);
    checkCookieSize(cookieBytes);
    return { ...outcome.response, sealedSession, cookieBytes };
  }

  /** Takes the next step of a sign-in. */
  #continue(
    action: string,
    grantType: string,
    options: PendingAuthenticationOptions,
    fields: Record<string, string>,
  ): Promise<AuthenticationResponse> {
    const token = requireString(action, 'pendingAuthenticationToken', options.pendingAuthenticationToken);
    const given = { grant_type: grantType, pending_authentication_token: token, ...fields };
    return this.#authenticate(action, options, 'required', given);
  }

  #requireApiKey(action: string): void {
    if (this.#settings.endpoint.apiKey !== undefined) return;
    throw new SessionError(
      'missing_api_key',
      `Cannot ${action}: "apiKey" (WORKOS_API_KEY) is not set, expected an API key`,
    );
  }

  #keySet(clientId: string): KeySet {
    return (this.#keys ??= this.#createKeySet(clientId));
  }

  #createKeySet(clientId: string): KeySet {
    const { endpoint, jwks } = this.#settings;
    const url = this.getJwksUrl(clientId);
    if (jwks) return new KeySet(url, { fetchFn: endpoint.fetchFn, given: jwks });
    return sharedKeySet(url, endpoint.fetchFn);
  }

  #clientIdFor(action: string, clientId: string | undefined): string {
    const found = clientId ?? this.clientId;
    if (!found) {
      throw new SessionError(
        'missing_client_id',
        `Cannot ${action}: neither "clientId" of new WorkOS() nor WORKOS_CLIENT_ID is set, expected one of them`,
      );
    }
    return found;
  }
}

function parsePasswordOrEnvironment(password: CookiePassword | undefined, action: string): Keyring {
  return parseCookiePassword(password ?? readEnvironment('WORKOS_COOKIE_PASSWORD'), action);
}

function requireString(action: string, name: string, value: string | undefined): string {
  if (typeof value !== 'string' || value === '') {
    throw new SessionError('invalid_option', `Cannot ${action}: "${name}" is missing or empty, expected a string`);
  }
  return value;
}
