/** An `Authorization` header → the caller that its access token identifies. */
import { verifyAccessToken, type AccessTokenClaims } from './access-token.ts';
import type { KeySet } from './key-set.ts';
import { describeClaims, type ClaimFacts } from './results/claim-facts.ts';
import type { Settings } from './settings.ts';

/** Result of `authenticateBearer()`: the token is valid. */
export interface BearerSuccess<Claims extends object = Record<string, unknown>> extends ClaimFacts {
  /** True: the token is valid. */
  authenticated: true;
  /** The id of the user. */
  userId?: string;
  /** The token itself. */
  accessToken: string;
  /** All claims of the token, including your own. */
  claims: AccessTokenClaims & Claims;
}

/** Result of `authenticateBearer()`: nobody is signed in. */
export interface BearerFailure {
  /** False: nobody is signed in. */
  authenticated: false;
  /** Why nobody is signed in. */
  reason: 'no_access_token_provided' | 'invalid_jwt';
}

/** Result of `authenticateBearer()`. */
export type BearerResult<Claims extends object = Record<string, unknown>> = BearerSuccess<Claims> | BearerFailure;

/** RFC 6750, section 2.1. The name of the scheme ignores case. */
const BEARER = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+) *$/i;
/** Servers do not accept longer headers. */
const HEADER_CHARACTERS_MAX = 65_536;

/** Verifies the token in the same way as the token in a cookie. */
export async function authenticateBearer<Claims extends object>(
  authorization: string | null | undefined,
  keys: KeySet,
  { issuers, audiences, clockToleranceSec, waitUntil }: Settings,
): Promise<BearerResult<Claims>> {
  if (typeof authorization !== 'string' || !/^Bearer\b/i.test(authorization)) {
    return { authenticated: false, reason: 'no_access_token_provided' };
  }
  const isTooLong = authorization.length > HEADER_CHARACTERS_MAX;
  const accessToken = isTooLong ? undefined : BEARER.exec(authorization)?.[1];
  const policy = { issuers, audiences, clockToleranceSec, nowMs: Date.now() };
  const claims = accessToken && (await verifyAccessToken(accessToken, keys, policy, waitUntil));
  if (!accessToken || !claims) return { authenticated: false, reason: 'invalid_jwt' };
  return {
    authenticated: true,
    ...describeClaims(claims),
    ...(claims.sub !== undefined && { userId: claims.sub }),
    accessToken,
    claims: claims as AccessTokenClaims & Claims,
  };
}
