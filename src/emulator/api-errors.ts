/** The errors of the API: the status and the body for each situation. */

import { MEMBERSHIPS, organizationById, pendingToken, STEP_IDS, STEP_USER, userById, type SignInStep } from './seed.ts';

/** The API refuses a request. Routes throw it, and emulator.ts turns it into a response. */
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

/** An invalid field of a request. */
export interface FieldFault {
  field: string;
  code: 'required' | 'must_be_string' | 'must_be_number' | 'invalid';
  message: string;
}

/** `{ error, error_description }`, the shape of OAuth (RFC 6749 section 5.2), with status 400. */
function oauthError(error: string, description: string, more: Record<string, unknown> = {}): ApiError {
  return new ApiError(400, { error, error_description: description, ...more });
}

/** The API key is missing or wrong. */
export const unauthorized = () => new ApiError(401, { message: 'Unauthorized' });

export const invalidClient = () => oauthError('invalid_client', 'Invalid client ID.');

/** The message contains `code`, as in the API. A used or unknown code is not a secret. */
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
    pending_authentication_token: pendingToken(STEP_USER),
    authkit_redirect_url: 'https://example.authkit.app/sso',
  });

/** Another step is required before there is a session: 403 with the token to send with it. */
function pendingStep(userId: string, code: string, message: string, more: Record<string, unknown>): ApiError {
  return new ApiError(403, { code, message, pending_authentication_token: pendingToken(userId), ...more });
}

export const mfaEnrollment = (userId = STEP_USER) =>
  pendingStep(userId, 'mfa_enrollment', 'The user must enroll in MFA to finish authenticating.', {
    user: userById(userId),
  });

export const mfaChallenge = (userId = STEP_USER) =>
  pendingStep(userId, 'mfa_challenge', 'The user must complete an MFA challenge to finish authenticating.', {
    user: userById(userId),
    authentication_factors: [{ id: STEP_IDS.factor, type: 'totp' }],
  });

export const emailVerificationRequired = (userId = STEP_USER) =>
  pendingStep(userId, 'email_verification_required', 'Email ownership must be verified before authentication.', {
    email: userById(userId).email,
    email_verification_id: STEP_IDS.emailVerification,
  });

export const organizationSelectionRequired = (userId = STEP_USER) =>
  pendingStep(
    userId,
    'organization_selection_required',
    'The user must choose an organization to finish their authentication.',
    {
      user: userById(userId),
      organizations: MEMBERSHIPS.filter((membership) => membership.userId === userId).map(({ organizationId }) => ({
        id: organizationId,
        name: organizationById(organizationId)?.name,
      })),
    },
  );

/** The refusal that requires a step of a user. */
export const stepRequired: Readonly<Record<SignInStep, (userId: string) => ApiError>> = {
  email_verification_required: emailVerificationRequired,
  organization_selection_required: organizationSelectionRequired,
  mfa_challenge: mfaChallenge,
};

export const oneTimeCodeInvalid = () =>
  new ApiError(400, { code: 'invalid_one_time_code', message: 'The code is incorrect.' });

export const pendingTokenInvalid = () =>
  oauthError('invalid_pending_authentication_token', 'The pending authentication token has expired or is invalid.');

export const codeVerifierInvalid = () => oauthError('invalid_grant', 'The code verifier does not match the challenge.');

export const sessionNotFound = (id: string) =>
  new ApiError(404, { code: 'entity_not_found', message: `Session not found: '${id}'.`, entity_id: id });

export const unsupportedGrant = (grantType: string) =>
  oauthError('unsupported_grant_type', `The grant type '${grantType}' is not supported by the emulator.`);

export const invalidCredentials = () =>
  new ApiError(400, { code: 'invalid_credentials', message: 'Invalid credentials.' });

/** `{ code, message, errors }`, with status 422. */
export const invalidParameters = (errors: readonly FieldFault[]) =>
  new ApiError(422, { code: 'invalid_request_parameters', message: 'Validation failed.', errors });

/** The body is not a JSON object. */
export const malformedBody = (message: string) => new ApiError(400, { code: 'bad_request', message });

export const bodyTooLarge = () => new ApiError(413, { code: 'payload_too_large', message: 'Payload too large.' });

export const notFound = (message: string) => new ApiError(404, { code: 'not_found', message });
