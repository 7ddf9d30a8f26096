/** `POST /user_management/authenticate`, with a deadline and retries → the checked answer, or an error. */
import { createApiException } from './api-exceptions.ts';
import { type ErrorCode, SessionError } from './errors.ts';
import { attempt, type Answer, type FetchFunction, type NoAnswer } from './exchange/attempt.ts';
import { isRecord } from './exchange/json.ts';
import { parseAuthenticationResponse, type AuthenticationResponse } from './results/authentication-response.ts';

/** The address of the API, and time limits. */
export interface Endpoint {
  /** The origin, without a slash at the end. */
  baseUrl: string;
  apiKey: string | undefined;
  fetchFn: FetchFunction | undefined;
  /** The time limit for one attempt, including the body. */
  timeoutMs: number;
  maxRetries: number;
  /** The time limit for all attempts and the waiting between them. */
  budgetMs: number;
}

/** The answer, or the error to return or throw. */
export type Outcome = { ok: true; response: AuthenticationResponse } | { ok: false; error: SessionError };

const RETRIED_STATUSES: readonly number[] = [408, 429, 500, 502, 503, 504];
const BACKOFF_MS = 200;
const BACKOFF_MS_MAX = 2_000;
/** With less time left, there is no further attempt. */
const ATTEMPT_MS_MIN = 50;

/** Codes of the API that mean the end of a session, in `code` or in `error`. */
export const TERMINAL_CODES: readonly string[] = ['invalid_grant', 'mfa_enrollment', 'sso_required'];
/** Codes of the API that require another step before there is a session. */
export const INCOMPLETE_CODES: readonly string[] = [
  'email_verification_required',
  'organization_selection_required',
  'mfa_challenge',
  'mfa_verification',
  'radar_email_challenge',
  'radar_sms_challenge',
];
export const CODE_OF_STATUS: Readonly<Record<number, ErrorCode>> = {
  401: 'api_key_refused',
  403: 'access_denied',
  404: 'not_found',
  408: 'timeout',
  429: 'rate_limit_exceeded',
};

/**
 * Exchanges credentials for a session. Error messages begin with `action`, such as `refresh session`. Settles within the
 * budget, whatever the server does. All attempts have the same `Idempotency-Key`.
 */
export function authenticate(
  endpoint: Endpoint,
  action: string,
  fields: Record<string, string | undefined>,
): Promise<Outcome> {
  const url = `${endpoint.baseUrl}/user_management/authenticate`;
  return postAndRetry(endpoint, url, fields, (answer) => toOutcome(answer, `Cannot ${action}`, endpoint.baseUrl));
}

/** Posts a request whose answer is only success or failure, in the same way. */
export function post(
  endpoint: Endpoint,
  action: string,
  path: string,
  fields: Record<string, string>,
): Promise<{ ok: true } | { ok: false; error: SessionError }> {
  return postAndRetry(endpoint, endpoint.baseUrl + path, fields, (answer) => {
    if ('failure' in answer) return { ok: false, error: describeFailure(answer, `Cannot ${action}`, endpoint.baseUrl) };
    if (answer.status >= 200 && answer.status < 300) return { ok: true };
    return { ok: false, error: describeRefusal(answer, `Cannot ${action}`) };
  });
}

async function postAndRetry<Success extends { ok: true }>(
  endpoint: Endpoint,
  url: string,
  fields: Record<string, string | undefined>,
  describe: (answer: Answer | NoAnswer) => Success | { ok: false; error: SessionError },
): Promise<Success | { ok: false; error: SessionError }> {
  const deadline = performance.now() + endpoint.budgetMs;
  const init = { method: 'POST' as const, headers: describeHeaders(endpoint.apiKey), body: JSON.stringify(fields) };
  for (let retries = 0; ; retries++) {
    const leftMs = deadline - performance.now();
    const answer = await attempt(endpoint.fetchFn, url, init, Math.min(endpoint.timeoutMs, leftMs));
    const outcome = describe(answer);
    if (outcome.ok || retries >= endpoint.maxRetries || !isRetried(answer)) return outcome;
    const waitMs = Math.max(backOff(retries), (outcome.error.retryAfter ?? 0) * 1000);
    if (performance.now() + waitMs + ATTEMPT_MS_MIN > deadline) return outcome;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

function describeHeaders(apiKey: string | undefined): Record<string, string> {
  return {
    Accept: 'application/json',
    'Content-Type': 'application/json',
    'Idempotency-Key': crypto.randomUUID(),
    ...(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }),
    // Browsers set their own, and some send a preflight request for this header.
    ...(globalThis.process === undefined ? {} : { 'User-Agent': 'authkit-session-helpers' }),
  };
}

/** Between half and all of a doubling delay, so that callers that failed together do not retry together. */
function backOff(retries: number): number {
  return Math.min(BACKOFF_MS * 2 ** retries, BACKOFF_MS_MAX) * (0.5 + Math.random() / 2);
}

function isRetried(answer: Answer | NoAnswer): boolean {
  return 'failure' in answer
    ? answer.failure === 'timeout' || answer.failure === 'network'
    : RETRIED_STATUSES.includes(answer.status);
}

function toOutcome(answer: Answer | NoAnswer, cannot: string, baseUrl: string): Outcome {
  if ('failure' in answer) return { ok: false, error: describeFailure(answer, cannot, baseUrl) };
  if (answer.status === 200 || answer.status === 201) {
    const response = parseAuthenticationResponse(answer.body);
    if (response) return { ok: true, response };
    const expected = 'expected JSON with a user and tokens';
    const message = `${cannot}: the API answered ${answer.status} with a body that is not a session, ${expected}`;
    return { ok: false, error: new SessionError('server_error', message, details(answer)) };
  }
  return { ok: false, error: describeRefusal(answer, cannot) };
}

function describeFailure({ failure, detail }: NoAnswer, cannot: string, baseUrl: string): SessionError {
  if (failure === 'timeout') {
    return new SessionError('timeout', `${cannot}: ${baseUrl} did not answer in time, expected an answer`);
  }
  if (failure === 'too_large') {
    return new SessionError('server_error', `${cannot}: the answer of ${baseUrl} exceeds a megabyte, expected less`);
  }
  if (failure === 'no_response') {
    const expected = 'it must resolve to a Response with "status" and "text()"';
    return new SessionError('invalid_option', `${cannot}: "fetchFn" returned no response, ${expected}`);
  }
  const how = detail === undefined ? '' : ` (${detail})`;
  return new SessionError('network_error', `${cannot}: ${baseUrl} is unreachable${how}, expected a connection`);
}

function describeRefusal(answer: Answer, cannot: string): SessionError {
  const known = details(answer);
  const told = known.apiCode === undefined ? '' : ` (${known.apiCode})`;
  return createApiException(
    codeOf(answer.status, known.apiCode),
    `${cannot}: the API answered ${answer.status}${told}, expected 200`,
    { ...known, rawData: answer.body },
  );
}

/** 408, 429 and other statuses than 4xx say nothing about the session, whatever their body contains. */
function codeOf(status: number, apiCode: string | undefined): ErrorCode {
  if (status < 400 || status >= 500) return 'server_error';
  if (apiCode !== undefined && status !== 408 && status !== 429) {
    if (TERMINAL_CODES.includes(apiCode)) return apiCode as ErrorCode;
    if (INCOMPLETE_CODES.includes(apiCode)) return 'authentication_incomplete';
  }
  return CODE_OF_STATUS[status] ?? 'request_refused';
}

function details({ status, retryAfter, requestId, body }: Answer) {
  return { status, retryAfter, requestId, apiCode: apiCodeOf(body) };
}

/** The API answers `{ code, message }` or, like OAuth, `{ error, error_description }`. Only the codes are used. */
function apiCodeOf(body: unknown): string | undefined {
  if (!isRecord(body)) return undefined;
  const codes = [body['code'], body['error']].filter(
    (code): code is string => typeof code === 'string' && /^[a-z][a-z0-9_.]{0,63}$/.test(code),
  );
  return codes.find((code) => TERMINAL_CODES.includes(code) || INCOMPLETE_CODES.includes(code)) ?? codes[0];
}
