/** What an emulator remembers while it runs: environments, and in each the sessions and tokens it issued. */
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { AuthenticationMethod, Impersonator, Role } from './seed.ts';

/** As the API's dashboard has it at first. */
export const TOKEN_LIFE_SEC = 300;
/** Minted environments kept; minting more forgets the oldest. */
const ENVIRONMENTS_MAX = 10_000;

/** One sign-in as it stands; a change puts another object with the same id in its place. */
export interface Session {
  /** `session_` and a ULID: the `sid` of its access tokens. */
  readonly id: string;
  readonly userId: string;
  readonly organizationId: string | undefined;
  readonly authenticationMethod: AuthenticationMethod;
  readonly impersonator: Impersonator | undefined;
  readonly signedInAtSec: number;
  readonly ended: boolean;
}

/** What a sign-in will become a session from, before it has an id. */
export type SignIn = Omit<Session, 'id' | 'ended'>;

export interface AuthorizationCode {
  signIn: SignIn;
  issuedAtMs: number;
  exchanged: boolean;
  /** Of the verifier that has to come with the code (RFC 7636, method S256). */
  challenge?: string | undefined;
}

export interface RefreshToken {
  sessionId: string;
  /** When it was first exchanged, by the emulator's clock, and for what. */
  exchange?: { atMs: number; answer: Promise<Answer> };
}

/** An answer as it goes over the wire. */
export interface Answer {
  status: number;
  body: unknown;
}

/** One tenant of the API: a client id, its secret key, and everything that was issued under them. */
export interface Environment {
  clientId: string;
  apiKey: string;
  /** The API's origin its issuer is named after; undefined takes that of each request. */
  origin: string | undefined;
  sessions: Map<string, Session>;
  codes: Map<string, AuthorizationCode>;
  refreshTokens: Map<string, RefreshToken>;
  /** How long an access token is good for, in seconds. */
  tokenLifeSec: number;
  /** The role of every member, where it is no longer the seeded one. */
  role?: Role;
  /** Answers by `Idempotency-Key`. */
  answers: Map<string, Promise<Answer>>;
}

/** What an environment is known by. */
export type Identity = Pick<Environment, 'clientId' | 'apiKey' | 'origin'>;

export interface Store {
  /** The environment that is never forgotten. */
  fixed: Environment;
  environment(clientId: string): Environment | undefined;
  environmentOfKey(apiKey: string): Environment | undefined;
  addEnvironment(identity: Identity): Environment;
  /** Ends the session with this id, whichever environment it belongs to; does nothing when there is none. */
  endSession(id: string): void;
}

/** Everything a route needs to answer: one per emulator, handed to each of them. */
export interface EmulatorState {
  clock: Clock;
  store: Store;
  faults: Faults;
}

export function createStore(fixedIdentity: Identity, tokenLifeSec = TOKEN_LIFE_SEC): Store {
  const fixed = createEnvironment(fixedIdentity, tokenLifeSec);
  const minted = new Map<string, Environment>();
  return {
    fixed,
    environment: (clientId) => (clientId === fixed.clientId ? fixed : minted.get(clientId)),
    environmentOfKey: (apiKey) => [fixed, ...minted.values()].find((each) => each.apiKey === apiKey),
    addEnvironment: (identity) => {
      const environment = createEnvironment(identity, tokenLifeSec);
      minted.set(environment.clientId, environment);
      forgetOldest(minted, ENVIRONMENTS_MAX);
      return environment;
    },
    endSession: (id) => {
      for (const { sessions } of [fixed, ...minted.values()]) {
        const session = sessions.get(id);
        if (session) sessions.set(id, { ...session, ended: true });
      }
    },
  };
}

function createEnvironment(identity: Identity, tokenLifeSec: number): Environment {
  return {
    ...identity,
    tokenLifeSec,
    sessions: new Map(),
    codes: new Map(),
    refreshTokens: new Map(),
    answers: new Map(),
  };
}

/** Drops the first entries of `map` until `max` are left. */
export function forgetOldest(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}
