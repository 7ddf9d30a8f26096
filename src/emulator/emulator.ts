/** Options → one Fetch handler that imitates the API, for a server, a test or a worker in a browser alike. */
import { ApiError, notFound } from './api-errors.ts';
import { createClock } from './clock.ts';
import { issueEnvironment, issueFixedEnvironment } from './credentials/environment.ts';
import type { IssuedEnvironment, IssueOptions } from './credentials/environment.ts';
import { newUlid } from './credentials/identifier.ts';
import { createFaults, type Fault } from './faults.ts';
import { EmulatorError } from './emulator-error.ts';
import { authenticate } from './routes/authenticate.ts';
import { authorize, signIn } from './routes/authorize.ts';
import { revoke } from './routes/revoke.ts';
import { addEnvironment, clearFaults, moveClock, setFault, showClock, signedOut } from './routes/control.ts';
import { jwks } from './routes/jwks.ts';
import { logout } from './routes/logout.ts';
import { type Routes, route } from './router.ts';
import { FIXED_ENVIRONMENT, type Role } from './seed.ts';
import { type EmulatorState, createStore } from './store.ts';

export interface EmulatorOptions {
  /** The time, in milliseconds since 1970; `Date.now` unless given. */
  now?: () => number;
  /** Seconds for which an access token is good, from 1 to 31,536,000; 300 unless given. */
  sessionLifeSec?: number;
  /** Faults that are set from the start. */
  faults?: readonly Fault[];
}

/** An emulator that is not listening anywhere: whoever holds it passes requests to it. */
export interface Emulator {
  /** Answers a request as the API would. Never throws for what a request holds. */
  fetch(request: Request): Promise<Response>;
  /**
   * Mints an environment of its own for a program that reaches the emulator at `origin`: no two calls share a
   * key, a session or a password. Throws `invalid_option` when `origin` is no http or https URL.
   */
  issueEnvironment(origin: string, options?: IssueOptions): Promise<IssuedEnvironment>;
  /** The same for the one environment that every emulator has: key, client id and password never change. */
  issueFixedEnvironment(origin: string, options?: IssueOptions): Promise<IssuedEnvironment>;
  /**
   * Moves the clock that sessions, codes and tokens are issued and judged by; negative moves it back.
   * Throws `invalid_option` when that leads out of the years 1970 to 9999.
   */
  advanceClock(seconds: number): void;
  /** Lets the next requests fail. Throws `invalid_option`. */
  failNext(fault: Fault): void;
  /**
   * Gives every member of the environment another role, as their administrator does: tokens issued from now on name
   * it, those that are out go on naming the old one. Does nothing for a client that does not exist.
   */
  changeRole(clientId: string, role: Role): void;
}

/** Makes an emulator with the seeded state in it. Needs nothing of Node's: a browser's worker can hold it. */
export function createEmulator(options: EmulatorOptions = {}): Emulator {
  const state: EmulatorState = {
    clock: createClock(options.now ?? (() => Date.now())),
    store: createStore({ ...FIXED_ENVIRONMENT, origin: undefined }, parseSessionLife(options.sessionLifeSec)),
    faults: createFaults(),
  };
  for (const fault of options.faults ?? []) state.faults.failNext(fault);
  const routes = describeRoutes(state);
  return {
    fetch: async (request) => {
      const response = await answer(request, routes);
      response.headers.set('X-Request-ID', `req_${newUlid(state.clock.nowMs())}`);
      return response;
    },
    issueEnvironment: async (origin, issue = {}) => issueEnvironment(origin, issue, state),
    issueFixedEnvironment: async (origin, issue = {}) => issueFixedEnvironment(origin, issue, state),
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
    'Pass the seconds for which an access token is good',
  );
}

function describeRoutes(state: EmulatorState): Routes {
  return {
    'POST /user_management/authenticate': (call) => authenticate(call, state),
    'GET /user_management/authorize': (call) => authorize(call, state),
    'POST /user_management/sessions/revoke': (call) => revoke(call, state),
    'GET /_emulator/sign-in': (call) => signIn(call, state),
    'GET /sso/jwks/:clientId': (call) => jwks(call, state),
    'GET /user_management/sessions/logout': (call) => logout(call, state),
    'GET /_emulator/clock': () => showClock(state),
    'POST /_emulator/clock': (call) => moveClock(call, state),
    'POST /_emulator/faults': (call) => setFault(call, state),
    'DELETE /_emulator/faults': () => clearFaults(state),
    'POST /_emulator/environments': (call) => addEnvironment(call, state),
    'GET /_emulator/signed-out': () => signedOut(),
  };
}

async function answer(request: Request, routes: Routes): Promise<Response> {
  try {
    const answered = route(routes, request);
    if (answered) return await answered;
    throw notFound(`The emulator has no route ${request.method} ${new URL(request.url).pathname}.`);
  } catch (error) {
    if (error instanceof ApiError) return answerRefusal(error);
    throw error;
  }
}

function answerRefusal({ status, body }: ApiError): Response {
  return Response.json(body, { status });
}
