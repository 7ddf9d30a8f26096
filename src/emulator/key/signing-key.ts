/**
 * The one key that signs access tokens, public and worthless as key-numbers.ts says, and the key set that verifies
 * them.
 */
import { base64url } from '../credentials/base64url.ts';
import { certify } from './certificate.ts';
import { type KeyNumbers, bytesOf, deriveKeyNumbers } from './key-numbers.ts';

/** The key's name in tokens and in the key set. */
export const SIGNING_KEY_ID = 'sso_oidc_key_pair_01JGXF68E0TF04P3S6A0XGP12C';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

export interface SigningKey {
  /** Signs with RSASSA-PKCS1-v1_5 and SHA-256, which JWTs call RS256; cannot be taken out again. */
  privateKey: CryptoKey;
  /** As `GET /sso/jwks/:clientId` answers it (RFC 7517 section 5): its public half, and no other key. */
  keySet: { keys: readonly PublicKey[] };
}

interface PublicKey {
  alg: string;
  kty: string;
  use: string;
  /** The API's key sets carry a certificate, so this one does. */
  x5c: readonly string[];
  n: string;
  e: string;
  kid: string;
  'x5t#S256': string;
}

let derived: Promise<SigningKey> | undefined;

/** The key, made usable at the first call. */
export function deriveSigningKey(): Promise<SigningKey> {
  return (derived ??= derive());
}

async function derive(): Promise<SigningKey> {
  const numbers = await deriveKeyNumbers();
  const kty = 'RSA';
  const privateKey = await crypto.subtle.importKey('jwk', { kty, ...spell(numbers) }, ALGORITHM, false, ['sign']);
  const certificate = await certify(numbers, (bytes) => crypto.subtle.sign(ALGORITHM, privateKey, bytes));
  const thumbprint = await crypto.subtle.digest('SHA-256', certificate);
  const { n, e } = spell({ n: numbers.n, e: numbers.e });
  const key = {
    alg: 'RS256',
    kty,
    use: 'sig',
    x5c: [btoa(String.fromCharCode(...certificate))],
    n,
    e,
    kid: SIGNING_KEY_ID,
    'x5t#S256': base64url(new Uint8Array(thumbprint)),
  };
  return { privateKey, keySet: { keys: [key] } };
}

/** Numbers as a JSON Web Key writes them (RFC 7518 section 2). */
function spell<Name extends keyof KeyNumbers>(numbers: Pick<KeyNumbers, Name>): Record<Name, string> {
  const spelled = Object.entries<bigint>(numbers).map(([name, number]) => [name, base64url(bytesOf(number))]);
  return Object.fromEntries(spelled) as Record<Name, string>;
}
