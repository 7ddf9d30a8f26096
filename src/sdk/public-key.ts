/** A public key as the API publishes it → a key that verifies the signatures of tokens. */
import { isFilledString } from './results/authentication-response.ts';
import { decodeBase64urlExactly, nodeModules } from './runtime.ts';

/** A public key as a JSON Web Key (RFC 7517). */
export interface PublicKey {
  /** Type of the key, `RSA` here. */
  kty: string;
  /** Id of the key, which tokens name in their header. */
  kid?: string | undefined;
  /** Algorithm, `RS256` here. */
  alg?: string | undefined;
  /** Purpose, `sig` here. */
  use?: string | undefined;
  /** Operations, `verify` among them. */
  key_ops?: string[] | undefined;
  /** Modulus, base64url. */
  n?: string | undefined;
  /** Exponent, base64url. */
  e?: string | undefined;
}

/** A JSON Web Key Set (RFC 7517, section 5). */
export interface PublicKeySet {
  /** The keys; those that are not for RS256 signatures are passed over. */
  keys: readonly PublicKey[];
}

/** A key that verifies signatures, ready for use. */
export interface VerificationKey {
  readonly id: string | undefined;
  /** Whether `signature`, in base64url, is this key's signature of `input`. */
  readonly hasSigned: (input: string, signature: string) => boolean | Promise<boolean>;
}

/** The one algorithm that is accepted (RFC 7518, section 3.3). */
export const ALGORITHM = 'RS256';
/** The same as the web's interface calls it. */
const WEB_ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
/** RFC 7518, section 3.3. */
const MODULUS_BITS_MIN = 2048;

/** The key, imported; undefined when it is not an RSA public key for RS256 signatures of 2,048 bits or more. */
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
    // One malformed key must not take the good ones of its set away.
    return undefined;
  }
}

/**
 * `node:crypto` verifies in place, in a fifth of the time that the web's interface takes to ask a thread; where there
 * is none, the web's does it (RFC 7515, section 5.2: over the ASCII of header and payload).
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
