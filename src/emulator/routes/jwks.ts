/** `GET /sso/jwks/:clientId`: the keys that verify the access tokens of a client. */
import { notFound } from '../answers/api-error.ts';
import { deriveSigningKey } from '../key/signing-key.ts';
import type { Call } from '../router.ts';
import type { World } from '../world.ts';

export async function jwks({ request, params }: Call, world: World): Promise<Response> {
  const clientId = params['clientId'] ?? '';
  const fault = world.faults.answer('jwks', clientId, request.signal);
  if (fault) return fault;
  if (!world.store.environment(clientId)) throw notFound(`Client not found: '${clientId}'.`);
  return Response.json((await deriveSigningKey()).keySet);
}
