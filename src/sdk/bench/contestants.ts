/** The compared packages. All do the same work: unseal a session cookie, verify its access token and read its claims. */
import {
  createDecipheriv,
  createHmac,
  createPublicKey,
  createSecretKey,
  pbkdf2Sync,
  timingSafeEqual,
  verify,
  type JsonWebKeyInput,
} from 'node:crypto';
import type { Workload } from './workload.ts';

/** A package. `authenticate` returns the id of the session. */
export interface Contestant {
  name: string;
  authenticate: (cookie: string) => Promise<unknown> | unknown;
}

/** The names, in the order of the report. */
export const CONTESTANTS = ['limit', 'ours', '@workos-inc/node', 'iron-session + jose'] as const;
export type ContestantName = (typeof CONTESTANTS)[number];

/** Ours, with access tokens that it has seen before. */
export const SEEN_AGAIN = 'ours, token seen before';
/** What is measured, in the order of the report. */
export const MEASURED = ['limit', 'ours', SEEN_AGAIN, '@workos-inc/node', 'iron-session + jose'] as const;
export type MeasuredName = (typeof MEASURED)[number];

/** Loads the modules and the keys of a contestant. */
export async function prepare(name: ContestantName, workload: Workload): Promise<Contestant> {
  const contestant = { name, authenticate: await ways[name](workload) };
  const [cookie] = workload.cookies;
  if ((await contestant.authenticate(cookie!)) !== workload.sessionId) {
    throw new Error(`Cannot measure "${name}": it did not return the session of the cookie`);
  }
  return contestant;
}

const ways: Record<ContestantName, (workload: Workload) => Promise<Contestant['authenticate']>> = {
  /** Synchronous calls of node:crypto without a library: the lower bound. */
  async limit({ password, signer }) {
    const key = createPublicKey({ key: signer.jwk, format: 'jwk' } as unknown as JsonWebKeyInput);
    // With a key as bytes, Node 24 would take several times as long.
    const deriveKey = (salt: string) => createSecretKey(pbkdf2Sync(password, salt, 1, 32, 'sha1'));
    return (cookie) => {
      const parts = cookie.slice(0, -2).split('*');
      const [, , salt, iv, encrypted, , macSalt, mac] = parts as [string, ...string[]] & { length: 8 };
      const base = parts.slice(0, 6).join('*');
      const digest = createHmac('sha256', deriveKey(macSalt!)).update(base).digest();
      if (!timingSafeEqual(digest, Buffer.from(mac!, 'base64url'))) throw new Error('MAC differs');
      const decipher = createDecipheriv('aes-256-cbc', deriveKey(salt!), Buffer.from(iv!, 'base64url'));
      const json = decipher.update(encrypted!, 'base64url', 'utf8') + decipher.final('utf8');
      const { accessToken } = JSON.parse(json) as { accessToken: string };
      const [header, payload, signature] = accessToken.split('.') as [string, string, string];
      const read = (part: string) => JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
      if (read(header)['alg'] !== 'RS256') throw new Error('algorithm differs');
      const input = Buffer.from(`${header}.${payload}`);
      if (!verify('sha256', input, key, Buffer.from(signature, 'base64url'))) throw new Error('signature differs');
      return read(payload)['sid'];
    };
  },

  async ours({ password, options }) {
    const { WorkOS } = await import('authkit-session-helpers');
    const { userManagement } = new WorkOS(options);
    return async (cookie) => {
      const session = userManagement.loadSealedSession({ sessionData: cookie, cookiePassword: password });
      const result = await session.authenticate();
      return result.authenticated && result.sessionId;
    };
  },

  async '@workos-inc/node'({ password, options }) {
    const { WorkOS } = await import('@workos-inc/node');
    const { userManagement } = new WorkOS(options);
    return async (cookie) => {
      const session = userManagement.loadSealedSession({ sessionData: cookie, cookiePassword: password });
      const result = await session.authenticate();
      return result.authenticated && result.sessionId;
    };
  },

  async 'iron-session + jose'({ password, signer }) {
    const { unsealData } = await import('iron-session');
    const { createLocalJWKSet } = await import('jose/jwks/local');
    const { jwtVerify } = await import('jose/jwt/verify');
    const keys = createLocalJWKSet({ keys: [signer.jwk] });
    return async (cookie) => {
      const { accessToken } = await unsealData<{ accessToken: string }>(cookie, { password });
      return (await jwtVerify(accessToken, keys, { algorithms: ['RS256'] })).payload['sid'];
    };
  },
};
