import { expect, it } from 'vitest';
import {
  FIXED_ENVIRONMENT,
  firstOrganizationOf,
  MEMBERSHIPS,
  membershipOf,
  organizationById,
  ORGANIZATIONS,
  SESSIONS,
  type SeededSession,
  SIGN_IN,
  userById,
  userByPassword,
  USERS,
} from './seed.ts';

it('names everything by a prefix and a ULID, and nothing twice', () => {
  const ids = [...USERS, ...ORGANIZATIONS].map(({ id }) => id);
  for (const id of [...ids, FIXED_ENVIRONMENT.clientId]) {
    expect(id).toMatch(/^(user|org|client)_01[0-9A-HJKMNP-TV-Z]{24}$/);
  }
  expect(new Set(ids).size).toBe(ids.length);
});

it('has memberships and sessions of users and organizations that exist', () => {
  for (const { userId, organizationId } of MEMBERSHIPS) {
    expect(userById(userId).id).toBe(userId);
    expect(organizationById(organizationId)?.id).toBe(organizationId);
  }
  for (const { userId, organizationId } of Object.values<SeededSession>(SESSIONS)) {
    expect(organizationId).toBe(firstOrganizationOf(userId));
  }
});

it('has Ada as an admin of the first organization and a member of the second', () => {
  const ada = userByPassword(SIGN_IN.email, SIGN_IN.password);
  const roles = ORGANIZATIONS.map(({ id }) => membershipOf(ada?.id ?? '', id)?.role);
  expect(roles).toEqual(['admin', 'member']);
});

it('seals with a password of 32 characters or more', () => {
  expect(FIXED_ENVIRONMENT.cookiePassword.length).toBeGreaterThanOrEqual(32);
});
