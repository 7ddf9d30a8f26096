/** Options → a Fetch handler that emulates the API, for a server, a test or a worker in a browser. */
import { ApiError, notFound } from './api-errors.ts';
import { createClock } from './clock.ts';
import { issueEnvironment, issueExpiredCookie, issueFixedEnvironment } from './credentials/environment.ts';
import type { IssuedEnvironment, IssueOptions } from './credentials/environment.ts';
import { newUlid } from './credentials/identifier.ts';
import { createFaults, type Fault } from './faults.ts';
import { EmulatorError } from './emulator-error.ts';
import { authenticate } from './routes/authenticate.ts';
import { authorize, signIn } from './routes/authorize.ts';
import { revoke } from './routes/revoke.ts';
import {
  addEnvironment,
  clearFaults,
  expireSession,
  moveClock,
  setFault,
  showClock,
  signedOut,
} from './routes/control.ts';
import { jwks } from './routes/jwks.ts';
import { logout } from './routes/logout.ts';
import { type Call, route } from './router.ts';
import { FIXED_ENVIRONMENT, type Role } from './seed.ts';
import { type EmulatorState, createStore } from './store.ts';

export interface EmulatorOptions {
  /** The time, in milliseconds since 1970. Defaults to `Date.now`. */
  now?: () => number;
  /** How many seconds access tokens are valid, from 1 to 31,536,000. Defaults to 300. */
  sessionLifeSec?: number;
  /** Faults to set at the start. */
  faults?: readonly Fault[];
}

/** An emulator without a server: you pass requests to it. */
export interface Emulator {
  /** Answers a request as the API would. Never throws because of a request. */
  fetch(request: Request): Promise<Response>;
  /**
   * Creates an environment for a program that calls the emulator at `origin`. Each call creates another client id, API key,
   * cookie password and session. Throws `invalid_option` if `origin` is not an http or https URL.
   */
  issueEnvironment(origin: string, options?: IssueOptions): Promise<IssuedEnvironment>;
  /** Returns the environment that every emulator has, whose client id, API key and cookie password never change. */
  issueFixedEnvironment(origin: string, options?: IssueOptions): Promise<IssuedEnvironment>;
  /**
   * Returns the cookie of a session with an access token that expired a minute ago; the refresh token is valid. The id of
   * a session is in each result, as `sessionId`. Throws `invalid_option` for an unknown session.
   */
  expireSession(sessionId: string, origin: string): Promise<string>;
  /**
   * Moves the clock of the emulator, by which it issues and checks sessions, codes and tokens. A negative number moves it
   * back. Throws `invalid_option` outside of the years 1970 to 9999.
   */
  advanceClock(seconds: number): void;
  /** Makes the next requests fail. Throws `invalid_option`. */
  failNext(fault: Fault): void;
  /**
   * Gives every member of the environment another role. Access tokens that are issued from now on contain it; earlier ones
   * keep the old role. Does nothing for an unknown client id.
   */
  changeRole(clientId: string, role: Role): void;
}

/** Creates an emulator with the seeded users. Needs no module of Node, so it also runs in a worker of a browser. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const state: EmulatorState = {
    clock: createClock(options.now ?? (() => Date.now())),
    store: createStore({ ...FIXED_ENVIRONMENT, origin: undefined }, parseSessionLife(options.sessionLifeSec)),
    faults: createFaults(),
  };
  for (const fault of options.faults ?? []) state.faults.failNext(fault);
  return {
    fetch: async (request) => {
      const response = await answer(request, state);
      response.headers.set('X-Request-ID', `req_${newUlid(state.clock.nowMs())}`);
      return response;
    },
    issueEnvironment: async (origin, issue = {}) => issueEnvironment(origin, issue, state),
    issueFixedEnvironment: async (origin, issue = {}) => issueFixedEnvironment(origin, issue, state),
    expireSession: async (sessionId, origin) => issueExpiredCookie(sessionId, origin, state),
    advanceClock: state.clock.advance,
    failNext: state.faults.failNext,
    changeRole: (clientId, role) => {
      const environment = state.store.environment(clientId);
      if (environment) environment.role = role;
    },
  };
}

const YEAR_SEC = 31_536_000;

function parseSessionLife(seconds: number | undefined): number | undefined {
  if (seconds === undefined || (Number.isInteger(seconds) && seconds >= 1 && seconds <= YEAR_SEC)) return seconds;
  throw new EmulatorError(
    'invalid_option',
    `Cannot start the emulator: "sessionLifeSec" is ${String(seconds)}, expected a whole number from 1 to ${YEAR_SEC}`,
    'Pass the number of seconds that access tokens are valid',
  );
}

/** The routes, those of the API first. */
const ROUTES = {
  'GET /user_management/authorize': authorize,
  'POST /user_management/authenticate': authenticate,
  'GET /sso/jwks/:clientId': jwks,
  'GET /user_management/sessions/logout': logout,
  'POST /user_management/sessions/revoke': revoke,
  'GET /_emulator/sign-in': signIn,
  'POST /_emulator/sessions/expire': expireSession,
  'POST /_emulator/faults': setFault,
  'DELETE /_emulator/faults': clearFaults,
  'POST /_emulator/environments': addEnvironment,
  'GET /_emulator/clock': showClock,
  'POST /_emulator/clock': moveClock,
  'GET /_emulator/signed-out': signedOut,
} as const satisfies Record<string, (call: Call, state: EmulatorState) => Response | Promise<Response>>;

/** Method and path of a route. */
export type RouteName = keyof typeof ROUTES;
export const ROUTE_NAMES = Object.keys(ROUTES) as RouteName[];

async function answer(request: Request, state: EmulatorState): Promise<Response> {
  try {
    const found = route(ROUTE_NAMES, request);
    if (found) return await ROUTES[found.name](found.call, state);
    throw notFound(`The emulator has no route ${request.method} ${new URL(request.url).pathname}.`);
  } catch (error) {
    if (error instanceof ApiError) return answerRefusal(error);
    throw error;
  }
}

function answerRefusal({ status, body }: ApiError): Response {
  return Response.json(body, { status });
}
