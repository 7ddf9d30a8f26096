/** What the helpers throw. */
import { type ErrorCode, remedies } from './remedies.ts';

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
    this.remedy = remedies[code];
    for (const [name, value] of Object.entries(details)) {
      if (value !== undefined) Object.assign(this, { [name]: value });
    }
  }
}
