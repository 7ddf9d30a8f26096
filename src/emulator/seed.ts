/** What every emulator starts with: users, organizations, memberships and sessions. */

/** A user as the API shows it. */
export interface User {
  object: 'user';
  /** `user_` and a ULID. */
  id: string;
  email: string;
  email_verified: boolean;
  name: string;
  first_name: string;
  last_name: string;
  profile_picture_url: string | null;
  last_sign_in_at: string;
  locale: string;
  external_id: string | null;
  metadata: Record<string, string>;
  created_at: string;
  updated_at: string;
}

/** An organization, and what its members get from it. */
export interface Organization {
  id: string;
  name: string;
  /** The slugs of the features that the organization has subscribed to. */
  entitlements: readonly string[];
  /** The slugs of the flags that are enabled for the organization. */
  featureFlags: readonly string[];
}

/** The permissions of each role, by slug. */
export const PERMISSIONS = {
  admin: ['posts:read', 'posts:write', 'members:manage'],
  member: ['posts:read'],
} as const;

export type Role = keyof typeof PERMISSIONS;

export interface Membership {
  userId: string;
  organizationId: string;
  role: Role;
}

/** A WorkOS administrator who acts as the user. */
export interface Impersonator {
  email: string;
  reason: string | null;
}

/** How the user signed in, as the API names it. */
export type AuthenticationMethod = 'Password' | 'GoogleOAuth' | 'Impersonation' | 'MagicAuth';

/** A session that `issueEnvironment` can return. */
export interface SeededSession {
  userId: string;
  organizationId?: string;
  authenticationMethod: AuthenticationMethod;
  impersonator?: Impersonator;
  /** How many seconds ago the access token expired; by default, it was issued just now. */
  expiredSecondsAgo?: number;
}

const ADA = 'user_01JGXF68E0TF04P3S6A0XGP12C';
const BEN = 'user_01JHMMTRVRQ0QJ01B19T5P5JBE';
const CHIARA = 'user_01JJBTF99G4425C8JVY74ZWT74';
const DANA = 'user_01JJWA8QK2M4X7B9C5E3F6G1HT';
const ELI = 'user_01JK9N2VW6R8T3Y5Z1A4B7C9DE';
const FAY = 'user_01JKMQ5XB1F4G7H9J2K6M8N3PR';
const ORCHARD = 'org_01JK303SQ8R2VDK97F38E46C5R';
const HARBOUR = 'org_01JKT5RA50YM9TH01PT9R8YQFK';

export const USERS: readonly User[] = [
  describeUser(ADA, 'Ada', 'Lindqvist', 'sv-SE', '2025-01-06T09:30:00.000Z'),
  describeUser(BEN, 'Ben', 'Osei', 'en-GH', '2025-01-15T09:31:07.000Z'),
  describeUser(CHIARA, 'Chiara', 'Romano', 'it-IT', '2025-01-24T09:32:14.000Z'),
  describeUser(DANA, 'Dana', 'Novak', 'cs-CZ', '2025-01-31T09:33:21.000Z'),
  describeUser(ELI, 'Eli', 'Marsh', 'en-US', '2025-02-05T09:34:28.000Z'),
  describeUser(FAY, 'Fay', 'Tanaka', 'ja-JP', '2025-02-10T09:35:35.000Z'),
];

/** Passwords by user id. They are public, like everything here. */
const PASSWORDS: Readonly<Record<string, string>> = {
  [ADA]: 'orchards in may',
  [BEN]: 'boats at low tide',
  [CHIARA]: 'bread before dawn',
  [DANA]: 'letters by post',
  [ELI]: 'one of two doors',
  [FAY]: 'six digits more',
};

export const ORGANIZATIONS: readonly Organization[] = [
  {
    id: ORCHARD,
    name: 'Orchard Robotics',
    entitlements: ['audit-logs', 'unlimited-projects'],
    featureFlags: ['advanced-analytics'],
  },
  { id: HARBOUR, name: 'Harbour Library', entitlements: ['audit-logs'], featureFlags: [] },
];

/** A user's first membership is the organization that they sign in to. */
export const MEMBERSHIPS: readonly Membership[] = [
  { userId: ADA, organizationId: ORCHARD, role: 'admin' },
  { userId: ADA, organizationId: HARBOUR, role: 'member' },
  { userId: BEN, organizationId: HARBOUR, role: 'admin' },
  { userId: DANA, organizationId: HARBOUR, role: 'member' },
  { userId: ELI, organizationId: ORCHARD, role: 'member' },
  { userId: ELI, organizationId: HARBOUR, role: 'member' },
  { userId: FAY, organizationId: ORCHARD, role: 'member' },
];

/** The sessions by name. The default is `signed-in`. */
export const SESSIONS = {
  /** Ada, admin of the first organization. */
  'signed-in': {
    userId: ADA,
    organizationId: ORCHARD,
    authenticationMethod: 'Password',
  },
  /** The same, some time later: the access token has expired, the refresh token is valid. */
  expired: {
    userId: ADA,
    organizationId: ORCHARD,
    authenticationMethod: 'Password',
    expiredSecondsAgo: 3_300,
  },
  /** A WorkOS administrator acting as Ada. */
  impersonated: {
    userId: ADA,
    organizationId: ORCHARD,
    authenticationMethod: 'Impersonation',
    impersonator: { email: 'support@example.com', reason: 'Helping with a billing question' },
  },
  /** Chiara, who belongs to no organization. */
  'no-organization': { userId: CHIARA, authenticationMethod: 'GoogleOAuth' },
} as const satisfies Record<string, SeededSession>;

/** The name of a seeded session. */
export type SessionName = keyof typeof SESSIONS;

/**
 * The environment that is the same in every emulator. Programs that are configured for it, and their cookies, keep working
 * after a restart. All of it is public and worthless.
 */
export const FIXED_ENVIRONMENT = {
  clientId: 'client_01JMHBCTJR2KJ6VRKZHYQ1EWFC',
  apiKey: 'sk_test_emulator_public_and_worthless',
  cookiePassword: 'public-and-worthless-cookie-password',
};

/** The code that the emulator accepts wherever a user would type one. It sends no email. */
export const SIGN_IN_CODE = '123456';

/** Another step that the API can require of a sign-in. */
export type SignInStep = 'email_verification_required' | 'organization_selection_required' | 'mfa_challenge';

/** The users whose sign-in requires another step. The sign-in page does the step for them, as AuthKit's does. */
const STEPS: Readonly<Record<string, SignInStep>> = {
  [DANA]: 'email_verification_required',
  [ELI]: 'organization_selection_required',
  [FAY]: 'mfa_challenge',
};

/** The step that the API requires of a user who signs in with a password; undefined for most. */
export function stepOf(userId: string): SignInStep | undefined {
  return STEPS[userId];
}

/** The user of a step that a fault requires. */
export const STEP_USER = ADA;

/** The ids that the API returns with a step. */
export const STEP_IDS = {
  challenge: 'auth_challenge_01JP0R4VQ9V0M8B7Y3H1K2D5TA',
  factor: 'auth_factor_01JP0R2F7B4Z6X8W1N5C9E3QSD',
  emailVerification: 'email_verification_01JP0R7C3K9M2T5X8V1B4N6QWE',
};

/** The token of a step. It never changes. */
export function pendingToken(userId: string): string {
  return userId.replace('user_', 'pat_');
}

/** The user of a step; undefined for an unknown token. */
export function userByPendingToken(token: string): User | undefined {
  return USERS.find(({ id }) => pendingToken(id) === token);
}

/** What a user types to sign in. */
export const SIGN_IN = { email: 'ada@example.com', password: 'orchards in may' };

/** The user with this email, in any letter case; undefined if there is none. */
export function userByEmail(email: string): User | undefined {
  return USERS.find((candidate) => candidate.email === email.toLowerCase());
}

export function userById(id: string): User {
  const user = USERS.find((candidate) => candidate.id === id);
  if (!user) throw new RangeError(`Cannot find user "${id}": no such user in seed.ts`);
  return user;
}

export function hasUser(id: string): boolean {
  return USERS.some((user) => user.id === id);
}

/** The password of a user. */
export function passwordOf(userId: string): string | undefined {
  return PASSWORDS[userId];
}

/** The user with this email (in any letter case) and password; undefined if there is none. */
export function userByPassword(email: string, password: string): User | undefined {
  const user = userByEmail(email);
  return user && passwordOf(user.id) === password ? user : undefined;
}

export function organizationById(id: string): Organization | undefined {
  return ORGANIZATIONS.find((organization) => organization.id === id);
}

export function membershipOf(userId: string, organizationId: string): Membership | undefined {
  return MEMBERSHIPS.find((one) => one.userId === userId && one.organizationId === organizationId);
}

/** The organization that a user signs in to; undefined for a user without memberships. */
export function firstOrganizationOf(userId: string): string | undefined {
  return MEMBERSHIPS.find((membership) => membership.userId === userId)?.organizationId;
}

function describeUser(id: string, firstName: string, lastName: string, locale: string, createdAt: string): User {
  return {
    object: 'user',
    id,
    email: `${firstName.toLowerCase()}@example.com`,
    email_verified: true,
    name: `${firstName} ${lastName}`,
    first_name: firstName,
    last_name: lastName,
    profile_picture_url: null,
    last_sign_in_at: '2025-06-25T19:07:33.155Z',
    locale,
    external_id: null,
    metadata: {},
    created_at: createdAt,
    updated_at: '2025-06-25T19:07:33.155Z',
  };
}
