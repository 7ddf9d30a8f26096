/** A session cookie → the visitor, a new session, or the log out URL. */
import { decodeClaims, decodeSessionId, verifyAccessToken, type AccessTokenClaims } from './access-token.ts';
import { AuthenticationException } from './api-exceptions.ts';
import { countCookieBytes } from './cookie.ts';
import { SessionError } from './errors.ts';
import { abortable } from './exchange/abortable.ts';
import { shareRefresh } from './exchange/shared-refresh.ts';
import type { KeySet } from './key-set.ts';
import { compact } from './results/authentication-response.ts';
import { listClaims } from './results/claim-facts.ts';
import type {
  AuthenticateResult,
  LogOutUrlOptions,
  RefreshOptions,
  RefreshResult,
  RefreshRetryableReason,
  RefreshTerminalFailure,
  RefreshTerminalReason,
  SealedSession,
  SessionFacts,
} from './results/session-result.ts';
import { unsealSession, parseCookiePassword, type Keyring, type OpenedSession, type SessionData } from './seal.ts';
import type { Settings } from './settings.ts';

/** What a session needs. */
export interface SessionContext {
  settings: Settings;
  clientId: string;
  keys: KeySet;
  /** The value of the session cookie, or several, if it is not known which one is the session. */
  sessionData: string | readonly string[] | undefined;
  keyring: Keyring;
  getLogoutUrl: (options: { sessionId: string; returnTo: string | undefined }) => string;
}

/** The sessions that unseal, the newest first, or the reason why there is none. */
type Opened = { reason: 'no_session_cookie_provided' | 'invalid_session_cookie' } | { sessions: Filled<OpenedSession> };
type Filled<T> = [T, ...T[]];

/** A browser sends only a few: one for each path and domain that the cookie was set with. */
export const COOKIES_MAX = 10;
const TERMINAL_REASONS: readonly string[] = ['invalid_grant', 'mfa_enrollment', 'sso_required'];
const RETRYABLE_REASONS: readonly string[] = ['rate_limit_exceeded', 'timeout', 'server_error', 'network_error'];

/** The session of a cookie. The options were checked before. No property contains the cookie or the password. */
export function createSession(context: SessionContext): SealedSession {
  const { settings, clientId, keys } = context;
  let { sessionData, keyring } = context;
  let calls = 0;
  let lastRefresh = 0;

  async function open(): Promise<Opened> {
    const given = listCookies(sessionData);
    if (given.length === 0) return { reason: 'no_session_cookie_provided' };
    const sessions: OpenedSession[] = [];
    for (const value of given.slice(0, COOKIES_MAX)) {
      const session = await unsealSession(value, keyring);
      if (session) sessions.push(session);
    }
    return isFilled(sessions) ? { sessions: sortByExpiry(sessions) } : { reason: 'invalid_session_cookie' };
  }

  async function authenticate<Claims extends object>(): Promise<AuthenticateResult<Claims>> {
    const opened = await open();
    if ('reason' in opened) return { authenticated: false, reason: opened.reason };
    const { issuers, audiences, clockToleranceSec, waitUntil } = settings;
    for (const { data, needsReseal } of opened.sessions) {
      const policy = { issuers, audiences, clockToleranceSec, nowMs: Date.now() };
      const claims = await verifyAccessToken(data.accessToken, keys, policy, waitUntil);
      if (claims) return { ...describeSession<Claims>(data, claims, needsReseal), accessToken: data.accessToken };
    }
    return { authenticated: false, reason: 'invalid_jwt' };
  }

  async function refresh<Claims extends object>(options: RefreshOptions = {}): Promise<RefreshResult<Claims>> {
    const call = ++calls;
    const sealing =
      options.cookiePassword === undefined ? keyring : parseCookiePassword(options.cookiePassword, 'refresh session');
    requireApiKey(settings);
    const opened = await open();
    if ('reason' in opened) return terminalFailure(opened.reason);
    const { accessToken, refreshToken, authenticationMethod, ...data } = opened.sessions[0].data;
    if (!refreshToken) return terminalFailure('invalid_session_cookie');
    const present = decodeClaims(accessToken)?.org_id ?? data.organizationId;
    const organizationId = options.organizationId ?? present;
    const request = { clientId, refreshToken, organizationId, authenticationMethod, keyring: sealing };
    const shared = await abortable(() => shareRefresh(settings.endpoint, request, settings), options.signal);
    if (!shared.outcome.ok) {
      return describeFailure(shared.outcome.error, organizationId === present ? 'refresh' : 'switch');
    }
    const { response } = shared.outcome;
    // An answer without valid claims was turned into a failure before.
    const claims = decodeClaims(response.accessToken)!;
    const sealedSession = await shared.seal(sealing);
    // A call that started earlier but ends later must not restore an older session.
    if (call > lastRefresh) [lastRefresh, sessionData, keyring] = [call, sealedSession, sealing];
    const cookieBytes = countCookieBytes(sealedSession);
    settings.checkCookieSize(cookieBytes);
    return {
      ...describeSession<Claims>(response, claims, false),
      sealedSession,
      cookieBytes,
      session: { ...response, sealedSession, cookieBytes },
    };
  }

  /** The seal proves whose session it is, so the token may be expired, and its signature is not checked. */
  async function getLogOutUrl({ returnTo }: LogOutUrlOptions = {}): Promise<string> {
    const opened = await open();
    const sessionId = 'reason' in opened ? undefined : decodeSessionId(opened.sessions[0].data.accessToken);
    if (sessionId !== undefined) return context.getLogoutUrl({ sessionId, returnTo });
    const reason = 'reason' in opened ? opened.reason : 'invalid_jwt';
    const message = `Cannot get log out URL: the cookie contains no session (${reason}), expected a sealed session`;
    throw new SessionError('session_unusable', message, { reason });
  }

  return { authenticate, refresh, getLogOutUrl, getLogoutUrl: getLogOutUrl };
}

function requireApiKey({ endpoint }: Settings): void {
  if (endpoint.apiKey !== undefined) return;
  const message = 'Cannot refresh session: neither "apiKey" of new WorkOS() nor WORKOS_API_KEY is set';
  throw new SessionError('missing_api_key', `${message}, expected one of them`);
}

function describeSession<Claims extends object>(
  { user, authenticationMethod, impersonator }: Pick<SessionData, 'user' | 'authenticationMethod' | 'impersonator'>,
  claims: AccessTokenClaims,
  needsReseal: boolean,
): SessionFacts<Claims> {
  return compact<SessionFacts<Claims>>({
    authenticated: true,
    ...listClaims(claims),
    user,
    authenticationMethod,
    impersonator,
    claims: claims as AccessTokenClaims & Claims,
    needsReseal,
  });
}

function listCookies(sessionData: SessionContext['sessionData']): readonly unknown[] {
  const values: readonly unknown[] = Array.isArray(sessionData) ? sessionData : [sessionData];
  return values.filter((value) => value !== undefined && value !== null && value !== '');
}

function isFilled<T>(list: T[]): list is Filled<T> {
  return list.length > 0;
}

/** The newest first. The times in a seal come from the API, so they can be compared without checking signatures. */
function sortByExpiry(sessions: Filled<OpenedSession>): Filled<OpenedSession> {
  if (sessions.length === 1) return sessions;
  const expiry = ({ data }: OpenedSession) => decodeClaims(data.accessToken)?.exp ?? 0;
  return sessions.sort((a, b) => expiry(b) - expiry(a));
}

function terminalFailure(reason: RefreshTerminalReason): RefreshTerminalFailure {
  return { authenticated: false, reason, retryable: false, sessionEnded: true };
}

/**
 * Failures of the visitor and of the network are returned, wrong settings and code are thrown. If an organization refuses
 * a switch, the session continues in its current organization.
 */
function describeFailure(error: SessionError, call: 'refresh' | 'switch'): RefreshResult<never> {
  if (TERMINAL_REASONS.includes(error.code)) {
    const reason = error.code as RefreshTerminalReason;
    return withNextStep({
      ...terminalFailure(reason),
      sessionEnded: call === 'refresh' || reason === 'invalid_grant',
      error,
    });
  }
  if (!RETRYABLE_REASONS.includes(error.code)) throw error;
  return {
    authenticated: false,
    reason: error.code as RefreshRetryableReason,
    retryable: true,
    sessionEnded: false,
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    error,
  };
}

/** As getters that are not enumerable, so that no logger prints them. */
function withNextStep(failure: RefreshTerminalFailure): RefreshTerminalFailure {
  const { error } = failure;
  if (!(error instanceof AuthenticationException)) return failure;
  return Object.defineProperties(failure, {
    pendingAuthenticationToken: { get: () => error.pendingAuthenticationToken },
    authkitRedirectUrl: { get: () => error.authkitRedirectUrl },
  });
}
