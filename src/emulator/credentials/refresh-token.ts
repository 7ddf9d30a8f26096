/**
 * A session ⇄ the refresh token that continues it.
 * The API's tokens are opaque; these carry their session inside, so that an emulator that was restarted, and
 * has forgotten it, can take the session up again. They are authenticated with the environment's secret key.
 */
import { hasUser, membershipOf } from '../seed.ts';
import type { Session } from '../store.ts';
import { base64url } from './base64url.ts';
import { randomLetters } from './identifier.ts';

const NONCE_LETTERS = 16;

/** What a token carries: JSON leaves out what is undefined. */
interface RefreshTokenContent extends Omit<Session, 'ended'> {
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

/** The session a token of this environment carries; undefined for anything else. */
export async function readRefreshToken(token: string, apiKey: string): Promise<Session | undefined> {
  const [payload, mac, ...rest] = token.split('.');
  const signature = bytesOf(mac);
  const json = bytesOf(payload);
  if (!payload || !signature || !json || rest.length > 0) return undefined;
  const key = await importMacKey(apiKey);
  if (!(await crypto.subtle.verify('HMAC', key, signature, bytesOfText(payload)))) return undefined;
  return parseContent(new TextDecoder().decode(json));
}

/** Anybody can authenticate anything with the fixed environment's key, which is public. */
function parseContent(text: string): Session | undefined {
  const content = parseRecord(text);
  const { id, userId, organizationId, authenticationMethod, impersonator, signedInAtSec } = content;
  if (typeof id !== 'string' || typeof userId !== 'string' || !hasUser(userId)) return undefined;
  if (typeof authenticationMethod !== 'string' || typeof signedInAtSec !== 'number') return undefined;
  if (organizationId !== undefined && !membershipOf(userId, organizationId)) return undefined;
  if (impersonator !== undefined && typeof impersonator?.email !== 'string') return undefined;
  return { id, userId, organizationId, authenticationMethod, impersonator, signedInAtSec, ended: false };
}

function parseRecord(text: string): Partial<RefreshTokenContent> {
  try {
    return (JSON.parse(text) ?? {}) as Partial<RefreshTokenContent>;
  } catch {
    // It carries no session, as a text that is JSON may not either.
    return {};
  }
}

/** The bytes of a base64url text; undefined when it is none. */
function bytesOf(text: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  if (!text || !/^[\w-]+$/.test(text) || text.length % 4 === 1) return undefined;
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

/** The key that authenticates the tokens of an environment. */
function importMacKey(apiKey: string): Promise<CryptoKey> {
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  return crypto.subtle.importKey('raw', bytesOfText(apiKey), algorithm, false, ['sign', 'verify']);
}

function bytesOfText(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
