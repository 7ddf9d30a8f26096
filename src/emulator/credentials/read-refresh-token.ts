/** A refresh token → the session that it continues. */
import type { Session } from '../store.ts';
import { type RefreshTokenContent, bytesOfText, importMacKey } from './refresh-token.ts';

/** The session a token of this environment carries; undefined for anything else. */
export async function readRefreshToken(token: string, apiKey: string): Promise<Session | undefined> {
  const [payload, mac, ...rest] = token.split('.');
  const signature = bytesOf(mac);
  const json = bytesOf(payload);
  if (!payload || !signature || !json || rest.length > 0) return undefined;
  const key = await importMacKey(apiKey);
  if (!(await crypto.subtle.verify('HMAC', key, signature, bytesOfText(payload)))) return undefined;
  const { nonce: _, ...session } = JSON.parse(new TextDecoder().decode(json)) as RefreshTokenContent;
  return { ...session, ended: false };
}

/** The bytes of a base64url text; undefined when it is none. */
function bytesOf(text: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (!text || !/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}
