/**
 * A session → the refresh token that continues it, and back.
 * The API's tokens are opaque; these carry their session inside, so that an emulator that was restarted, and has
 * forgotten it, can take the session up again. They are authenticated with the environment's secret key.
 */
import type { Session } from '../store.ts';
import { base64url } from './base64url.ts';
import { randomLetters } from './identifier.ts';

const NONCE_LETTERS = 16;

/** A new token for `session`; no two are alike. */
export async function issueRefreshToken(session: Session, apiKey: string): Promise<string> {
  const { ended: _, ...content } = session;
  const payload = base64url(JSON.stringify({ ...content, nonce: randomLetters(NONCE_LETTERS) }));
  const mac = await crypto.subtle.sign('HMAC', await importMacKey(apiKey), new TextEncoder().encode(payload));
  return `${payload}.${base64url(new Uint8Array(mac))}`;
}

/** The session a token of this environment carries; undefined for anything else. */
export async function readRefreshToken(token: string, apiKey: string): Promise<Session | undefined> {
  const [payload, mac, ...rest] = token.split('.');
  if (!payload || !mac || rest.length > 0) return undefined;
  const signature = bytesOf(mac);
  const key = await importMacKey(apiKey);
  const genuine = signature && (await crypto.subtle.verify('HMAC', key, signature, new TextEncoder().encode(payload)));
  const content = genuine ? bytesOf(payload) : undefined;
  if (!content) return undefined;
  const { nonce: _, ...session } = JSON.parse(new TextDecoder().decode(content)) as Session & { nonce: string };
  return { ...session, organizationId: session.organizationId, impersonator: session.impersonator, ended: false };
}

function importMacKey(apiKey: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', new TextEncoder().encode(apiKey), algorithm, false, ['sign', 'verify']);
}

/** The bytes of a base64url text; undefined when it is none. */
function bytesOf(text: string): Uint8Array<ArrayBuffer> | undefined {
  if (!/^[\w-]+$/.test(text)) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
