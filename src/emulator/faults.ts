/** Failures on request: what makes the next answers of a route go wrong. */
import {
  emailVerificationRequired,
  mfaChallenge,
  mfaEnrollment,
  organizationSelectionRequired,
  ssoRequired,
} from './api-errors.ts';
import { EmulatorError } from './emulator-error.ts';
import { SIGN_IN } from './seed.ts';

/** The routes a fault can be set on. */
export const FAULT_ROUTES = ['authenticate', 'jwks'] as const;
export type FaultRoute = (typeof FAULT_ROUTES)[number];

/** Milliseconds after which a hanging request is answered after all, so that nothing waits for ever. */
const HANG_MS_MAX = 120_000;
const RETRY_AFTER_SEC = 2;

/** The answers of a route that fails, in the order in which the kinds are documented. */
const FAILURES = {
  /** 500 with the API's error shape. */
  server_error: () => Response.json({ message: 'Internal Server Error' }, { status: 500 }),
  /** 502 with an HTML body, as from a proxy. */
  bad_gateway: () => textAnswer(502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>'),
  /** 429 with `Retry-After`, in seconds. */
  rate_limited: () => rateLimited(),
  /** 200 without a body. */
  empty_answer: () => textAnswer(200, 'application/json', ''),
  /** 200 with half of a JSON body. */
  cut_answer: () => textAnswer(200, 'application/json', '{"access_token": "ey'),
  /** The organization wants its users to come through single sign-on. */
  sso_required: () => answerOf(ssoRequired(SIGN_IN.email)),
  /** The user has to enroll a second factor first. */
  mfa_enrollment: () => answerOf(mfaEnrollment()),
  /** The user has to type the code of an authenticator app. */
  mfa_challenge: () => answerOf(mfaChallenge()),
  /** The user has to type the code that came by email. */
  email_verification_required: () => answerOf(emailVerificationRequired()),
  /** The user has to choose an organization. */
  organization_selection_required: () => answerOf(organizationSelectionRequired()),
  /** No answer until the caller gives up. */
  hang: (signal: AbortSignal) => hang(signal),
} as const satisfies Record<string, (signal: AbortSignal) => Response | Promise<Response>>;

export type FaultKind = keyof typeof FAILURES;
export const FAULT_KINDS = Object.keys(FAILURES) as FaultKind[];

export interface Fault {
  kind: FaultKind;
  /** How many requests fail; 1 unless given. */
  times?: number;
  /** The route that fails; `authenticate` unless given. */
  route?: FaultRoute;
  /** The client id whose requests fail; everyone's unless given. */
  clientId?: string;
}

type PendingFault = Fault & Required<Pick<Fault, 'times' | 'route'>>;

export interface Faults {
  /** Lets the next requests fail. Faults set earlier are used up first. Throws `invalid_option`. */
  failNext(fault: Fault): void;
  /** The failure that is due for this request; undefined when it shall be answered properly. */
  answer(route: FaultRoute, clientId: string, signal: AbortSignal): Response | Promise<Response> | undefined;
  /** Takes back whatever has not failed yet. */
  clear(): void;
}

export function createFaults(): Faults {
  let pending: PendingFault[] = [];
  return {
    failNext: (fault) => {
      const { kind, times = 1, route = 'authenticate' } = fault;
      if (!FAULT_KINDS.includes(kind)) throw invalid('kind', kind, FAULT_KINDS);
      if (!FAULT_ROUTES.includes(route)) throw invalid('route', route, FAULT_ROUTES);
      if (!Number.isInteger(times) || times < 1) throw invalid('times', times, ['a whole number from 1']);
      pending.push({ ...fault, times, route });
    },
    answer: (route, clientId, signal) => {
      const due = pending.find((fault) => fault.route === route && (fault.clientId ?? clientId) === clientId);
      if (!due) return undefined;
      due.times -= 1;
      pending = pending.filter((fault) => fault.times > 0);
      return FAILURES[due.kind](signal);
    },
    clear: () => {
      pending = [];
    },
  };
}

function invalid(name: string, value: unknown, wanted: readonly string[]): EmulatorError {
  return new EmulatorError(
    'invalid_option',
    `Cannot set fault: "${name}" is ${JSON.stringify(value)}, one of ${wanted.join(', ')} is wanted`,
    `Set "${name}" to one of them`,
  );
}

function textAnswer(status: number, type: string, text: string): Response {
  return new Response(text, { status, headers: { 'Content-Type': type } });
}

function rateLimited(): Response {
  const body = { error: 'too_many_requests', error_description: 'Too many requests.' };
  return Response.json(body, { status: 429, headers: { 'Retry-After': String(RETRY_AFTER_SEC) } });
}

function answerOf({ body, status }: { body: unknown; status: number }): Response {
  return Response.json(body, { status });
}

function hang(signal: AbortSignal): Promise<Response> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(new Response(null, { status: 504 })), HANG_MS_MAX);
    const giveUp = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener('abort', giveUp, { once: true });
  });
}
