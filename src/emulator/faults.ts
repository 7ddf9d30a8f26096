/** Faults that you set → failing responses of a route. */
import {
  emailVerificationRequired,
  mfaChallenge,
  mfaEnrollment,
  organizationSelectionRequired,
  ssoRequired,
} from './api-errors.ts';
import { EmulatorError } from './emulator-error.ts';
import { SIGN_IN } from './seed.ts';

/** The routes that can fail. */
export const FAULT_ROUTES = ['authenticate', 'jwks'] as const;
export type FaultRoute = (typeof FAULT_ROUTES)[number];

/** After this time, a hanging request gets a response, so that nothing waits forever. */
const HANG_MS_MAX = 120_000;
const RETRY_AFTER_SEC = 2;

/** The response for each fault, in the order of the documentation. reference.ts describes them. */
const FAILURES = {
  server_error: () => Response.json({ message: 'Internal Server Error' }, { status: 500 }),
  bad_gateway: () => textAnswer(502, 'text/html', '<html><body><h1>502 Bad Gateway</h1></body></html>'),
  rate_limited: () => rateLimited(),
  empty_answer: () => textAnswer(200, 'application/json', ''),
  cut_answer: () => textAnswer(200, 'application/json', '{"access_token": "ey'),
  sso_required: () => answerOf(ssoRequired(SIGN_IN.email)),
  mfa_enrollment: () => answerOf(mfaEnrollment()),
  mfa_challenge: () => answerOf(mfaChallenge()),
  email_verification_required: () => answerOf(emailVerificationRequired()),
  organization_selection_required: () => answerOf(organizationSelectionRequired()),
  hang: (signal: AbortSignal) => hang(signal),
} as const satisfies Record<string, (signal: AbortSignal) => Response | Promise<Response>>;

export type FaultKind = keyof typeof FAILURES;
export const FAULT_KINDS = Object.keys(FAILURES) as FaultKind[];

export interface Fault {
  kind: FaultKind;
  /** How many requests fail. Defaults to 1. */
  times?: number;
  /** The route that fails. Defaults to `authenticate`. */
  route?: FaultRoute;
  /** The client id whose requests fail. By default, all requests fail. */
  clientId?: string;
}

type PendingFault = Fault & Required<Pick<Fault, 'times' | 'route'>>;

export interface Faults {
  /** Makes the next requests fail, after those of earlier faults. Throws `invalid_option`. */
  failNext(fault: Fault): void;
  /** The failing response for this request; undefined if it must not fail. */
  answer(route: FaultRoute, clientId: string, signal: AbortSignal): Response | Promise<Response> | undefined;
  /** Removes the faults that are left. */
  clear(): void;
}

export function createFaults(): Faults {
  let pending: PendingFault[] = [];
  return {
    failNext: (fault) => {
      const { kind, times = 1, route = 'authenticate' } = fault;
      if (!FAULT_KINDS.includes(kind)) throw invalid('kind', kind, `one of ${FAULT_KINDS.join(', ')}`);
      if (!FAULT_ROUTES.includes(route)) throw invalid('route', route, `one of ${FAULT_ROUTES.join(', ')}`);
      if (!Number.isInteger(times) || times < 1) throw invalid('times', times, 'a whole number from 1');
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

function invalid(name: string, value: unknown, expected: string): EmulatorError {
  return new EmulatorError(
    'invalid_option',
    `Cannot set fault: "${name}" is ${JSON.stringify(value)}, expected ${expected}`,
    `Set "${name}" to ${expected}`,
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
