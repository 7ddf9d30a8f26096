/**
 * The catalogue: every failure, what it means and what to do about it. No helper reads it, so a bundler can omit it.
 */
import { CODE_OF_STATUS, INCOMPLETE_CODES, TERMINAL_CODES } from './api.ts';
import { type ErrorCode, remedies } from './errors.ts';

/** A row of the catalogue. */
export interface ErrorCatalogueEntry {
  /**
   * Where the code appears: `thrown` as `SessionError.code`, `returned` as `reason` of a result, `warned` as the
   * code of a warning, `both` thrown and returned.
   */
  appears: 'thrown' | 'returned' | 'both' | 'warned';
  /** What happened, as one sentence. */
  meaning: string;
  /** What to do, as one imperative sentence. */
  remedy: string;
  /** HTTP statuses of the API's answer, such as `429` or `5xx`; absent if no answer causes it. */
  statuses?: readonly string[];
  /** The `apiCode`s that cause it, with every status that names a fault of the request. */
  apiCodes?: readonly string[];
}

/** Statuses that are not in the table of single ones. */
const OTHER_STATUSES: Partial<Record<ErrorCode, readonly string[]>> = {
  request_refused: ['422', 'other 4xx'],
  server_error: ['5xx'],
};

/** Every code with its meaning and its remedy. */
export const errorCatalogue = /* @__PURE__ */ withRemedies({
  missing_api_key: {
    appears: 'thrown',
    meaning: 'A call requires the API key, and the client has none.',
  },
  missing_client_id: {
    appears: 'thrown',
    meaning: 'The signing keys and the API require the client id, and none is set.',
  },
  missing_cookie_password: {
    appears: 'thrown',
    meaning: 'A session cannot be opened or sealed, because no cookie password is set.',
  },
  short_cookie_password: {
    appears: 'thrown',
    meaning: 'A cookie password has fewer than 32 characters.',
  },
  invalid_option: {
    appears: 'thrown',
    meaning: 'An option has a value of the wrong type or outside its range.',
  },
  invalid_cookie: {
    appears: 'thrown',
    meaning: 'A Set-Cookie header cannot be written, because browsers would refuse or misread a part of it.',
  },
  session_too_large: {
    appears: 'thrown',
    meaning: 'A session is too large to be sealed, or for the cookies that a browser accepts.',
  },
  session_unusable: {
    appears: 'thrown',
    meaning: 'There is no log out URL, because the cookie contains no session: "reason" says why.',
  },
  keys_unavailable: {
    appears: 'both',
    meaning: 'The keys that verify access tokens could not be fetched, and none are cached.',
  },
  api_key_refused: {
    appears: 'thrown',
    meaning: 'The API answered 401: the API key is unknown or revoked.',
  },
  access_denied: {
    appears: 'thrown',
    meaning: 'The API answered 403: the API key may not do this.',
  },
  not_found: {
    appears: 'thrown',
    meaning: 'The API answered 404: the client id is unknown, or the host is not the API.',
  },
  request_refused: {
    appears: 'thrown',
    meaning: 'The API answered 422 or another 4xx: it understood the request and refused it.',
  },
  state_mismatch: {
    appears: 'returned',
    meaning:
      'The callback of a sign-in does not belong to a sign-in that this browser started in the last ten minutes.',
  },
  sign_in_denied: {
    appears: 'returned',
    meaning: 'The visitor or the provider declined the sign-in.',
  },
  sign_in_failed: {
    appears: 'returned',
    meaning: 'AuthKit sent the visitor back without a code.',
  },
  no_access_token_provided: {
    appears: 'returned',
    meaning: 'The request has no Authorization header with a bearer token.',
  },
  authentication_incomplete: {
    appears: 'both',
    meaning: 'The credentials are right, but another step is required before there is a session: see "apiCode".',
  },
  no_session_cookie_provided: {
    appears: 'returned',
    meaning: 'The request has no session cookie.',
  },
  invalid_session_cookie: {
    appears: 'returned',
    meaning: 'The cookie is not a session that was sealed with one of the cookie passwords.',
  },
  invalid_jwt: {
    appears: 'returned',
    meaning: 'The access token is expired, not yet valid, not signed by a known key, or from another issuer.',
  },
  invalid_grant: {
    appears: 'both',
    meaning: 'The refresh token or the code was already used, was revoked or has expired: the session has ended.',
  },
  mfa_enrollment: {
    appears: 'both',
    meaning: 'The organization requires a second factor, and the user has not enrolled one.',
  },
  sso_required: {
    appears: 'both',
    meaning: 'The organization requires its members to sign in by single sign-on.',
  },
  rate_limit_exceeded: {
    appears: 'both',
    meaning: 'The API answered 429 until the call ran out of retries or time.',
  },
  timeout: {
    appears: 'both',
    meaning: 'The API did not answer in time.',
  },
  server_error: {
    appears: 'both',
    meaning: 'The API answered 5xx, or with a body that cannot be read.',
  },
  network_error: {
    appears: 'both',
    meaning: 'The API is unreachable, or the connection broke.',
  },
  cookie_too_large: {
    appears: 'warned',
    meaning:
      'The name and the value of the session cookie exceed 3,900 bytes. With its attributes, it can exceed 4,096 bytes, and browsers silently drop such cookies.',
  },
});

/** A function without side effects, so that a bundler can omit the catalogue. */
function withRemedies(
  rows: Readonly<Record<ErrorCode, Pick<ErrorCatalogueEntry, 'appears' | 'meaning'>>>,
): Readonly<Record<ErrorCode, ErrorCatalogueEntry>> {
  const entries = Object.entries(rows).map(([name, row]) => {
    const code = name as ErrorCode;
    const single = Object.keys(CODE_OF_STATUS).filter((status) => CODE_OF_STATUS[Number(status)] === code);
    const statuses = [...single, ...(OTHER_STATUSES[code] ?? [])];
    const apiCodes =
      code === 'authentication_incomplete' ? INCOMPLETE_CODES : TERMINAL_CODES.filter((each) => each === code);
    return [
      code,
      {
        ...row,
        remedy: remedies[code],
        ...(statuses.length > 0 && { statuses }),
        ...(apiCodes.length > 0 && { apiCodes }),
      },
    ];
  });
  return Object.fromEntries(entries) as Record<ErrorCode, ErrorCatalogueEntry>;
}
