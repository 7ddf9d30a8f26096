/** Options → the URL of AuthKit's sign-in page, and PKCE (RFC 7636). */
import { SessionError } from './errors.ts';
import { encodeBase64url } from './runtime.ts';

/** Options of `getAuthorizationUrl()`. */
export interface AuthorizationUrlOptions {
  /** Where AuthKit redirects the visitor afterwards, one of the redirect URIs in the dashboard. */
  redirectUri: string;
  /** The client id. Defaults to that of the client. */
  clientId?: string | undefined;
  /** `authkit` for the sign-in page, or a provider such as `GoogleOAuth`. One of this and the next two is required. */
  provider?: string | undefined;
  /** The connection to sign in with, `conn_…`. */
  connectionId?: string | undefined;
  /** The organization to sign in to, `org_…`. */
  organizationId?: string | undefined;
  /** A value that comes back with the visitor, unchanged. */
  state?: string | undefined;
  /** The PKCE challenge. */
  codeChallenge?: string | undefined;
  /** How the challenge was made: `S256`. */
  codeChallengeMethod?: 'S256' | undefined;
  /** The domain that the provider should expect. */
  domainHint?: string | undefined;
  /** The email address to fill in. */
  loginHint?: string | undefined;
  /** The token of the invitation that the visitor accepts. */
  invitationToken?: string | undefined;
  /** How many seconds after the last sign-in the visitor must sign in again. */
  maxAge?: number | undefined;
  /** Whether the visitor must sign in again in any case, such as `login`. */
  prompt?: string | undefined;
  /** The form that the sign-in page shows first. */
  screenHint?: 'sign-up' | 'sign-in' | undefined;
  /** Further query parameters for the provider. */
  providerQueryParams?: Readonly<Record<string, string | number | boolean>> | undefined;
  /** Further scopes to request from the provider. */
  providerScopes?: readonly string[] | undefined;
}

/** Result of `getAuthorizationUrlWithPKCE()`. */
export interface AuthorizationWithPkce {
  /** The URL to redirect the visitor to. */
  url: string;
  /** The state. Compare it with that of the callback. */
  state: string;
  /** The PKCE verifier. Send it with the code. */
  codeVerifier: string;
}

/** Names in the query, in alphabetical order, as the WorkOS SDK writes them. */
const PARAMETERS = [
  'codeChallenge',
  'codeChallengeMethod',
  'connectionId',
  'domainHint',
  'invitationToken',
  'loginHint',
  'maxAge',
  'organizationId',
  'prompt',
  'provider',
  'providerQueryParams',
  'providerScopes',
  'redirectUri',
  'screenHint',
  'state',
] as const satisfies readonly (keyof AuthorizationUrlOptions)[];

/** The URL. Throws `invalid_option` for options that AuthKit would refuse. */
export function describeAuthorizationUrl(options: AuthorizationUrlOptions, baseUrl: string, clientId: string): string {
  const refuse = (problem: string): never => {
    throw new SessionError('invalid_option', `Cannot get authorization URL: ${problem}`);
  };
  const { provider, connectionId, organizationId, redirectUri, screenHint } = options;
  if (!provider && !connectionId && !organizationId) {
    refuse('"provider", "connectionId" or "organizationId" must be set');
  }
  if (screenHint !== undefined && provider !== 'authkit') refuse('"screenHint" needs the provider "authkit"');
  if (typeof redirectUri !== 'string' || !URL.canParse(redirectUri)) refuse('"redirectUri" must be a URL');
  const url = new URL('/user_management/authorize', baseUrl);
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('response_type', 'code');
  for (const name of PARAMETERS) addParameter(url.searchParams, snakeCase(name), options[name]);
  url.searchParams.sort();
  return url.href;
}

function addParameter(parameters: URLSearchParams, name: string, value: unknown): void {
  if (value === undefined || value === null) return;
  if (Array.isArray(value)) for (const item of value) parameters.append(name, String(item));
  else if (typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) addParameter(parameters, `${name}[${key}]`, item);
  } else parameters.append(name, String(value));
}

function snakeCase(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** A verifier of 43 characters and its challenge (RFC 7636, sections 4.1 and 4.2). */
export async function createPkce(): Promise<{ codeVerifier: string; codeChallenge: string }> {
  const codeVerifier = randomText();
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(codeVerifier));
  return { codeVerifier, codeChallenge: encodeBase64url(new Uint8Array(digest)) };
}

/** 256 random bits. */
export function randomText(): string {
  return encodeBase64url(crypto.getRandomValues(new Uint8Array(32)));
}
