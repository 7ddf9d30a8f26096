/** `GET /sso/jwks/:clientId`: the keys that verify the access tokens of a client. */
import type { Context } from 'hono';
import { notFound } from '../api-errors.ts';
import { KEY_SET } from '../signing-key.ts';
import type { World } from '../world.ts';

export async function jwks(c: Context, world: World): Promise<Response> {
  const clientId = c.req.param('clientId') ?? '';
  const fault = world.faults.answer('jwks', clientId, c.req.raw.signal);
  if (fault) return fault;
  if (!world.store.environment(clientId)) throw notFound(`Client not found: '${clientId}'.`);
  return Response.json(KEY_SET);
}
