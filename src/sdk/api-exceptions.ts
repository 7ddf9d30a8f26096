/** A refusal by the API → an error with the class that it has in `@workos-inc/node`. */
import { KIND, type ErrorCode, SessionError, type SessionErrorDetails } from './errors.ts';
import { isRecord } from './exchange/json.ts';
import { optionalString } from './results/authentication-response.ts';

/** The API answered with a status that has no class of its own, such as 403 or 500. */
export class GenericServerException extends SessionError {
  static override readonly [KIND]: string = 'GenericServerException';
  override readonly name: string = 'GenericServerException';
}

/**
 * The credentials are right, but the API requires another step before there is a session: see `apiCode`. What the step
 * needs can be secret, so it is in getters, which loggers do not print.
 */
export class AuthenticationException extends GenericServerException {
  static override readonly [KIND]: string = 'AuthenticationException';
  override readonly name = 'AuthenticationException';

  /** The token to send back with the next step, such as the code that the visitor received by email. */
  get pendingAuthenticationToken(): string | undefined {
    return optionalString(this.rawData['pending_authentication_token']);
  }

  /** The id of the challenge that the visitor must solve. */
  get radarChallengeId(): string | undefined {
    return optionalString(this.rawData['radar_challenge_id']);
  }

  /** The id of the email verification. */
  get emailVerificationId(): string | undefined {
    return optionalString(this.rawData['email_verification_id']);
  }

  /** The second factors of the user. */
  get authenticationFactors(): { id: string; type: string }[] {
    return records(this.rawData['authentication_factors']) as { id: string; type: string }[];
  }

  /** The organizations of which the visitor must choose one. */
  get organizations(): { id: string; name: string }[] {
    return records(this.rawData['organizations']) as { id: string; name: string }[];
  }

  /** The ids of the single sign-on connections that the visitor can use. */
  get connectionIds(): string[] {
    const ids = this.rawData['connection_ids'];
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  }

  /** Where the API sends the visitor for the next step, if it says so. */
  get authkitRedirectUrl(): string | undefined {
    const url = optionalString(this.rawData['authkit_redirect_url']);
    return url !== undefined && /^https?:\/\//i.test(url) && URL.canParse(url) ? url : undefined;
  }
}

/** The API answered like OAuth: `{ error, error_description }`. */
export class OauthException extends SessionError {
  static override readonly [KIND]: string = 'OauthException';
  override readonly name = 'OauthException';

  /** The OAuth error code, such as `invalid_grant`. */
  get error(): string | undefined {
    return optionalString(this.rawData['error']);
  }

  /** The description by the API. It can contain the code or the token that was refused: do not log it. */
  get errorDescription(): string | undefined {
    return optionalString(this.rawData['error_description']);
  }
}

/** The API answered 400 and lists the errors of the request. */
export class BadRequestException extends SessionError {
  static override readonly [KIND]: string = 'BadRequestException';
  override readonly name = 'BadRequestException';

  /** The errors of the request. They can contain what was sent: do not log them. */
  get errors(): readonly unknown[] | undefined {
    return errorsOf(this);
  }
}

/** The API answered 401: the API key is unknown or revoked. */
export class UnauthorizedException extends SessionError {
  static override readonly [KIND]: string = 'UnauthorizedException';
  override readonly name = 'UnauthorizedException';
}

/** The API answered 404. */
export class NotFoundException extends SessionError {
  static override readonly [KIND]: string = 'NotFoundException';
  override readonly name = 'NotFoundException';
}

/** The API answered 409. */
export class ConflictException extends SessionError {
  static override readonly [KIND]: string = 'ConflictException';
  override readonly name = 'ConflictException';
}

/** The API answered 422. */
export class UnprocessableEntityException extends SessionError {
  static override readonly [KIND]: string = 'UnprocessableEntityException';
  override readonly name = 'UnprocessableEntityException';

  /** The errors of the request. They can contain what was sent: do not log them. */
  get errors(): readonly unknown[] | undefined {
    return errorsOf(this);
  }
}

/** The API answered 429: see `retryAfter`. */
export class RateLimitExceededException extends GenericServerException {
  static override readonly [KIND]: string = 'RateLimitExceededException';
  override readonly name = 'RateLimitExceededException';
}

const CLASS_OF_STATUS: Readonly<Record<number, typeof SessionError>> = {
  401: UnauthorizedException,
  404: NotFoundException,
  409: ConflictException,
  422: UnprocessableEntityException,
  429: RateLimitExceededException,
};
/** Codes that require another step. */
const STEP_CODES: readonly ErrorCode[] = ['authentication_incomplete', 'mfa_enrollment', 'sso_required'];

/** The error for an answer, of the class that `@workos-inc/node` throws for it. */
export function createApiException(
  code: ErrorCode,
  message: string,
  details: SessionErrorDetails & { status: number },
): SessionError {
  return new (classOf(code, details.status, details.rawData))(code, message, details);
}

function classOf(code: ErrorCode, status: number, body: unknown): typeof SessionError {
  if (STEP_CODES.includes(code)) return AuthenticationException;
  const ofStatus = CLASS_OF_STATUS[status];
  if (ofStatus) return ofStatus;
  if (!isRecord(body)) return GenericServerException;
  if (body['error'] !== undefined || body['error_description'] !== undefined) return OauthException;
  return body['code'] !== undefined && body['errors'] !== undefined ? BadRequestException : GenericServerException;
}

function errorsOf({ rawData }: SessionError): readonly unknown[] | undefined {
  return Array.isArray(rawData['errors']) ? rawData['errors'] : undefined;
}

function records(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}
