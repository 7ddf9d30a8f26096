/** `GET /sso/jwks/:clientId`: the keys that verify the access tokens of a client. */
import { notFound } from '../api-errors.ts';
import { importSigningKey } from '../signing-key.ts';
import type { Call } from '../router.ts';
import type { EmulatorState } from '../store.ts';

export async function jwks({ request, params }: Call, state: EmulatorState): Promise<Response> {
  const clientId = params['clientId'] ?? '';
  const fault = state.faults.answer('jwks', clientId, request.signal);
  if (fault) return fault;
  if (!state.store.environment(clientId)) throw notFound(`Client not found: '${clientId}'.`);
  return Response.json((await importSigningKey()).keySet);
}
