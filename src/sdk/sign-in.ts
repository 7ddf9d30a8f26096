/**
 * A sign-in with AuthKit: a URL and a cookie that lasts ten minutes → the callback → a session or a reason.
 *
 * The cookie binds the callback to the browser that began the sign-in (RFC 6749, section 10.12; RFC 7636). It contains the
 * sealed state, the PKCE verifier and where the visitor wanted to go. Each sign-in has its own cookie name, so that two
 * tabs do not affect each other.
 */
import { createPkce, randomText, type AuthorizationUrlOptions } from './authorization-url.ts';
import { readCookies, type RequestWithCookies, type ResponseHeader } from './check-session.ts';
import { serializeSessionCookie, setSessionCookie, type SessionCookieOptions } from './cookie.ts';
import { SessionError } from './errors.ts';
import type { AbortSignalLike } from './exchange/abortable.ts';
import { isRecord } from './exchange/json.ts';
import { parseCookies } from './request-cookies.ts';
import { isFilledString, type AuthenticationResponse } from './results/authentication-response.ts';
import { sealPayload, unsealPayload, type CookiePassword, type Keyring } from './seal.ts';

/** Options of `startSignIn()`. */
export interface StartSignInOptions extends Omit<
  AuthorizationUrlOptions,
  'state' | 'codeChallenge' | 'codeChallengeMethod'
> {
  /** Where the visitor wanted to go, a path of your site. Anything else, such as another site, becomes `/`. */
  returnTo?: string | null | undefined;
  /** The password to seal with. Defaults to `WORKOS_COOKIE_PASSWORD`. */
  cookiePassword?: CookiePassword | undefined;
  /** `secure`, `domain` and `path` of the cookie, as for the session cookie. */
  cookie?: SessionCookieOptions | undefined;
}

/** Result of `startSignIn()`. */
export interface StartedSignIn {
  /** The URL to redirect the visitor to. */
  url: string;
  /** The headers to add to the redirect. */
  headers: ResponseHeader[];
}

/** The request of the callback, of the Fetch API, of Node or of a framework. */
export type CallbackRequest = Exclude<RequestWithCookies, string | readonly string[] | null | undefined> & {
  readonly url?: string | undefined;
};

/** Options of `finishSignIn()`. */
export interface FinishSignInOptions {
  /** The password to seal with. Defaults to `WORKOS_COOKIE_PASSWORD`. */
  cookiePassword?: CookiePassword | undefined;
  /** The name and the attributes of the session cookie. The defaults are safe. */
  cookie?: SessionCookieOptions | undefined;
  /** The visitor's IP address, for audit logs and fraud detection. */
  ipAddress?: string | undefined;
  /** The visitor's `User-Agent` header, for audit logs and fraud detection. */
  userAgent?: string | undefined;
  /** Stops waiting: the call rejects with the reason of the signal. */
  signal?: AbortSignalLike | undefined;
}

/** Result of `finishSignIn()`: the visitor is signed in. */
export interface FinishedSignIn extends AuthenticationResponse {
  /** True: the visitor is signed in. */
  authenticated: true;
  /** The path that the visitor wanted to go to. */
  returnTo: string;
  /** The headers to add to the response. They set the session cookie. */
  headers: ResponseHeader[];
}

/** Why a sign-in failed. */
export type SignInFailureReason =
  | 'state_mismatch'
  | 'sign_in_denied'
  | 'sign_in_failed'
  | 'invalid_grant'
  | 'authentication_incomplete'
  | 'mfa_enrollment'
  | 'sso_required'
  | 'rate_limit_exceeded'
  | 'timeout'
  | 'server_error'
  | 'network_error';

/** Result of `finishSignIn()`: the visitor is not signed in. */
export interface FailedSignIn {
  /** False: the visitor is not signed in. */
  authenticated: false;
  /** Why the sign-in failed. */
  reason: SignInFailureReason;
  /** True if the API could not answer. The code may still be valid, so the visitor can load the page again. */
  retryable: boolean;
  /** The path that the visitor wanted to go to; `/` if it is unknown. */
  returnTo: string;
  /** The headers to add to the response. */
  headers: ResponseHeader[];
  /** What went wrong, for your logs. An `AuthenticationException` if another step is required. */
  error?: SessionError;
}

/** Result of `finishSignIn()`. */
export type SignInResult = FinishedSignIn | FailedSignIn;

const COOKIE_PREFIX = 'wos-sign-in-';
const LIFETIME_SEC = 600;
const RETRYABLE: readonly string[] = ['rate_limit_exceeded', 'timeout', 'server_error', 'network_error'];
const FINAL: readonly string[] = ['invalid_grant', 'authentication_incomplete', 'mfa_enrollment', 'sso_required'];

/** The content of the cookie. */
interface Ticket {
  state: string;
  codeVerifier: string;
  returnTo: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

/** Creates the URL and the cookie. */
export async function startSignIn(
  { returnTo, cookiePassword: _, cookie = {}, ...options }: StartSignInOptions,
  keyring: Keyring,
  getUrl: (options: AuthorizationUrlOptions) => string,
): Promise<StartedSignIn> {
  const state = randomText();
  const { codeVerifier, codeChallenge } = await createPkce();
  const url = getUrl({ ...options, state, codeChallenge, codeChallengeMethod: 'S256' });
  const ticket: Ticket = {
    state,
    codeVerifier,
    returnTo: parseReturnTo(returnTo, options.redirectUri),
    expiresAt: Date.now() + LIFETIME_SEC * 1000,
  };
  const value = serializeSessionCookie(await sealPayload(ticket, keyring), {
    ...ticketAttributes(cookie),
    name: cookieName(state),
    maxAge: LIFETIME_SEC,
  });
  return {
    url,
    headers: [
      ['Set-Cookie', value],
      ['Cache-Control', 'private, no-store'],
    ],
  };
}

/** Checks the callback and exchanges its code. */
export async function finishSignIn(
  request: CallbackRequest,
  { cookie = {} }: FinishSignInOptions,
  keyring: Keyring,
  exchange: (given: {
    code: string;
    codeVerifier: string;
  }) => Promise<AuthenticationResponse & { sealedSession: string }>,
): Promise<SignInResult> {
  // In frameworks of Node, it is a path.
  const { searchParams } = new URL(String(request.url), 'http://localhost');
  const state = searchParams.get('state') ?? '';
  const present = parseCookies(readCookies(request));
  const ticket = await findTicket(state, present, keyring);
  const spent: ResponseHeader[] = [['Cache-Control', 'private, no-store']];
  if (present.has(cookieName(state))) {
    const gone = { ...ticketAttributes(cookie), name: cookieName(state), maxAge: 0 };
    spent.push(['Set-Cookie', serializeSessionCookie('', gone)]);
  }
  const fail = (reason: SignInFailureReason, error?: SessionError): FailedSignIn => {
    const retryable = RETRYABLE.includes(reason);
    // The cookie stays if the visitor can try again with the same code.
    const headers = retryable ? spent.slice(0, 1) : spent;
    const returnTo = ticket?.returnTo ?? '/';
    return { authenticated: false, reason, retryable, returnTo, headers, ...(error && { error }) };
  };
  // Checked first, because the URL may come from somebody else.
  if (!ticket) return fail('state_mismatch');
  const denied = searchParams.get('error');
  if (denied !== null) return fail(denied === 'access_denied' ? 'sign_in_denied' : 'sign_in_failed');
  const code = searchParams.get('code');
  if (!code) return fail('sign_in_failed');
  try {
    const response = await exchange({ code, codeVerifier: ticket.codeVerifier });
    // By name, so that the cookies of an earlier session are deleted too.
    const held = Object.fromEntries([...present].map(([name, [value]]) => [name, value]));
    const cookies = setSessionCookie(response.sealedSession, { ...cookie, present: held });
    const headers = [...spent, ...cookies.map((value): ResponseHeader => ['Set-Cookie', value])];
    return { ...response, authenticated: true, returnTo: ticket.returnTo, headers };
  } catch (error) {
    if (!(error instanceof SessionError) || ![...RETRYABLE, ...FINAL].includes(error.code)) throw error;
    return fail(error.code as SignInFailureReason, error);
  }
}

/**
 * The path to go to on the site of `redirectUri`. For a browser, `//host`, `/\\host` and a tab between slashes mean another
 * site, so this compares the URL that the browser would go to.
 */
export function parseReturnTo(returnTo: string | null | undefined, redirectUri: string): string {
  const { origin } = new URL(redirectUri);
  if (!isFilledString(returnTo) || !URL.canParse(returnTo, origin)) return '/';
  const url = new URL(returnTo, origin);
  if (url.origin !== origin) return '/';
  const path = url.pathname + url.search + url.hash;
  // "https://our.site//host" is on our site, but its path alone means another site.
  return path.startsWith('//') ? '/' : path;
}

async function findTicket(
  state: string,
  present: Map<string, string[]>,
  keyring: Keyring,
): Promise<Ticket | undefined> {
  for (const value of present.get(cookieName(state)) ?? []) {
    const opened = await unsealPayload(value, keyring, parseTicket);
    if (opened && opened.data.state === state && opened.data.expiresAt > Date.now()) return opened.data;
  }
  return undefined;
}

function parseTicket(payload: unknown): Ticket | undefined {
  if (!isRecord(payload)) return undefined;
  const { state, codeVerifier, returnTo, expiresAt } = payload;
  if (!isFilledString(state) || !isFilledString(codeVerifier) || !isFilledString(returnTo)) return undefined;
  return typeof expiresAt === 'number' ? { state, codeVerifier, returnTo, expiresAt } : undefined;
}

/** The callback comes from another site, so the browser would not send a `Strict` cookie. */
function ticketAttributes({ secure, domain, path }: SessionCookieOptions): SessionCookieOptions {
  return { secure, domain, path, sameSite: 'lax' };
}

/** The start of the state distinguishes sign-ins. The seal contains the whole state. */
function cookieName(state: string): string {
  return COOKIE_PREFIX + state.slice(0, 8).replaceAll(/[^\w-]/g, '_');
}
