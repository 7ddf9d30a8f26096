/** A session cookie → who the visitor is, a new session, or the way out. */
import { decodeClaims, verifyAccessToken, type AccessTokenClaims, type TokenPolicy } from './access-token.ts';
import { countCookieBytes } from './cookie.ts';
import { SessionError } from './errors.ts';
import { shareRefresh } from './exchange/shared-refresh.ts';
import type { KeySet } from './key-set.ts';
import { compact } from './results/authentication-response.ts';
import type {
  AuthenticateFailureReason,
  AuthenticateResult,
  LogOutUrlOptions,
  RefreshOptions,
  RefreshResult,
  RefreshRetryableReason,
  RefreshTerminalReason,
  SealedSession,
  SessionFacts,
} from './results/session-result.ts';
import { unsealSession, parseCookiePassword, type Keyring, type SessionData } from './seal.ts';
import type { Settings } from './settings.ts';

/** All that a session works with. */
export interface SessionContext {
  settings: Settings;
  clientId: string;
  keys: KeySet;
  sessionData: string | undefined;
  keyring: Keyring;
  getLogoutUrl: (options: { sessionId: string; returnTo: string | undefined }) => string;
}

/** What the cookie gave: its data and the claims of the access token, or why there are none. */
type Reading =
  { reason: AuthenticateFailureReason } | { data: SessionData; claims: AccessTokenClaims; needsReseal: boolean };

const TERMINAL_REASONS: readonly string[] = ['invalid_grant', 'mfa_enrollment', 'sso_required'];
const RETRYABLE_REASONS: readonly string[] = ['rate_limit_exceeded', 'timeout', 'server_error', 'network_error'];

/** The session of a cookie; options have been checked before. What it holds is in no property of it. */
export function createSession(context: SessionContext): SealedSession {
  const { settings, clientId, keys } = context;
  let { sessionData, keyring } = context;
  let calls = 0;
  let lastRefresh = 0;

  async function open() {
    if (sessionData === undefined || sessionData === null || sessionData === '') {
      return { reason: 'no_session_cookie_provided' as const };
    }
    return (await unsealSession(sessionData, keyring)) ?? { reason: 'invalid_session_cookie' as const };
  }

  async function read(expired: TokenPolicy['expired']): Promise<Reading> {
    const opened = await open();
    if ('reason' in opened) return opened;
    const { issuers, audiences, clockToleranceSec, waitUntil } = settings;
    const policy = { issuers, audiences, clockToleranceSec, expired, nowMs: Date.now() };
    const claims = await verifyAccessToken(opened.data.accessToken, keys, policy, waitUntil);
    return claims ? { ...opened, claims } : { reason: 'invalid_jwt' };
  }

  async function authenticate<Claims extends object>(): Promise<AuthenticateResult<Claims>> {
    const reading = await read('refused');
    if ('reason' in reading) return { authenticated: false, reason: reading.reason };
    const { data, claims, needsReseal } = reading;
    return { ...describeSession<Claims>(data, claims, needsReseal), accessToken: data.accessToken };
  }

  async function refresh<Claims extends object>(options: RefreshOptions = {}): Promise<RefreshResult<Claims>> {
    const call = ++calls;
    const sealing =
      options.cookiePassword === undefined ? keyring : parseCookiePassword(options.cookiePassword, 'refresh session');
    requireApiKey(settings);
    const opened = await open();
    if ('reason' in opened) return endOf(opened.reason);
    const { accessToken, refreshToken, organizationId, authenticationMethod } = opened.data;
    if (!refreshToken) return endOf('invalid_session_cookie');
    const request = {
      clientId,
      refreshToken,
      organizationId: options.organizationId ?? decodeClaims(accessToken)?.org_id ?? organizationId,
      authenticationMethod,
    };
    const shared = await shareRefresh(settings.endpoint, request, settings.waitUntil);
    if (!shared.outcome.ok) return describeFailure(shared.outcome.error);
    const { response } = shared.outcome;
    // An answer without them is no success.
    const claims = decodeClaims(response.accessToken)!;
    const sealedSession = await shared.seal(sealing);
    // A caller that began earlier and ends later must not put an older session back.
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

  async function getLogOutUrl({ returnTo }: LogOutUrlOptions = {}): Promise<string> {
    const reading = await read('accepted');
    if (!('reason' in reading)) return context.getLogoutUrl({ sessionId: reading.claims.sid, returnTo });
    const { reason } = reading;
    const message = `Cannot get log out URL: the cookie names no session (${reason}), a session is needed`;
    throw new SessionError('session_unusable', message, { reason });
  }

  return { authenticate, refresh, getLogOutUrl, getLogoutUrl: getLogOutUrl };
}

function requireApiKey({ endpoint }: Settings): void {
  if (endpoint.apiKey !== undefined) return;
  const message = 'Cannot refresh session: "apiKey" of new WorkOS() is not set and neither is WORKOS_API_KEY';
  throw new SessionError('missing_api_key', `${message}, one is needed`);
}

function describeSession<Claims extends object>(
  { user, authenticationMethod, impersonator }: Pick<SessionData, 'user' | 'authenticationMethod' | 'impersonator'>,
  claims: AccessTokenClaims,
  needsReseal: boolean,
): SessionFacts<Claims> {
  return compact<SessionFacts<Claims>>({
    authenticated: true,
    sessionId: claims.sid,
    organizationId: claims.org_id,
    role: claims.role,
    roles: claims.roles,
    permissions: claims.permissions,
    entitlements: claims.entitlements,
    featureFlags: claims.feature_flags,
    user,
    authenticationMethod,
    impersonator,
    claims: claims as AccessTokenClaims & Claims,
    expiresAt: claims.exp * 1000,
    needsReseal,
  });
}

function endOf(reason: RefreshTerminalReason) {
  return { authenticated: false, reason, retryable: false } as const;
}

/** What the visitor or the world is to blame for is returned, what the program is to blame for is thrown. */
function describeFailure(error: SessionError): RefreshResult<never> {
  if (TERMINAL_REASONS.includes(error.code)) return endOf(error.code as RefreshTerminalReason);
  if (!RETRYABLE_REASONS.includes(error.code)) throw error;
  return {
    authenticated: false,
    reason: error.code as RefreshRetryableReason,
    retryable: true,
    ...(error.retryAfter === undefined ? {} : { retryAfter: error.retryAfter }),
    error,
  };
}
