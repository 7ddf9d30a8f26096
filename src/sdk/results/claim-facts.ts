/** The claims of an access token → what results say of it, in camelCase. */
import type { AccessTokenClaims } from '../access-token.ts';
import { compact } from './authentication-response.ts';

/** What an access token says about a session. */
export interface ClaimFacts {
  /** The id of the session, `session_…`. */
  sessionId: string;
  /** The organization the session is for. */
  organizationId?: string;
  /** The role in the organization. */
  role?: string;
  /** All roles in the organization. */
  roles?: string[];
  /** What the role allows. */
  permissions?: string[];
  /** What the organization has paid for. */
  entitlements?: string[];
  /** The feature flags that are on. */
  featureFlags?: string[];
  /** When the access token expires, in milliseconds since 1970. */
  expiresAt: number;
}

/** Absent claims are absent facts. */
export function describeClaims(claims: AccessTokenClaims): ClaimFacts {
  return compact<ClaimFacts>(listClaims(claims));
}

/** The same with absent claims as undefined, for whoever adds more before leaving them out. */
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
