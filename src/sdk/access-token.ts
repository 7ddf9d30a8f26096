/** An access token → its claims, if a known key signed it and it is valid now. */
import { isRecord, parseJson } from './exchange/json.ts';
import type { KeySet } from './key-set.ts';
import { ALGORITHM } from './public-key.ts';
import { isFilledString, optionalString } from './results/authentication-response.ts';
import type { WaitUntil } from './exchange/shared-work.ts';
import { decodeBase64urlText } from './runtime.ts';

/**
 * The claims of an AuthKit access token. Times are in seconds since 1970 (RFC 7519, section 4.1). A token whose `sid` or
 * times have a different type is refused; any other claim of a different type is left out.
 */
export interface AccessTokenClaims {
  /** The id of the session, `session_…`. */
  sid: string;
  /** When the token expires. */
  exp: number;
  /** When the token was issued. */
  iat?: number;
  /** The token is not valid before this time. */
  nbf?: number;
  /** Who issued the token. */
  iss?: string;
  /** Who the token is for. */
  aud?: string | string[];
  /** The id of the user. */
  sub?: string;
  /** The id of the token. */
  jti?: string;
  /** The id of the organization. */
  org_id?: string;
  /** The user's role in the organization. */
  role?: string;
  /** All of the user's roles in the organization. */
  roles?: string[];
  /** The permissions that the roles grant. */
  permissions?: string[];
  /** The features that the organization has subscribed to. */
  entitlements?: string[];
  /** The feature flags that are enabled. */
  feature_flags?: string[];
}

/** What a token must fulfil, in addition to its signature. */
export interface TokenPolicy {
  /** The accepted issuers; undefined for any. */
  issuers: readonly string[] | undefined;
  /** The accepted audiences; undefined for any. */
  audiences: readonly string[] | undefined;
  /** How many seconds clocks may differ, for `exp` and `nbf`. */
  clockToleranceSec: number;
  /** The time, in milliseconds since 1970. */
  nowMs: number;
}

/** RFC 7515, section 7.1: the header and the claims, in base64url. */
const SIGNED_PARTS = /^[\w-]+\.[\w-]+$/;
/** Issuers sign other kinds of tokens with the same keys, such as logout tokens. `typ` names them (RFC 8725, 3.11). */
const ACCESS_TOKEN_TYPE = /^(?:application\/)?(?:at\+)?jwt$/i;

const isString = (value: unknown) => typeof value === 'string';
const isStringList = (value: unknown) => Array.isArray(value) && value.every(isString);
const CLAIM_TYPES: readonly [name: string, isOfType: (value: unknown) => boolean][] = [
  ['iss', isString],
  ['aud', (value) => isString(value) || isStringList(value)],
  ['sub', isString],
  ['jti', isString],
  ['org_id', isString],
  ['role', isString],
  ['roles', isStringList],
  // A string has `includes` too, which is true for a part of a permission.
  ['permissions', isStringList],
  ['entitlements', isStringList],
  ['feature_flags', isStringList],
];

/** Why a token is refused. */
export type TokenFault =
  | 'malformed'
  | 'no_session_id'
  | 'no_expiration'
  | 'malformed_time'
  | 'expired'
  | 'not_yet_valid'
  | 'wrong_audience'
  | 'wrong_issuer'
  | 'wrong_algorithm'
  | 'unknown_extension'
  | 'wrong_type'
  | 'malformed_key_id'
  | 'unknown_key'
  | 'wrong_signature';

/**
 * The claims of a token that one of `keys` signed and that fulfils the policy; undefined otherwise. It refuses algorithms
 * other than RS256 and critical extensions, and ignores keys inside the token (`jwk`, `jku`, `x5c`). Throws
 * `keys_unavailable` if the keys are unknown. Each call decodes the claims again, so callers can change them.
 */
export async function verifyAccessToken(
  token: string,
  keys: KeySet,
  policy: TokenPolicy,
  waitUntil?: WaitUntil,
): Promise<AccessTokenClaims | undefined> {
  const checked = await checkAccessToken(token, keys, policy, waitUntil);
  return typeof checked === 'string' ? undefined : checked;
}

/** The same, with the first fault of a token that is refused. */
export async function checkAccessToken(
  token: string,
  keys: KeySet,
  policy: TokenPolicy,
  waitUntil?: WaitUntil,
): Promise<AccessTokenClaims | TokenFault> {
  const [header = '', payload, signature = ''] = token.split('.', 3);
  const claims = decodeClaimsPart(payload);
  if (typeof claims === 'string') return claims;
  // Checked before the signature, because it needs no key and takes little time.
  const refused = findPolicyFault(claims, policy);
  if (refused) return refused;
  const verifiedBy = keys.verified.get(token);
  if (verifiedBy && (keys.findFresh(verifiedBy.id) ?? (await keys.find(verifiedBy.id, waitUntil))) === verifiedBy)
    return claims;
  const signed = token.slice(0, -signature.length - 1);
  const named = SIGNED_PARTS.test(signed) ? decodeHeader(header) : 'malformed';
  if (typeof named === 'string') return named;
  const key = keys.findFresh(named.keyId) ?? (await keys.find(named.keyId, waitUntil));
  if (!key) return 'unknown_key';
  if (!(await key.hasSigned(signed, signature))) return 'wrong_signature';
  keys.verified.set(token, key);
  return claims;
}

/** The claims of the token, unverified; undefined if it is not a token with `sid` and times. */
export function decodeClaims(token: string): AccessTokenClaims | undefined {
  const claims = decodeClaimsPart(token.split('.', 3)[1]);
  return typeof claims === 'string' ? undefined : claims;
}

function decodeClaimsPart(part: string | undefined): AccessTokenClaims | TokenFault {
  const claims = decodeTokenPart(part);
  if (!claims) return 'malformed';
  if (!isFilledString(claims['sid'])) return 'no_session_id';
  if (claims['exp'] === undefined) return 'no_expiration';
  if (!isTime(claims['exp'])) return 'malformed_time';
  if (!['nbf', 'iat'].every((name) => claims[name] === undefined || isTime(claims[name]))) return 'malformed_time';
  for (const [name, isOfType] of CLAIM_TYPES) {
    if (claims[name] !== undefined && !isOfType(claims[name])) delete claims[name];
  }
  return claims as unknown as AccessTokenClaims;
}

/** The id of the session in a token, unverified; undefined if it has none. */
export function decodeSessionId(token: string): string | undefined {
  return optionalString(decodeTokenPart(token.split('.', 3)[1])?.['sid']);
}

function findPolicyFault({ exp, nbf, iss, aud = [] }: AccessTokenClaims, policy: TokenPolicy): TokenFault | undefined {
  const nowSec = Math.floor(policy.nowMs / 1000);
  if (exp <= nowSec - policy.clockToleranceSec) return 'expired';
  if (nbf !== undefined && nbf > nowSec + policy.clockToleranceSec) return 'not_yet_valid';
  const { issuers, audiences } = policy;
  if (audiences && ![aud].flat().some((audience) => audiences.includes(audience))) return 'wrong_audience';
  return issuers === undefined || (iss !== undefined && issuers.includes(iss)) ? undefined : 'wrong_issuer';
}

interface Header {
  /** The id of the key that signed the token, if the token names it. */
  keyId: string | undefined;
}

/** All tokens of a key have the same header, so it is only decoded if it differs from the last one. */
let lastHeader: { part: string; header: Header | TokenFault } | undefined;

function decodeHeader(part: string): Header | TokenFault {
  if (lastHeader?.part !== part) lastHeader = { part, header: parseHeader(decodeTokenPart(part)) };
  return lastHeader.header;
}

function parseHeader(header: Record<string, unknown> | undefined): Header | TokenFault {
  if (!header) return 'malformed';
  if (header['alg'] !== ALGORITHM) return 'wrong_algorithm';
  if (Object.hasOwn(header, 'crit') || Object.hasOwn(header, 'b64')) return 'unknown_extension';
  const type = header['typ'];
  if (type !== undefined && !(typeof type === 'string' && ACCESS_TOKEN_TYPE.test(type))) return 'wrong_type';
  const keyId = header['kid'];
  return keyId === undefined || isFilledString(keyId) ? { keyId } : 'malformed_key_id';
}

/** The JSON object in a part of a token, unverified; undefined if there is none. */
export function decodeTokenPart(part: string | undefined): Record<string, unknown> | undefined {
  if (!part) return undefined;
  try {
    const value = parseJson(decodeBase64urlText(part));
    return isRecord(value) ? value : undefined;
  } catch {
    // Not base64url or not JSON, so not a token.
    return undefined;
  }
}

/** Whether a time is finite, also in milliseconds, as results contain it. */
function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value * 1000);
}
