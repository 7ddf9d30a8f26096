/** The API's answer to `POST /user_management/authenticate` → the result for callers, in camelCase. */
import { isRecord } from '../exchange/json.ts';

/** A user. Times are ISO 8601 strings in UTC. */
export interface User {
  /** Always `user`. */
  object: 'user';
  /** The id of the user, `user_…`. */
  id: string;
  /** The email address. */
  email: string;
  /** Whether the user has verified the email address. */
  emailVerified: boolean;
  /** The full name. */
  name: string | null;
  /** The first name. */
  firstName: string | null;
  /** The URL of the profile picture. */
  profilePictureUrl: string | null;
  /** The last name. */
  lastName: string | null;
  /** When the user last signed in. */
  lastSignInAt: string | null;
  /** The preferred language, as a BCP 47 tag. */
  locale: string | null;
  /** When the user was created. */
  createdAt: string;
  /** When the user was last updated. */
  updatedAt: string;
  /** The id of the user in your own system. */
  externalId: string | null;
  /** The strings that you have stored with the user. */
  metadata: Record<string, string>;
}

/** The administrator who acts as the user. */
export interface Impersonator {
  /** The email address of the administrator. */
  email: string;
  /** Why the administrator acts as the user, if they gave a reason. */
  reason: string | null;
}

/** How the user signed in. New methods may appear. */
export type AuthenticationMethod =
  | 'SSO'
  | 'Password'
  | 'Passkey'
  | 'AppleOAuth'
  | 'BitbucketOAuth'
  | 'DiscordOAuth'
  | 'GitHubOAuth'
  | 'GitLabOAuth'
  | 'GoogleOAuth'
  | 'LinkedInOAuth'
  | 'MicrosoftOAuth'
  | 'SlackOAuth'
  | 'MagicAuth'
  | 'CrossAppAuth'
  | 'ExternalAuth'
  | 'MigratedSession'
  | 'Impersonation'
  | (string & {});

/** The tokens of the provider that the user signed in with. */
export interface OauthTokens {
  /** The provider's access token. */
  accessToken: string;
  /** The provider's refresh token. */
  refreshToken: string;
  /** When the access token expires, in seconds since 1970. */
  expiresAt: number;
  /** The scopes of the access token. */
  scopes: string[];
}

/** Result of a sign-in. */
export interface AuthenticationResponse {
  /** The signed-in user. */
  user: User;
  /** The organization that the session belongs to. */
  organizationId?: string;
  /** The access token, a signed JWT that is valid for a few minutes. */
  accessToken: string;
  /** The refresh token. It works once. */
  refreshToken: string;
  /** Present if an administrator acts as the user. */
  impersonator?: Impersonator;
  /** How the user signed in. */
  authenticationMethod?: AuthenticationMethod;
  /** The tokens of the provider, if the connection is set to return them. */
  oauthTokens?: OauthTokens;
  /** The value for the session cookie, if `session.sealSession` was true. */
  sealedSession?: string;
  /** The size of the cookie in bytes, present with `sealedSession`. Browsers drop cookies over 4,096, attributes included. */
  cookieBytes?: number;
}

/** The checked answer; undefined if the body is not a session. */
export function parseAuthenticationResponse(answer: unknown): AuthenticationResponse | undefined {
  if (!isRecord(answer)) return undefined;
  const { access_token: accessToken, refresh_token: refreshToken } = answer;
  const user = parseUser(answer['user']);
  if (!user || !isFilledString(accessToken) || !isFilledString(refreshToken)) return undefined;
  return compact({
    user,
    organizationId: optionalString(answer['organization_id']),
    accessToken,
    refreshToken,
    impersonator: parseImpersonator(answer['impersonator']),
    authenticationMethod: optionalString(answer['authentication_method']),
    oauthTokens: parseOauthTokens(answer['oauth_tokens']),
  });
}

/** A copy without undefined values, so that absent fields are absent in cookies and logs. */
export function compact<T extends object>(value: { [K in keyof T]: T[K] | undefined }): T {
  const compacted = {} as { [K in keyof T]: T[K] | undefined };
  for (const key in value) {
    if (value[key] !== undefined) compacted[key] = value[key];
  }
  return compacted as T;
}

export function isFilledString(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

export function optionalString(value: unknown): string | undefined {
  return isFilledString(value) ? value : undefined;
}

function parseUser(user: unknown): User | undefined {
  if (!isRecord(user) || !isFilledString(user['id']) || typeof user['email'] !== 'string') return undefined;
  return {
    object: 'user',
    id: user['id'],
    email: user['email'],
    emailVerified: user['email_verified'] === true,
    name: stringOrNull(user['name']),
    firstName: stringOrNull(user['first_name']),
    profilePictureUrl: stringOrNull(user['profile_picture_url']),
    lastName: stringOrNull(user['last_name']),
    lastSignInAt: stringOrNull(user['last_sign_in_at']),
    locale: stringOrNull(user['locale']),
    createdAt: stringOrNull(user['created_at']) ?? '',
    updatedAt: stringOrNull(user['updated_at']) ?? '',
    externalId: stringOrNull(user['external_id']),
    metadata: isRecord(user['metadata']) ? (user['metadata'] as Record<string, string>) : {},
  };
}

function parseImpersonator(value: unknown): Impersonator | undefined {
  if (!isRecord(value) || typeof value['email'] !== 'string') return undefined;
  return { email: value['email'], reason: stringOrNull(value['reason']) };
}

function parseOauthTokens(value: unknown): OauthTokens | undefined {
  if (!isRecord(value) || typeof value['access_token'] !== 'string') return undefined;
  return {
    accessToken: value['access_token'],
    refreshToken: typeof value['refresh_token'] === 'string' ? value['refresh_token'] : '',
    expiresAt: typeof value['expires_at'] === 'number' ? value['expires_at'] : 0,
    scopes: Array.isArray(value['scopes']) ? value['scopes'].filter((scope) => typeof scope === 'string') : [],
  };
}

function stringOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
