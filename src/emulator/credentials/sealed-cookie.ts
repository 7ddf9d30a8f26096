/**
 * The content of a session → the sealed cookie of a signed-in browser, in the Iron format, version `Fe26.2`. It implements
 * the format with WebCrypto, and shares no code and no library with the code that unseals it.
 */
import { base64url } from './base64url.ts';

const ITERATIONS = 1;
/** 256 bits each. */
const ENCRYPTION_KEY = { name: 'AES-CBC', length: 256 };
const MAC_KEY = { name: 'HMAC', hash: 'SHA-256', length: 256 };
const SALT_BYTES = 32;
const IV_BYTES = 16;

/**
 * Seals `content` (any JSON value) with a password of 32 characters or more. The parts, joined by `*`:
 * `Fe26.2`, password id `1`, salt (hex), iv (base64url), AES-256-CBC of the JSON (base64url), an empty
 * expiration, salt of the MAC (hex), HMAC-SHA256 over the first six parts; then `~2`, the payload's version.
 */
export async function sealCookie(content: unknown, password: string): Promise<string> {
  const encryptionSalt = hex(randomBytes(SALT_BYTES));
  const iv = randomBytes(IV_BYTES);
  const encryptionKey = await deriveKey(password, encryptionSalt, ENCRYPTION_KEY, 'encrypt');
  const plaintext = new TextEncoder().encode(JSON.stringify(content));
  const ciphertext = await crypto.subtle.encrypt({ name: 'AES-CBC', iv }, encryptionKey, plaintext);
  const base = `Fe26.2*1*${encryptionSalt}*${base64url(iv)}*${base64url(new Uint8Array(ciphertext))}*`;

  const macSalt = hex(randomBytes(SALT_BYTES));
  const macKey = await deriveKey(password, macSalt, MAC_KEY, 'sign');
  const mac = await crypto.subtle.sign('HMAC', macKey, new TextEncoder().encode(base));
  return `${base}*${macSalt}*${base64url(new Uint8Array(mac))}~2`;
}

/** PBKDF2-SHA1. The salt is the hex text, not the bytes that it encodes. */
async function deriveKey(
  password: string,
  salt: string,
  algorithm: AesKeyGenParams | HmacKeyGenParams,
  usage: 'encrypt' | 'sign',
): Promise<CryptoKey> {
  const encoder = new TextEncoder();
  const secret = encoder.encode(password);
  const material = await crypto.subtle.importKey('raw', secret, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-1', salt: encoder.encode(salt), iterations: ITERATIONS };
  return crypto.subtle.deriveKey(derivation, material, algorithm, false, [usage]);
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
