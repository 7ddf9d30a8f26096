/**
 * A session → the refresh token that continues it; read-refresh-token.ts goes the way back.
 * The API's tokens are opaque; these carry their session inside, so that an emulator that was restarted, and
 * has forgotten it, can take the session up again. They are authenticated with the environment's secret key.
 */
import type { Session } from '../store.ts';
import { base64url } from './base64url.ts';
import { randomLetters } from './identifier.ts';

const NONCE_LETTERS = 16;

/** What a token carries: JSON leaves out what is undefined. */
export interface RefreshTokenContent extends Omit<Session, 'ended'> {
  /** Makes every token of a session another one. */
  nonce: string;
}

/** A new token for `session`; no two are alike. */
export async function issueRefreshToken(session: Session, apiKey: string): Promise<string> {
  const { ended: _, ...lasting } = session;
  const content: RefreshTokenContent = { ...lasting, nonce: randomLetters(NONCE_LETTERS) };
  const payload = base64url(JSON.stringify(content));
  const mac = await crypto.subtle.sign('HMAC', await importMacKey(apiKey), bytesOfText(payload));
  return `${payload}.${base64url(new Uint8Array(mac))}`;
}

/** The key that authenticates the tokens of an environment. */
export function importMacKey(apiKey: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytesOfText(apiKey), algorithm, false, ['sign', 'verify']);
}

export function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
