/** A session → its signed access token (RFC 7519, with RS256 of RFC 7518). */
import { SIGNING_KEY_ID } from '../signing-key.ts';
import { membershipOf, organizationById, PERMISSIONS, type Role } from '../seed.ts';
import type { Environment, Session } from '../store.ts';
import { base64url } from './base64url.ts';
import { newUlid } from './identifier.ts';

/** The claims of an access token. Those that depend on an organization are absent without one. */
export interface AccessTokenClaims {
  iss: string;
  sub: string;
  /** The email address of the impersonator, if there is one (RFC 8693 section 4.1). */
  act?: { sub: string };
  sid: string;
  jti: string;
  client_id: string;
  org_id?: string;
  role?: string;
  roles?: string[];
  permissions?: string[];
  entitlements?: string[];
  feature_flags?: string[];
  /** When the user last signed in with credentials, in seconds since 1970. */
  auth_time: number;
  iat: number;
  exp: number;
}

/** The claims of `session` at `nowMs`. `origin` is that of the API, such as `https://api.workos.com`. */
export function describeClaims(
  session: Session,
  { clientId, role, tokenLifeSec }: Pick<Environment, 'clientId' | 'role' | 'tokenLifeSec'>,
  origin: string,
  nowMs: number,
): AccessTokenClaims {
  const issuedAt = Math.floor(nowMs / 1000);
  return {
    iss: `${origin}/user_management/${clientId}`,
    sub: session.userId,
    ...(session.impersonator && { act: { sub: session.impersonator.email } }),
    sid: session.id,
    jti: newUlid(nowMs),
    client_id: clientId,
    ...describeOrganization(session, role),
    auth_time: session.signedInAtSec,
    iat: issuedAt,
    exp: issuedAt + tokenLifeSec,
  };
}

/** Signs `claims` as a compact JWS (RFC 7515 section 3.1). */
export async function signAccessToken(claims: AccessTokenClaims, key: CryptoKey): Promise<string> {
  const header = { alg: 'RS256', kid: SIGNING_KEY_ID };
  const input = `${base64url(JSON.stringify(header))}.${base64url(JSON.stringify(claims))}`;
  const signature = await crypto.subtle.sign('RSASSA-PKCS1-v1_5', key, new TextEncoder().encode(input));
  return `${input}.${base64url(new Uint8Array(signature))}`;
}

function describeOrganization(
  { userId, organizationId }: Session,
  changedRole: Role | undefined,
): Partial<AccessTokenClaims> {
  const organization = organizationId === undefined ? undefined : organizationById(organizationId);
  const membership = organization && membershipOf(userId, organization.id);
  if (!organization || !membership) return {};
  const role = changedRole ?? membership.role;
  return {
    org_id: organization.id,
    role,
    roles: [role],
    permissions: [...PERMISSIONS[role]],
    entitlements: [...organization.entitlements],
    feature_flags: [...organization.featureFlags],
  };
}
