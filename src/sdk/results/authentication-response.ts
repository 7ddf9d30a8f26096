/** The API's answer to `POST /user_management/authenticate` → what callers read, in camelCase. */
import { isRecord } from '../exchange/json.ts';

/** Somebody who can sign in. Times are ISO 8601 strings in UTC. */
export interface User {
  /** Always `user`. */
  object: 'user';
  /** The id of the user, `user_…`. */
  id: string;
  /** The email address. */
  email: string;
  /** Whether the address has been proven to be the user's. */
  emailVerified: boolean;
  /** The full name. */
  name: string | null;
  /** The first name. */
  firstName: string | null;
  /** Address of a picture of the user. */
  profilePictureUrl: string | null;
  /** The last name. */
  lastName: string | null;
  /** When the user last signed in. */
  lastSignInAt: string | null;
  /** The preferred language, as a BCP 47 tag. */
  locale: string | null;
  /** When the user was created. */
  createdAt: string;
  /** When the user was last changed. */
  updatedAt: string;
  /** The id your own system gave the user. */
  externalId: string | null;
  /** Your own text fields on the user. */
  metadata: Record<string, string>;
}

/** The member of your team who acts as the user. */
export interface Impersonator {
  /** The email address of that member. */
  email: string;
  /** Why, as that member wrote it. */
  reason: string | null;
}

/** How the user proved who they are; new methods may appear. */
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

/** Tokens of the provider the user signed in with. */
export interface OauthTokens {
  /** The provider's access token. */
  accessToken: string;
  /** The provider's refresh token. */
  refreshToken: string;
  /** When the access token expires, in seconds since 1970. */
  expiresAt: number;
  /** What the access token allows. */
  scopes: string[];
}

/** What signing in or refreshing gives. */
export interface AuthenticationResponse {
  /** The user, as of now. */
  user: User;
  /** The organization the session is for. */
  organizationId?: string;
  /** The access token, a signed JWT of a few minutes' life. */
  accessToken: string;
  /** The refresh token, good for one use. */
  refreshToken: string;
  /** Set when a member of your team acts as the user. */
  impersonator?: Impersonator;
  /** How the user proved who they are. */
  authenticationMethod?: AuthenticationMethod;
  /** Tokens of the provider, where the connection is set to return them. */
  oauthTokens?: OauthTokens;
  /** The cookie's value; set when `session.sealSession` was true. */
  sealedSession?: string;
  /** Bytes of the cookie's name and value, browsers drop more than 4,096; set beside `sealedSession`. */
  cookieBytes?: number;
}

/** The proven answer, or undefined when the API's answer is not one. */
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

/** A copy without the keys whose value is undefined, so that absent fields are absent in cookies and in logs. */
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
