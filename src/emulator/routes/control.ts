/** `/_emulator/…`: what the real API does not have, for a person or a test that steers the emulator. */
import { type FieldFault, invalidParameters } from '../api-errors.ts';
import { EmulatorError } from '../emulator-error.ts';
import { issueEnvironment } from '../credentials/environment.ts';
import type { Fault } from '../faults.ts';
import type { SessionName } from '../seed.ts';
import type { Call } from '../router.ts';
import type { EmulatorState } from '../store.ts';
import { parseTextFields, readRequestBody, type RequestBody } from './request-body.ts';

/** `POST /_emulator/clock` with `{ advance_seconds }`: moves the clock; negative moves it back. */
export async function moveClock({ request }: Call, state: EmulatorState): Promise<Response> {
  const body = await readRequestBody(request);
  const seconds = parseNumber(body, 'advance_seconds');
  await refuseInvalidOptions('advance_seconds', () => state.clock.advance(seconds));
  return showClock(state);
}

/** `GET /_emulator/clock`: what time it is here, and how far that is from the machine's. */
export function showClock({ clock }: EmulatorState): Response {
  return Response.json({ now: new Date(clock.nowMs()).toISOString(), offset_seconds: clock.offsetSec() });
}

/** `POST /_emulator/faults` with `{ kind, times?, route?, client_id? }`: lets the next requests fail. */
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

/** `DELETE /_emulator/faults`: takes back the faults that are left. */
export function clearFaults(state: EmulatorState): Response {
  state.faults.clear();
  return new Response(null, { status: 204 });
}

/** `POST /_emulator/environments` with `{ session? }`: a new environment, as its variables. */
export async function addEnvironment({ request, url }: Call, state: EmulatorState): Promise<Response> {
  const body = await readRequestBody(request);
  const { session } = parseTextFields(body, [], ['session']);
  const options = session === undefined ? {} : { session: session as SessionName };
  const issued = await refuseInvalidOptions('session', () => issueEnvironment(url.origin, options, state));
  return Response.json(issued, { status: 201 });
}

/** `GET /_emulator/signed-out`: where a browser ends up that was told of no better place. */
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

/** Runs `action`; what it finds wrong with its options is wrong with the request, at `field`. */
async function refuseInvalidOptions<Result>(field: string, action: () => Result): Promise<Awaited<Result>> {
  try {
    return await action();
  } catch (error) {
    if (!(error instanceof EmulatorError)) throw error;
    throw invalidParameters([{ field, code: 'invalid', message: error.message }]);
  }
}
