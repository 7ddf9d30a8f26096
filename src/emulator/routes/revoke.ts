/** `POST /user_management/sessions/revoke`: ends a session, for the server of an application. */
import { sessionNotFound, unauthorized } from '../api-errors.ts';
import type { Call } from '../router.ts';
import type { EmulatorState } from '../store.ts';
import { parseTextFields, readRequestBody } from './request-body.ts';

export async function revoke({ request }: Call, state: EmulatorState): Promise<Response> {
  const key = /^Bearer (\S+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  const environment = key === undefined ? undefined : state.store.environmentOfKey(key);
  if (!environment) throw unauthorized();
  const { session_id: id } = parseTextFields(await readRequestBody(request), ['session_id']);
  if (!environment.sessions.has(id)) throw sessionNotFound(id);
  state.store.endSession(id);
  return Response.json({ id, status: 'revoked' });
}
