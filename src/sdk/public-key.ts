/** A public key, as the API publishes it → a key that verifies signatures of tokens. */
import { isFilledString } from './results/authentication-response.ts';
import { decodeBase64urlExactly, nodeModules } from './runtime.ts';

/** A public key as a JSON Web Key (RFC 7517). */
export interface PublicKey {
  /** The type of the key. Only `RSA` is supported. */
  kty: string;
  /** The id of the key, which the header of a token contains. */
  kid?: string | undefined;
  /** The algorithm. Only `RS256` is supported. */
  alg?: string | undefined;
  /** The purpose: `sig`. */
  use?: string | undefined;
  /** The operations, including `verify`. */
  key_ops?: string[] | undefined;
  /** The modulus, in base64url. */
  n?: string | undefined;
  /** The exponent, in base64url. */
  e?: string | undefined;
}

/** A JSON Web Key Set (RFC 7517, section 5). */
export interface PublicKeySet {
  /** The keys. Keys that are not for RS256 signatures are ignored. */
  keys: readonly PublicKey[];
}

/** An imported key that verifies signatures. */
export interface VerificationKey {
  readonly id: string | undefined;
  /** Whether `signature`, in base64url, is this key's signature of `input`. */
  readonly hasSigned: (input: string, signature: string) => boolean | Promise<boolean>;
}

/** The only accepted algorithm (RFC 7518, section 3.3). */
export const ALGORITHM = 'RS256';
/** The same algorithm in WebCrypto. */
const WEB_ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
/** RFC 7518, section 3.3. */
const MODULUS_BITS_MIN = 2048;

/** Imports a key. Returns undefined unless it is an RSA public key of 2,048 bits or more for RS256 signatures. */
export async function importKey(jwk: PublicKey): Promise<VerificationKey | undefined> {
  const { kty, n, e, kid, alg = ALGORITHM, use = 'sig', key_ops: operations = ['verify'] } = jwk;
  if (kty !== 'RSA' || alg !== ALGORITHM || use !== 'sig' || !isFilledString(n) || !isFilledString(e)) return undefined;
  if (!Array.isArray(operations) || !operations.includes('verify')) return undefined;
  const publicKey = { kty, n, e };
  try {
    const cryptoKey = await crypto.subtle.importKey('jwk', publicKey, WEB_ALGORITHM, false, ['verify']);
    if ((cryptoKey.algorithm as RsaHashedKeyAlgorithm).modulusLength < MODULUS_BITS_MIN) return undefined;
    return { id: isFilledString(kid) ? kid : undefined, hasSigned: createVerifier(publicKey, cryptoKey) };
  } catch {
    // A malformed key must not affect the other keys of the set.
    return undefined;
  }
}

/**
 * Verifies with `node:crypto` on Node, because WebCrypto waits for a thread and takes five times as long; elsewhere with
 * WebCrypto. The signature covers the ASCII of header and payload (RFC 7515, section 5.2).
 */
function createVerifier(
  publicKey: { kty: string; n: string; e: string },
  cryptoKey: CryptoKey,
): VerificationKey['hasSigned'] {
  const node = nodeModules();
  const key = node?.crypto.createPublicKey({ key: publicKey, format: 'jwk' });
  return (input, signature) => {
    const bytes = decodeBase64urlExactly(signature);
    if (!bytes) return false;
    if (node && key) return node.crypto.verify('sha256', node.Buffer.from(input), key, bytes);
    return crypto.subtle.verify(WEB_ALGORITHM, cryptoKey, bytes, new TextEncoder().encode(input));
  };
}
