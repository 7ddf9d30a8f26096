/** What the helpers throw, and what to do about each of it. */
import { isRecord } from './exchange/json.ts';

/** What to do about each failure, by its code, permanent once released; the catalogue says what each means. */
export const remedies = {
  missing_api_key: 'Pass "apiKey" to new WorkOS(), or set WORKOS_API_KEY.',
  missing_client_id: 'Pass "clientId" to new WorkOS(), or set WORKOS_CLIENT_ID.',
  missing_cookie_password: 'Pass "cookiePassword", or set WORKOS_COOKIE_PASSWORD to 32 or more random characters.',
  short_cookie_password: 'Generate one with "openssl rand -base64 32", and set it as WORKOS_COOKIE_PASSWORD.',
  invalid_option: 'Correct the option that the message names.',
  invalid_cookie: 'Correct the cookie option that the message names.',
  session_too_large: "Take claims out of the access token's template, or metadata off the user.",
  session_unusable: 'Clear the cookie and send the visitor to your signed-out page: there is no session to end.',
  keys_unavailable: 'Answer 503 and keep the cookie: the visitor did nothing wrong, the next request may succeed.',
  api_key_refused: 'Check that WORKOS_API_KEY is of the same environment as WORKOS_CLIENT_ID.',
  access_denied: 'Check the permissions of the API key and the state of the environment in the dashboard.',
  not_found: 'Check WORKOS_CLIENT_ID, and "apiHostname" where you set it.',
  request_refused: 'Read "apiCode" and look "requestId" up in the dashboard.',
  authentication_incomplete:
    'Lead the visitor through the step, such as verifying the email address or choosing an organization.',
  state_mismatch: 'Begin the sign-in again: the browser did not begin this one, or ten minutes are over.',
  sign_in_denied: 'Show the visitor a page with a link to sign in.',
  sign_in_failed:
    'Show the visitor a page with a link to sign in; look at the redirect URI in the dashboard if it stays.',
  no_access_token_provided: 'Answer 401 with the header "WWW-Authenticate: Bearer".',
  no_session_cookie_provided: 'Send the visitor to sign in.',
  invalid_session_cookie: 'Clear the cookie and send the visitor to sign in.',
  invalid_jwt: 'Call refresh(); send the visitor to sign in when that is refused too.',
  invalid_grant: 'Clear the cookie and send the visitor to sign in.',
  mfa_enrollment: 'Send the visitor to sign in, where the factor is enrolled.',
  sso_required: 'Send the visitor to sign in with the connection of the organization.',
  rate_limit_exceeded: 'Keep the cookie and try again after "retryAfter" seconds.',
  timeout: 'Keep the cookie and try again.',
  server_error: 'Keep the cookie and try again.',
  network_error: 'Keep the cookie and try again; check the name, the proxy and the firewall if it stays.',
  cookie_too_large: 'Split it with chunkCookie() and read it with joinCookie(), or shrink the access token.',
} as const;

/** A code of the catalogue. */
export type ErrorCode = keyof typeof remedies;

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
  /** The body of the API's answer. */
  rawData?: unknown;
}

/** Names a class of ours in every copy of this package, so that `instanceof` knows the errors of another copy. */
export const KIND = Symbol.for('authkit-session-helpers.error');

/**
 * The base class of all errors that the helpers throw. Decide by `code`, never by the message. Printed, as JSON, in its
 * message and in its stack it shows no password, cookie, token or key. What the API answered can contain them, so
 * `rawData` and what is read from it are getters that no logger prints.
 */
export class SessionError extends Error {
  static readonly [KIND]: string = 'SessionError';
  override readonly name: string = 'SessionError';
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

  /** The same as `requestId`, under the name that it has in `@workos-inc/node`. */
  get requestID(): string | undefined {
    return this.requestId;
  }

  /** The body of the API's answer, as it came. It can contain secrets: do not log it. */
  get rawData(): Readonly<Record<string, unknown>> {
    return isRecord(this.#rawData) ? this.#rawData : {};
  }
}
