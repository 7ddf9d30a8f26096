/** The catalogue: every way the helpers say no, what each means and what to do about it. */

/** One row of the catalogue. */
export interface ErrorCatalogueEntry {
  /**
   * Where the code appears: `thrown` as `SessionError.code`, `returned` as `reason` of a result, `warned` as the
   * code of a warning, `both` thrown and returned.
   */
  appears: 'thrown' | 'returned' | 'both' | 'warned';
  /** What is the case, as one sentence. */
  meaning: string;
  /** What to do, as one imperative sentence. */
  remedy: string;
}

/** Every code, permanent once released, with its meaning and its remedy. */
export const errorCatalogue = {
  missing_api_key: {
    appears: 'thrown',
    meaning: 'A call that needs the API key was made by a client that has none.',
    remedy: 'Pass "apiKey" to new WorkOS(), or set WORKOS_API_KEY.',
  },
  missing_client_id: {
    appears: 'thrown',
    meaning: 'The client id is needed to find the signing keys and to call the API, and none is set.',
    remedy: 'Pass "clientId" to new WorkOS(), or set WORKOS_CLIENT_ID.',
  },
  missing_cookie_password: {
    appears: 'thrown',
    meaning: 'A session cannot be opened or sealed, because no cookie password is set.',
    remedy: 'Pass "cookiePassword", or set WORKOS_COOKIE_PASSWORD to 32 or more random characters.',
  },
  short_cookie_password: {
    appears: 'thrown',
    meaning: 'A cookie password has fewer than 32 characters.',
    remedy: 'Generate one with "openssl rand -base64 32", and set it as WORKOS_COOKIE_PASSWORD.',
  },
  invalid_option: {
    appears: 'thrown',
    meaning: 'An option has a value of the wrong type or outside its range.',
    remedy: 'Correct the option that the message names.',
  },
  invalid_cookie: {
    appears: 'thrown',
    meaning: 'A Set-Cookie header cannot be written, because a part of it would be refused or misread.',
    remedy: 'Correct the cookie option that the message names.',
  },
  session_too_large: {
    appears: 'thrown',
    meaning: 'A session is too large to be sealed, or to be carried by the cookies a browser accepts.',
    remedy: "Take claims out of the access token's template, or metadata off the user.",
  },
  session_unusable: {
    appears: 'thrown',
    meaning: 'A log out URL was asked for, and the cookie names no session: "reason" says why.',
    remedy: 'Clear the cookie and send the visitor to your signed-out page: there is no session to end.',
  },
  keys_unavailable: {
    appears: 'thrown',
    meaning: 'The keys that sign access tokens could not be fetched, and none that can be trusted are cached.',
    remedy: 'Answer 503 and keep the cookie: the visitor did nothing wrong, the next request may succeed.',
  },
  api_key_refused: {
    appears: 'thrown',
    meaning: 'The API answered 401: the API key is unknown or revoked.',
    remedy: 'Check that WORKOS_API_KEY is of the same environment as WORKOS_CLIENT_ID.',
  },
  access_denied: {
    appears: 'thrown',
    meaning: 'The API answered 403: the API key may not do this.',
    remedy: 'Check the permissions of the API key and the state of the environment in the dashboard.',
  },
  not_found: {
    appears: 'thrown',
    meaning: 'The API answered 404: the client id is unknown, or the host is not the API.',
    remedy: 'Check WORKOS_CLIENT_ID, and "apiHostname" where you set it.',
  },
  request_refused: {
    appears: 'thrown',
    meaning: 'The API answered 422, or another 4xx: it understood the request and will not carry it out.',
    remedy: 'Read "apiCode" and look "requestId" up in the dashboard.',
  },
  authentication_incomplete: {
    appears: 'thrown',
    meaning: 'The credentials are right, and another step is wanted before there is a session: see "apiCode".',
    remedy: 'Lead the visitor through the step, such as verifying the email address or choosing an organization.',
  },
  no_session_cookie_provided: {
    appears: 'returned',
    meaning: 'The request carried no session cookie.',
    remedy: 'Send the visitor to sign in.',
  },
  invalid_session_cookie: {
    appears: 'returned',
    meaning: 'The cookie is not a session that any of the cookie passwords has sealed.',
    remedy: 'Clear the cookie and send the visitor to sign in.',
  },
  invalid_jwt: {
    appears: 'returned',
    meaning: 'The access token is expired, not yet valid, not signed by a known key, or from another issuer.',
    remedy: 'Call refresh(); send the visitor to sign in when that is refused too.',
  },
  invalid_grant: {
    appears: 'both',
    meaning: 'The refresh token or the code is used up, revoked or expired: the session is over.',
    remedy: 'Clear the cookie and send the visitor to sign in.',
  },
  mfa_enrollment: {
    appears: 'both',
    meaning: 'The organization wants a second factor, and the user has none enrolled.',
    remedy: 'Send the visitor to sign in, where the factor is enrolled.',
  },
  sso_required: {
    appears: 'both',
    meaning: 'The organization wants its members to sign in by single sign-on.',
    remedy: 'Send the visitor to sign in with the connection of the organization.',
  },
  rate_limit_exceeded: {
    appears: 'both',
    meaning: 'The API answered 429 until the time for this call was used up.',
    remedy: 'Keep the cookie and try again after "retryAfter" seconds.',
  },
  timeout: {
    appears: 'both',
    meaning: 'The API did not answer in time.',
    remedy: 'Keep the cookie and try again.',
  },
  server_error: {
    appears: 'both',
    meaning: 'The API answered 5xx, or with something that is not an answer.',
    remedy: 'Keep the cookie and try again.',
  },
  network_error: {
    appears: 'both',
    meaning: 'The API could not be reached, or the connection broke.',
    remedy: 'Keep the cookie and try again; check the name, the proxy and the firewall if it stays.',
  },
  cookie_too_large: {
    appears: 'warned',
    meaning: 'Name and value of the session cookie exceed 4,096 bytes: browsers drop such a cookie silently.',
    remedy: 'Split it with chunkCookie() and read it with joinCookie(), or shrink the access token.',
  },
} as const satisfies Record<string, ErrorCatalogueEntry>;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof errorCatalogue;

/** What is known about an error besides its code and its message. */
export interface SessionErrorDetails {
  /** HTTP status of the answer that caused it. */
  status?: number | undefined;
  /** Seconds the server asked to wait. */
  retryAfter?: number | undefined;
  /** The API's own code, such as `email_verification_required`. */
  apiCode?: string | undefined;
  /** The API's `X-Request-ID`, to be named to support. */
  requestId?: string | undefined;
  /** Why a session cannot be used. */
  reason?: ErrorCode | undefined;
}

/**
 * The one class of error the helpers throw. Decide by `code`, never by the message. No field, message or stack of it
 * holds a password, a cookie, a token or a key: the answers of the API and the causes below it are not attached.
 */
export class SessionError extends Error {
  override readonly name = 'SessionError';
  /** The permanent code, a key of `errorCatalogue`. */
  readonly code: ErrorCode;
  /** What to do, as one imperative sentence. */
  readonly remedy: string;
  /** HTTP status of the answer that caused it. */
  declare readonly status?: number;
  /** Seconds the server asked to wait. */
  declare readonly retryAfter?: number;
  /** The API's own code, such as `email_verification_required`. */
  declare readonly apiCode?: string;
  /** The API's `X-Request-ID`, to be named to support. */
  declare readonly requestId?: string;
  /** Why a session cannot be used. */
  declare readonly reason?: ErrorCode;

  constructor(code: ErrorCode, message: string, details: SessionErrorDetails = {}) {
    super(message);
    this.code = code;
    this.remedy = errorCatalogue[code].remedy;
    for (const [name, value] of Object.entries(details)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }
}
