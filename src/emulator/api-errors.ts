/** The API's own errors: which status and which of its body shapes each situation has. */

/** A request the API refuses; thrown by the routes and turned into the answer in one place (emulator.ts). */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Record<string, unknown>) {
    super(`The API answers ${status}`);
    this.name = 'ApiError';
    this.status = status;
    this.body = body;
  }
}

/** One field of a request that cannot be used. */
export interface FieldFault {
  field: string;
  code: 'required' | 'must_be_string' | 'must_be_number' | 'invalid';
  message: string;
}

/** `{ error, error_description }`, the shape of OAuth (RFC 6749 section 5.2), with status 400. */
function oauthError(error: string, description: string, more: Record<string, unknown> = {}): ApiError {
  return new ApiError(400, { error, error_description: description, ...more });
}

/** No key, or the wrong one. */
export const unauthorized = () => new ApiError(401, { message: 'Unauthorized' });

export const invalidClient = () => oauthError('invalid_client', 'Invalid client ID.');

/** `code` is named as the API does: it is spent or unknown, so it gives nothing away. */
export const codeInvalid = (code: string) =>
  oauthError('invalid_grant', `The code '${code}' has expired or is invalid.`);

export const refreshTokenInvalid = () => oauthError('invalid_grant', 'Invalid refresh token.');
export const refreshTokenExchanged = () => oauthError('invalid_grant', 'Refresh token already exchanged.');
export const sessionEnded = () => oauthError('invalid_grant', 'Session has already ended.');

export const organizationNotFound = (id: string) =>
  oauthError('organization_not_found', `Organization not found: '${id}'.`);

export const organizationMembershipNotFound = (userId: string, organizationId: string) =>
  oauthError(
    'organization_membership_not_found',
    `User '${userId}' is not a member of organization '${organizationId}'.`,
  );

export const ssoRequired = (email: string) =>
  oauthError('sso_required', 'User must authenticate using one of the matching connections.', {
    connection_ids: ['conn_01JN8H1B0G1H29YVA2RA4Z9AA4'],
    email,
    pending_authentication_token: 'pat_01JNZPNVE8A9KE2C7XV1VG36WD',
    authkit_redirect_url: 'https://example.authkit.app/sso',
  });

export const mfaEnrollment = () =>
  new ApiError(403, {
    code: 'mfa_enrollment',
    message: 'The user must enroll in MFA to finish authenticating.',
    pending_authentication_token: 'pat_01JNZPNVE8A9KE2C7XV1VG36WD',
  });

export const unsupportedGrant = (grantType: string) =>
  oauthError('unsupported_grant_type', `The grant type '${grantType}' is not one the emulator imitates.`);

export const invalidCredentials = () =>
  new ApiError(400, { code: 'invalid_credentials', message: 'Invalid credentials.' });

/** `{ code, message, errors }`, with status 422. */
export const invalidParameters = (errors: readonly FieldFault[]) =>
  new ApiError(422, { code: 'invalid_request_parameters', message: 'Validation failed.', errors });

/** A body that is not the JSON object it has to be. */
export const malformedBody = (message: string) => new ApiError(400, { code: 'bad_request', message });

export const bodyTooLarge = () => new ApiError(413, { code: 'payload_too_large', message: 'Payload too large.' });

export const notFound = (message: string) => new ApiError(404, { code: 'not_found', message });
