/** The routes under `/_emulator`, which control the emulator. The real API does not have them. */
import { type FieldFault, invalidParameters } from '../api-errors.ts';
import { EmulatorError } from '../emulator-error.ts';
import { issueEnvironment, issueExpiredCookie } from '../credentials/environment.ts';
import type { Fault } from '../faults.ts';
import type { SessionName } from '../seed.ts';
import type { Call } from '../router.ts';
import type { EmulatorState } from '../store.ts';
import { parseTextFields, readRequestBody, type RequestBody } from './request-body.ts';

/** `POST /_emulator/clock` with `{ advance_seconds }`: moves the clock; a negative number moves it back. */
export async function moveClock({ request }: Call, state: EmulatorState): Promise<Response> {
  const body = await readRequestBody(request);
  const seconds = parseNumber(body, 'advance_seconds');
  await refuseInvalidOptions('advance_seconds', () => state.clock.advance(seconds));
  return describeClock(state);
}

/** `GET /_emulator/clock`: the time of the emulator, and its offset from the clock of the machine. */
export function showClock(_call: Call, state: EmulatorState): Response {
  return describeClock(state);
}

function describeClock({ clock }: EmulatorState): Response {
  return Response.json({ now: new Date(clock.nowMs()).toISOString(), offset_seconds: clock.offsetSec() });
}

/** `POST /_emulator/faults` with `{ kind, times?, route?, client_id? }`: makes the next requests fail. */
export async function setFault({ request }: Call, state: EmulatorState): Promise<Response> {
  const body = await readRequestBody(request);
  const fields = parseTextFields(body, ['kind'], ['route', 'client_id']);
  const fault = {
    kind: fields.kind,
    ...(body['times'] !== undefined && { times: parseNumber(body, 'times') }),
    ...(fields.route !== undefined && { route: fields.route }),
    ...(fields.client_id !== undefined && { clientId: fields.client_id }),
  };
  await refuseInvalidOptions('kind', () => state.faults.failNext(fault as Fault));
  return new Response(null, { status: 204 });
}

/** `DELETE /_emulator/faults`: removes the faults that are left. */
export function clearFaults(_call: Call, state: EmulatorState): Response {
  state.faults.clear();
  return new Response(null, { status: 204 });
}

/** `POST /_emulator/sessions/expire` with `{ session_id }`: the cookie of the session, with an expired access token. */
export async function expireSession({ request, url }: Call, state: EmulatorState): Promise<Response> {
  const { session_id: id } = parseTextFields(await readRequestBody(request), ['session_id']);
  const sealed = await refuseInvalidOptions('session_id', () => issueExpiredCookie(id, url.origin, state));
  return Response.json({ session_id: id, sealed_session: sealed });
}

/** `POST /_emulator/environments` with `{ session? }`: creates an environment and returns its variables. */
export async function addEnvironment({ request, url }: Call, state: EmulatorState): Promise<Response> {
  const body = await readRequestBody(request);
  const { session } = parseTextFields(body, [], ['session']);
  const options = session === undefined ? {} : { session: session as SessionName };
  const issued = await refuseInvalidOptions('session', () => issueEnvironment(url.origin, options, state));
  return Response.json(issued, { status: 201 });
}

/** `GET /_emulator/signed-out`: the page after a logout without `return_to`. */
export function signedOut(): Response {
  const head = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Signed out</title>';
  return new Response(`${head}<p>You are signed out.</p></html>`, {
    headers: { 'Content-Type': 'text/html; charset=utf-8' },
  });
}

function parseNumber(body: RequestBody, field: string): number {
  const value = Object.hasOwn(body, field) ? body[field] : undefined;
  if (typeof value === 'number') return value;
  const fault: FieldFault =
    value === undefined
      ? { field, code: 'required', message: `${field} is required` }
      : { field, code: 'must_be_number', message: `${field} must be a number` };
  throw invalidParameters([fault]);
}

/** Runs `action`. If it refuses its options, `field` of the request is refused. */
async function refuseInvalidOptions<Result>(field: string, action: () => Result): Promise<Awaited<Result>> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof EmulatorError)) throw error;
    throw invalidParameters([{ field, code: 'invalid', message: error.message }]);
  }
}
