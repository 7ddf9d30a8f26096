/** `POST /user_management/authenticate`: credentials → a user and two tokens. */
import { ApiError } from '../api-errors.ts';
import {
  codeInvalid,
  codeVerifierInvalid,
  invalidClient,
  invalidCredentials,
  organizationMembershipNotFound,
  organizationNotFound,
  oneTimeCodeInvalid,
  pendingTokenInvalid,
  refreshTokenExchanged,
  refreshTokenInvalid,
  sessionEnded,
  stepRequired,
  unauthorized,
  unsupportedGrant,
} from '../api-errors.ts';
import { base64url } from '../credentials/base64url.ts';
import { readRefreshToken } from '../credentials/refresh-token.ts';
import { beginSession, issueTokens } from '../credentials/tokens.ts';
import {
  type AuthenticationMethod,
  firstOrganizationOf,
  membershipOf,
  organizationById,
  SIGN_IN_CODE,
  STEP_IDS,
  stepOf,
  userByEmail,
  userById,
  userByPassword,
  userByPendingToken,
} from '../seed.ts';
import {
  type Answer,
  type Environment,
  type RefreshToken,
  type Session,
  type EmulatorState,
  forgetOldest,
} from '../store.ts';
import type { Call } from '../router.ts';
import { parseTextFields, readRequestBody, type RequestBody } from './request-body.ts';

/** How long an authorization code is valid. */
const CODE_LIFETIME_MS = 10 * 60_000;
/** How long a refresh token that was exchanged gets the same answer again. */
const REPLAY_WINDOW_MS = 30_000;
/** How many answers each environment remembers by their `Idempotency-Key`. */
const ANSWERS_MAX = 1_000;

interface Exchange {
  body: RequestBody;
  environment: Environment;
  /** The origin that this caller uses for the API. */
  origin: string;
  state: EmulatorState;
}

const GRANTS: Readonly<Record<string, (exchange: Exchange) => Promise<Answer>>> = {
  authorization_code: exchangeCode,
  password: exchangePassword,
  refresh_token: exchangeRefreshToken,
  'urn:workos:oauth:grant-type:magic-auth:code': exchangeMagicAuth,
  'urn:workos:oauth:grant-type:email-verification:code': (exchange) => finishSignIn(exchange, ['code']),
  'urn:workos:oauth:grant-type:organization-selection': (exchange) => finishSignIn(exchange, ['organization_id']),
  'urn:workos:oauth:grant-type:mfa-totp': (exchange) => finishSignIn(exchange, ['code', 'authentication_challenge_id']),
};

export async function authenticate({ request, url }: Call, state: EmulatorState): Promise<Response> {
  const body = await readRequestBody(request);
  const clientId = typeof body['client_id'] === 'string' ? body['client_id'] : '';
  const fault = state.faults.answer('authenticate', clientId, request.signal);
  if (fault) return fault;
  const { grant_type: grantType } = parseTextFields(body, ['client_id', 'grant_type']);
  const environment = authenticateClient(body, request.headers.get('authorization') ?? undefined, state);
  const grant = Object.hasOwn(GRANTS, grantType) ? GRANTS[grantType] : undefined;
  if (!grant) throw unsupportedGrant(grantType);

  const exchange = { body, environment, origin: url.origin, state };
  const key = request.headers.get('idempotency-key') ?? undefined;
  const answer = await answerOnce(environment, key, () => grant(exchange));
  return Response.json(answer.body, { status: answer.status });
}

/** The environment of the client id and the API key in the request. The key is in the body, the header or both. */
function authenticateClient(body: RequestBody, authorization: string | undefined, state: EmulatorState): Environment {
  const fields = parseTextFields(body, ['client_id'], ['client_secret']);
  const bearer = authorization === undefined ? undefined : (/^Bearer (\S+)$/i.exec(authorization)?.[1] ?? '');
  const keys = [fields.client_secret, bearer].filter((key) => key !== undefined);
  if (keys.length === 0) throw unauthorized();
  const environment = state.store.environment(fields.client_id);
  if (!environment) throw invalidClient();
  if (keys.some((key) => key !== environment.apiKey)) throw unauthorized();
  return environment;
}

/** Answers a request. With the `Idempotency-Key` of an earlier request, the answer is that of the earlier one. */
function answerOnce({ answers }: Environment, key: string | undefined, answer: () => Promise<Answer>): Promise<Answer> {
  const earlier = key === undefined ? undefined : answers.get(key);
  if (earlier) return earlier;
  const settled = answer().catch((error: unknown) => {
    if (error instanceof ApiError) return { status: error.status, body: error.body };
    throw error;
  });
  if (key !== undefined) {
    answers.set(key, settled);
    forgetOldest(answers, ANSWERS_MAX);
  }
  return settled;
}

async function exchangeCode(exchange: Exchange): Promise<Answer> {
  const { environment, state } = exchange;
  const { code, code_verifier: verifier } = parseTextFields(exchange.body, ['code'], ['code_verifier']);
  const known = environment.codes.get(code);
  const nowMs = state.clock.nowMs();
  if (!known || known.exchanged || nowMs - known.issuedAtMs > CODE_LIFETIME_MS) throw codeInvalid(code);
  known.exchanged = true;
  if (known.challenge !== undefined && (await challengeOf(verifier ?? '')) !== known.challenge) {
    throw codeVerifierInvalid();
  }
  const signIn = { ...known.signIn, signedInAtSec: state.clock.nowSec() };
  return answerWith(beginSession(signIn, environment, nowMs), exchange);
}

async function exchangePassword(exchange: Exchange): Promise<Answer> {
  const { email, password } = parseTextFields(exchange.body, ['email', 'password']);
  const user = userByPassword(email, password);
  if (!user) throw invalidCredentials();
  const step = stepOf(user.id);
  if (step) throw stepRequired[step](user.id);
  return signInAs(user.id, firstOrganizationOf(user.id), 'Password', exchange);
}

/** RFC 7636, section 4.2. */
async function challengeOf(verifier: string): Promise<string> {
  return base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

async function exchangeMagicAuth(exchange: Exchange): Promise<Answer> {
  const { email, code } = parseTextFields(exchange.body, ['email', 'code']);
  const user = userByEmail(email);
  if (!user || code !== SIGN_IN_CODE) throw oneTimeCodeInvalid();
  return signInAs(user.id, firstOrganizationOf(user.id), 'MagicAuth', exchange);
}

/** Finishes a sign-in with another step, such as a second factor. The code is the same for everybody. */
async function finishSignIn(
  exchange: Exchange,
  fields: ('code' | 'organization_id' | 'authentication_challenge_id')[],
): Promise<Answer> {
  const given: Partial<Record<string, string>> = parseTextFields(exchange.body, [
    'pending_authentication_token',
    ...fields,
  ]);
  const userId = userByPendingToken(given['pending_authentication_token'] ?? '')?.id;
  if (userId === undefined) throw pendingTokenInvalid();
  const { code, organization_id: organizationId, authentication_challenge_id: challengeId } = given;
  if (code !== undefined && code !== SIGN_IN_CODE) throw oneTimeCodeInvalid();
  if (challengeId !== undefined && challengeId !== STEP_IDS.challenge) throw oneTimeCodeInvalid();
  const organization = organizationId === undefined ? firstOrganizationOf(userId) : admit({ userId }, organizationId);
  return signInAs(userId, organization, 'Password', exchange);
}

function signInAs(
  userId: string,
  organizationId: string | undefined,
  authenticationMethod: AuthenticationMethod,
  exchange: Exchange,
): Promise<Answer> {
  const { environment, state } = exchange;
  const signedInAtSec = state.clock.nowSec();
  const signIn = { userId, organizationId, authenticationMethod, impersonator: undefined, signedInAtSec };
  return answerWith(beginSession(signIn, environment, state.clock.nowMs()), exchange);
}

async function exchangeRefreshToken(exchange: Exchange): Promise<Answer> {
  const { environment, state } = exchange;
  const fields = parseTextFields(exchange.body, ['refresh_token'], ['organization_id']);
  const token = await recognizeRefreshToken(fields.refresh_token, environment);
  const session = environment.sessions.get(token.sessionId);
  if (!session || session.ended) throw sessionEnded();

  const nowMs = state.clock.nowMs();
  if (token.exchange) {
    if (nowMs - token.exchange.atMs <= REPLAY_WINDOW_MS) return token.exchange.answer;
    throw refreshTokenExchanged();
  }
  const organizationId = fields.organization_id ?? session.organizationId;
  const continued = { ...session, organizationId: organizationId && admit(session, organizationId) };
  environment.sessions.set(session.id, continued);
  // Set before any await, so that the second of two concurrent requests finds the answer of the first.
  token.exchange = { atMs: nowMs, answer: answerWith(continued, exchange) };
  return token.exchange.answer;
}

/** Finds an issued token, or restores the session of a token that was issued before a restart. */
async function recognizeRefreshToken(text: string, environment: Environment): Promise<RefreshToken> {
  const issued = environment.refreshTokens.get(text);
  if (issued) return issued;
  const carried = await readRefreshToken(text, environment.apiKey);
  if (!carried) throw refreshTokenInvalid();
  // Another request with the same token may have restored it in the meantime.
  const token = environment.refreshTokens.get(text) ?? { sessionId: carried.id };
  environment.refreshTokens.set(text, token);
  if (!environment.sessions.has(carried.id)) environment.sessions.set(carried.id, carried);
  return token;
}

/** The id of the organization, if the user is a member. */
function admit(session: Pick<Session, 'userId'>, organizationId: string): string {
  if (!organizationById(organizationId)) throw organizationNotFound(organizationId);
  if (!membershipOf(session.userId, organizationId)) {
    throw organizationMembershipNotFound(session.userId, organizationId);
  }
  return organizationId;
}

async function answerWith(session: Session, { environment, origin, state }: Exchange): Promise<Answer> {
  const tokens = await issueTokens(session, environment, origin, state.clock.nowMs());
  const body = {
    user: userById(session.userId),
    ...(session.organizationId !== undefined && { organization_id: session.organizationId }),
    access_token: tokens.accessToken,
    refresh_token: tokens.refreshToken,
    authentication_method: session.authenticationMethod,
    ...(session.impersonator && { impersonator: session.impersonator }),
  };
  return { status: 200, body };
}
