/** The claims of an access token → the fields of results, in camelCase. */
import type { AccessTokenClaims } from '../access-token.ts';
import { compact } from './authentication-response.ts';

/** The fields of results that come from the access token. */
export interface ClaimFacts {
  /** The id of the session, `session_…`. */
  sessionId: string;
  /** The organization that the session belongs to. */
  organizationId?: string;
  /** The user's role in the organization. */
  role?: string;
  /** All of the user's roles in the organization. */
  roles?: string[];
  /** The permissions that the roles grant. */
  permissions?: string[];
  /** The features that the organization has subscribed to. */
  entitlements?: string[];
  /** The feature flags that are enabled. */
  featureFlags?: string[];
  /** When the access token expires, in milliseconds since 1970. */
  expiresAt: number;
}

/** The fields, without absent ones. */
export function describeClaims(claims: AccessTokenClaims): ClaimFacts {
  return compact<ClaimFacts>(listClaims(claims));
}

/** The fields, with undefined for absent ones. */
export function listClaims(claims: AccessTokenClaims): { [Name in keyof ClaimFacts]: ClaimFacts[Name] | undefined } {
  return {
    sessionId: claims.sid,
    organizationId: claims.org_id,
    role: claims.role,
    roles: claims.roles,
    permissions: claims.permissions,
    entitlements: claims.entitlements,
    featureFlags: claims.feature_flags,
    expiresAt: claims.exp * 1000,
  };
}
