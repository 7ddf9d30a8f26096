/** `GET /user_management/sessions/logout`: ends a session and redirects the browser. */
import { parseUrl } from '../parse-url.ts';
import { invalidParameters } from '../api-errors.ts';
import type { Call } from '../router.ts';
import type { EmulatorState } from '../store.ts';

/** Where the browser goes without `return_to`. */
const SIGNED_OUT_PATH = '/_emulator/signed-out';

const SESSION_ID = /^session_[0-9A-HJKMNP-TV-Z]{26}$/;

export function logout({ url }: Call, state: EmulatorState): Response {
  const sessionId = url.searchParams.get('session_id');
  const field = 'session_id';
  if (!sessionId) throw invalidParameters([{ field, code: 'required', message: `${field} is required` }]);
  if (!SESSION_ID.test(sessionId)) {
    throw invalidParameters([{ field, code: 'invalid', message: `${field} must be the id of a session` }]);
  }
  const returnTo = parseReturnTo(url.searchParams.get('return_to'));
  // An unknown session may be from before a restart, so the browser is redirected anyway.
  state.store.endSession(sessionId);
  return new Response(null, { status: 302, headers: { Location: returnTo ?? SIGNED_OUT_PATH } });
}

function parseReturnTo(text: string | null): string | undefined {
  if (text === null || text === '') return undefined;
  const url = parseUrl(text);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url.href;
  throw invalidParameters([
    { field: 'return_to', code: 'invalid', message: 'return_to must be an absolute http or https URL' },
  ]);
}
