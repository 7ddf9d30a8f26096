/**
 * A session ⇄ the refresh token that continues it.
 * The tokens of the API are opaque. These contain their session, so that the emulator can restore it after a restart. They
 * are authenticated with the API key of the environment.
 */
import { hasUser, membershipOf } from '../seed.ts';
import type { Session } from '../store.ts';
import { base64url } from './base64url.ts';
import { randomLetters } from './identifier.ts';

const NONCE_LETTERS = 16;

/** The content of a token. JSON omits undefined fields. */
interface RefreshTokenContent extends Omit<Session, 'ended'> {
  /** Makes each token of a session unique. */
  nonce: string;
}

/** A new, unique token for `session`. */
export async function issueRefreshToken(session: Session, apiKey: string): Promise<string> {
  const { ended: _, ...lasting } = session;
  const content: RefreshTokenContent = { ...lasting, nonce: randomLetters(NONCE_LETTERS) };
  const payload = base64url(JSON.stringify(content));
  const mac = await crypto.subtle.sign('HMAC', await importMacKey(apiKey), bytesOfText(payload));
  return `${payload}.${base64url(new Uint8Array(mac))}`;
}

/** The session in a token of this environment; undefined for anything else. */
export async function readRefreshToken(token: string, apiKey: string): Promise<Session | undefined> {
  const [payload, mac, ...rest] = token.split('.');
  const signature = bytesOf(mac);
  const json = bytesOf(payload);
  if (!payload || !signature || !json || rest.length > 0) return undefined;
  const key = await importMacKey(apiKey);
  if (!(await crypto.subtle.verify('HMAC', key, signature, bytesOfText(payload)))) return undefined;
  return parseContent(new TextDecoder().decode(json));
}

/** Checks the content, because anybody can create tokens for the fixed environment, whose key is public. */
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
    // Text that is not JSON contains no session.
    return {};
  }
}

/** The bytes of base64url text; undefined for other text. */
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
