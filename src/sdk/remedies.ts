/** What to do about each way the helpers say no: every error carries it. What each means stands in the catalogue. */

/** Every code, permanent once released. */
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
