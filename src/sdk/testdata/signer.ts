/** Keys and tokens made by node:crypto alone, so that no library signs what it verifies. */
import { createHmac, createPrivateKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';

export interface Signer {
  kid: string;
  /** The public key, as a key server gives it. */
  jwk: { kty: string; kid: string; alg: string; use: string; n: string; e: string };
  privateKey: KeyObject;
  /** A token signed with RS256, unless `header` says otherwise. */
  token(claims: Record<string, unknown>, header?: Record<string, unknown>): string;
  /** A token over any header and claims, base64url or not. */
  sign(header: string, claims: string): string;
}

/** Key pairs are slow to make, and tests need many signers of few keys. */
const pairs = new Map<string, { privateKey: KeyObject; publicKey: KeyObject }>();

export function createSigner(kid = 'key_1', pairName = kid, bits = 2048): Signer {
  let pair = pairs.get(pairName);
  if (!pair) pairs.set(pairName, (pair = generateKeyPairSync('rsa', { modulusLength: bits })));
  const { privateKey, publicKey } = pair;
  const { n, e } = publicKey.export({ format: 'jwk' }) as { n: string; e: string };
  const signInput = (input: string) =>
    `${input}.${sign('sha256', Buffer.from(input), privateKey).toString('base64url')}`;
  return {
    kid,
    jwk: { kty: 'RSA', kid, alg: 'RS256', use: 'sig', n, e },
    privateKey,
    token: (claims, header = {}) => signInput(encodeInput({ alg: 'RS256', typ: 'JWT', kid, ...header }, claims)),
    sign: (header, claims) => signInput(`${header}.${claims}`),
  };
}

export function encodeInput(header: object, claims: unknown): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
  return `${part(header)}.${part(claims)}`;
}

/** A token whose MAC is keyed with any text, such as a public key: the classic confusion of algorithms. */
export function tokenHs256(claims: object, secret: string | Buffer, kid = 'key_1'): string {
  const input = encodeInput({ alg: 'HS256', typ: 'JWT', kid }, claims);
  return `${input}.${createHmac('sha256', secret).update(input).digest('base64url')}`;
}

/** A token signed with another hash or another kind of key. */
export function tokenWith(alg: 'ES256' | 'RS512', claims: object, kid = 'key_1', signer = createSigner()): string {
  const input = encodeInput({ alg, typ: 'JWT', kid }, claims);
  if (alg === 'RS512') return `${input}.${sign('sha512', Buffer.from(input), signer.privateKey).toString('base64url')}`;
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const key = { key: createPrivateKey(privateKey.export({ format: 'pem', type: 'pkcs8' })), dsaEncoding: 'ieee-p1363' };
  return `${input}.${sign('sha256', Buffer.from(input), key as never).toString('base64url')}`;
}

/** Claims of a good token; times in seconds. */
export function goodClaims(overrides: Record<string, unknown> = {}): Record<string, unknown> {
  const now = Math.floor(Date.now() / 1000);
  return {
    iss: 'https://api.workos.com',
    sub: 'user_01',
    sid: 'session_01',
    jti: 'jti_01',
    org_id: 'org_01',
    role: 'admin',
    roles: ['admin'],
    permissions: ['posts:write'],
    entitlements: ['audit-logs'],
    feature_flags: ['new-editor'],
    exp: now + 300,
    iat: now,
    ...overrides,
  };
}
