/** Failures on request: what makes the next answers of a route go wrong. */
import { EmulatorError } from './emulator-error.ts';

/** The routes a fault can be set on. */
export const FAULT_ROUTES = ['authenticate', 'jwks'] as const;
export type FaultRoute = (typeof FAULT_ROUTES)[number];

/** Every kind of fault, in the order they are documented; answers/failures.ts has their answers. */
export const FAULT_KINDS = [
  'server_error',
  'bad_gateway',
  'rate_limited',
  'empty_answer',
  'cut_answer',
  'sso_required',
  'mfa_enrollment',
  'hang',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

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
  answer(route: FaultRoute, clientId: string, signal: AbortSignal): Promise<Response> | undefined;
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
      return import('./answers/failures.ts').then(({ FAILURES }) => FAILURES[due.kind](signal));
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
