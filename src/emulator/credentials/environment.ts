/** An emulator → the environment variables that a program needs to use it, including a session. */
import { parseUrl } from '../parse-url.ts';
import { EmulatorError } from '../emulator-error.ts';
import { SESSIONS, userById } from '../seed.ts';
import type { SeededSession, SessionName, User } from '../seed.ts';
import type { Environment, Session, SignIn, EmulatorState } from '../store.ts';
import { newUlid, randomLetters } from './identifier.ts';
import { sealCookie } from './sealed-cookie.ts';
import { beginSession, issueTokens, type Tokens } from './tokens.ts';

const API_KEY_LETTERS = 26;
const COOKIE_PASSWORD_LETTERS = 40;
const CODE_LETTERS = 26;
/** More than clocks differ. */
const EXPIRED_SEC = 60;

/** The environment variables that the helpers and the WorkOS SDKs read. */
export interface IssuedEnvironment extends Record<string, string> {
  WORKOS_API_KEY: string;
  WORKOS_CLIENT_ID: string;
  /** 32 characters or more. */
  WORKOS_COOKIE_PASSWORD: string;
  WORKOS_API_HOSTNAME: string;
  WORKOS_API_PORT: string;
  /** `false` if the emulator is served over plain HTTP. */
  WORKOS_API_HTTPS: string;
  /** The cookie of a signed-in user. */
  WORKOS_SEALED_SESSION: string;
  /** Works for one sign-in of the same user, within 10 minutes. */
  WORKOS_AUTHORIZATION_CODE: string;
}

export interface IssueOptions {
  /** The session in the cookie. Defaults to `signed-in`. */
  session?: SessionName;
}

/** Creates an environment with a session, for programs that call the emulator at `origin`. Throws `invalid_option`. */
export function issueEnvironment(
  origin: string,
  options: IssueOptions,
  state: EmulatorState,
): Promise<IssuedEnvironment> {
  const environment = state.store.addEnvironment({
    clientId: `client_${newUlid(state.clock.nowMs())}`,
    apiKey: `sk_test_emulator_${randomLetters(API_KEY_LETTERS)}`,
    cookiePassword: randomLetters(COOKIE_PASSWORD_LETTERS),
    origin: parseOrigin(origin).origin,
  });
  return describeEnvironment(environment, origin, options, state);
}

/** The environment that is the same in every emulator, with a new session. Throws `invalid_option`. */
export function issueFixedEnvironment(
  origin: string,
  options: IssueOptions,
  state: EmulatorState,
): Promise<IssuedEnvironment> {
  return describeEnvironment(state.store.fixed, origin, options, state);
}

/**
 * The cookie of a session, with an access token that expired a minute ago and a refresh token that is valid. Throws
 * `invalid_option` for an unknown session.
 */
export async function issueExpiredCookie(sessionId: string, origin: string, state: EmulatorState): Promise<string> {
  const environment = state.store.environmentOfSession(sessionId);
  const session = environment?.sessions.get(sessionId);
  if (!environment || !session) {
    throw new EmulatorError(
      'invalid_option',
      `Cannot expire session: there is no session ${JSON.stringify(sessionId)}, expected the id of one`,
      'Pass the "sessionId" of a result',
    );
  }
  const issuedAtMs = state.clock.nowMs() - (environment.tokenLifeSec + EXPIRED_SEC) * 1000;
  const tokens = await issueTokens(session, environment, parseOrigin(origin).origin, issuedAtMs);
  return sealCookie(describeCookie(session, tokens), environment.cookiePassword);
}

async function describeEnvironment(
  environment: Environment,
  origin: string,
  options: IssueOptions,
  state: EmulatorState,
): Promise<IssuedEnvironment> {
  const url = parseOrigin(origin);
  const seeded = seededSession(options.session ?? 'signed-in');
  const nowMs = state.clock.nowMs();
  const { expiredSecondsAgo } = seeded;
  const ageSec = expiredSecondsAgo === undefined ? 0 : environment.tokenLifeSec + expiredSecondsAgo;
  const issuedAtMs = nowMs - ageSec * 1000;
  const signIn = describeSignIn(seeded, issuedAtMs);
  const session = beginSession(signIn, environment, issuedAtMs);
  const tokens = await issueTokens(session, environment, url.origin, issuedAtMs);
  const code = randomLetters(CODE_LETTERS);
  environment.codes.set(code, { signIn, issuedAtMs: nowMs, exchanged: false });
  const https = url.protocol === 'https:';
  return {
    WORKOS_API_KEY: environment.apiKey,
    WORKOS_CLIENT_ID: environment.clientId,
    WORKOS_COOKIE_PASSWORD: environment.cookiePassword,
    WORKOS_API_HOSTNAME: url.hostname,
    WORKOS_API_PORT: url.port || (https ? '443' : '80'),
    WORKOS_API_HTTPS: String(https),
    WORKOS_SEALED_SESSION: await sealCookie(describeCookie(session, tokens), environment.cookiePassword),
    WORKOS_AUTHORIZATION_CODE: code,
  };
}

function seededSession(name: string): SeededSession {
  if (Object.hasOwn(SESSIONS, name)) return SESSIONS[name as SessionName];
  const names = Object.keys(SESSIONS).join(', ');
  throw new EmulatorError(
    'invalid_option',
    `Cannot issue environment: "session" is ${JSON.stringify(name)}, expected one of ${names}`,
    'Pass one of these names',
  );
}

function describeSignIn(seeded: SeededSession, issuedAtMs: number): SignIn {
  return {
    userId: seeded.userId,
    organizationId: seeded.organizationId,
    authenticationMethod: seeded.authenticationMethod,
    impersonator: seeded.impersonator,
    signedInAtSec: Math.floor(issuedAtMs / 1000),
  };
}

/** The content of a cookie, with the names of the WorkOS SDK for Node. JSON omits absent fields. */
function describeCookie(session: Session, tokens: Tokens): Record<string, unknown> {
  return {
    organizationId: session.organizationId,
    user: camelCased(userById(session.userId)),
    accessToken: tokens.accessToken,
    refreshToken: tokens.refreshToken,
    authenticationMethod: session.authenticationMethod,
    impersonator: session.impersonator,
  };
}

function camelCased(user: User): Record<string, unknown> {
  return {
    object: user.object,
    id: user.id,
    email: user.email,
    emailVerified: user.email_verified,
    name: user.name,
    firstName: user.first_name,
    profilePictureUrl: user.profile_picture_url,
    lastName: user.last_name,
    lastSignInAt: user.last_sign_in_at,
    locale: user.locale,
    createdAt: user.created_at,
    updatedAt: user.updated_at,
    externalId: user.external_id,
    metadata: user.metadata,
  };
}

function parseOrigin(origin: string): URL {
  const url = parseUrl(origin);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  throw new EmulatorError(
    'invalid_option',
    `Cannot issue environment: "origin" is ${JSON.stringify(origin)}, expected an http or https URL`,
    'Pass the URL that programs call the emulator at, such as http://127.0.0.1:4010',
  );
}
