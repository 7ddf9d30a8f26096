/** The errors that the helpers throw, and what to do about each. */
import { isRecord } from './exchange/json.ts';

/** What to do about each failure, by its code. Codes never change. The catalogue describes them. */
export const remedies = {
  missing_api_key: 'Pass "apiKey" to new WorkOS(), or set WORKOS_API_KEY.',
  missing_client_id: 'Pass "clientId" to new WorkOS(), or set WORKOS_CLIENT_ID.',
  missing_cookie_password: 'Pass "cookiePassword", or set WORKOS_COOKIE_PASSWORD to 32 or more random characters.',
  short_cookie_password: 'Generate one with "openssl rand -base64 32", and set it as WORKOS_COOKIE_PASSWORD.',
  invalid_option: 'Correct the option that the message names.',
  invalid_cookie: 'Correct the cookie option that the message names.',
  session_too_large: "Remove claims from the access token's template, or metadata from the user.",
  session_unusable: 'Clear the cookie and send the visitor to your signed-out page: there is no session to end.',
  keys_unavailable:
    'Respond with 503 and keep the cookie: the visitor did nothing wrong, and the next request may succeed.',
  api_key_refused: 'Check that WORKOS_API_KEY belongs to the same environment as WORKOS_CLIENT_ID.',
  access_denied: 'Check the permissions of the API key and the state of the environment in the dashboard.',
  not_found: 'Check WORKOS_CLIENT_ID, and "apiHostname" if you set it.',
  request_refused: 'Read "apiCode", and look up "requestId" in the dashboard.',
  authentication_incomplete:
    'Guide the visitor through the step, such as verifying the email address or choosing an organization.',
  state_mismatch: 'Start the sign-in again: this browser did not start it, or it took more than ten minutes.',
  sign_in_denied: 'Show the visitor a page with a link to sign in.',
  sign_in_failed:
    'Show the visitor a page with a link to sign in. If it happens again, check the redirect URI in the dashboard.',
  no_access_token_provided: 'Respond with 401 and the header "WWW-Authenticate: Bearer".',
  no_session_cookie_provided: 'Send the visitor to sign in.',
  invalid_session_cookie:
    'Clear the cookie and send the visitor to sign in. "npx authkit-session-helpers inspect" says what is wrong with it.',
  invalid_jwt: 'Call refresh(). If it is refused too, send the visitor to sign in.',
  invalid_grant: 'Clear the cookie and send the visitor to sign in.',
  mfa_enrollment: 'Send the visitor to sign in. The sign-in page enrolls the factor.',
  sso_required: 'Send the visitor to sign in with the connection of the organization.',
  rate_limit_exceeded: 'Keep the cookie and try again after "retryAfter" seconds.',
  timeout: 'Keep the cookie and try again.',
  server_error: 'Keep the cookie and try again.',
  network_error: 'Keep the cookie and try again. If it happens again, check the host name, the proxy and the firewall.',
  cookie_too_large: 'Set it with setSessionCookie() and read it with readSessionCookie(), or shrink the access token.',
} as const;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof remedies;

/** Details of an error, in addition to its code and its message. */
export interface SessionErrorDetails {
  /** The HTTP status of the answer that caused it. */
  status?: number | undefined;
  /** How many seconds the server asked to wait. */
  retryAfter?: number | undefined;
  /** The API's own code, such as `email_verification_required`. */
  apiCode?: string | undefined;
  /** The API's `X-Request-ID`. Quote it to support. */
  requestId?: string | undefined;
  /** Why the session cannot be used. */
  reason?: ErrorCode | undefined;
  /** The body of the API's answer. */
  rawData?: unknown;
}

/** The name of a class in every copy of this package, so that `instanceof` recognizes the errors of another copy. */
export const KIND = Symbol.for('authkit-session-helpers.error');

/**
 * The base class of all errors that the helpers throw. Check `code`, never the message. The message, the stack, the JSON and
 * the printed form contain no password, cookie, token or key. The answer of the API can contain them, so `rawData` and
 * everything read from it are getters, which loggers do not print.
 */
export class SessionError extends Error {
  static readonly [KIND]: string = 'SessionError';
  override readonly name: string = 'SessionError';
  /** The code, a key of `errorCatalogue`. It never changes. */
  readonly code: ErrorCode;
  /** What to do, as one imperative sentence. */
  readonly remedy: string;
  /** The HTTP status of the answer that caused it. */
  declare readonly status?: number;
  /** How many seconds the server asked to wait. */
  declare readonly retryAfter?: number;
  /** The API's own code, such as `email_verification_required`. */
  declare readonly apiCode?: string;
  /** The API's `X-Request-ID`. Quote it to support. */
  declare readonly requestId?: string;
  /** Why the session cannot be used. */
  declare readonly reason?: ErrorCode;
  readonly #rawData: unknown;

  constructor(code: ErrorCode, message: string, { rawData, ...details }: SessionErrorDetails = {}) {
    super(message);
    this.code = code;
    this.remedy = remedies[code];
    this.#rawData = rawData;
    for (const [name, value] of Object.entries(details)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }

  /** Whether `value` is an error of this class, or of the same class in another copy of this package. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    if (Function.prototype[Symbol.hasInstance].call(this, value)) return true;
    if (!Object.hasOwn(this, KIND) || !(value instanceof Error)) return false;
    for (let proto: unknown = value; proto; proto = Object.getPrototypeOf(proto)) {
      const { constructor } = proto as { constructor: { [KIND]?: string } };
      if (constructor[KIND] === this[KIND]) return true;
    }
    return false;
  }

  /** The same as `requestId`, with the name that it has in `@workos-inc/node`. */
  get requestID(): string | undefined {
    return this.requestId;
  }

  /** The body of the API's answer. It can contain secrets: do not log it. */
  get rawData(): Readonly<Record<string, unknown>> {
    return isRecord(this.#rawData) ? this.#rawData : {};
  }
}
