/** What an emulator remembers while it runs: environments, each with the sessions and tokens that it issued. */
import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { AuthenticationMethod, Impersonator, Role } from './seed.ts';

/** The default in the WorkOS dashboard. */
export const TOKEN_LIFE_SEC = 300;
/** With more environments than this, the oldest is forgotten. */
const ENVIRONMENTS_MAX = 10_000;

/** A session. A change replaces it by another object with the same id. */
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

/** A sign-in, before it has become a session with an id. */
export type SignIn = Omit<Session, 'id' | 'ended'>;

export interface AuthorizationCode {
  signIn: SignIn;
  issuedAtMs: number;
  exchanged: boolean;
  /** The challenge of the verifier that must come with the code (RFC 7636, method S256). */
  challenge?: string | undefined;
}

export interface RefreshToken {
  sessionId: string;
  /** When it was first exchanged, on the emulator's clock, and the answer. */
  exchange?: { atMs: number; answer: Promise<Answer> };
}

/** A response, before it is serialized. */
export interface Answer {
  status: number;
  body: unknown;
}

/** An environment of the API: a client id, its API key, and everything that was issued for them. */
export interface Environment {
  clientId: string;
  apiKey: string;
  /** Seals the cookies that the emulator issues. */
  cookiePassword: string;
  /** The origin in the issuer of its tokens; undefined for that of each request. */
  origin: string | undefined;
  sessions: Map<string, Session>;
  codes: Map<string, AuthorizationCode>;
  refreshTokens: Map<string, RefreshToken>;
  /** How long access tokens are valid, in seconds. */
  tokenLifeSec: number;
  /** The role of every member, if it was changed. */
  role?: Role;
  /** Answers by `Idempotency-Key`. */
  answers: Map<string, Promise<Answer>>;
}

/** What identifies an environment. */
export type Identity = Pick<Environment, 'clientId' | 'apiKey' | 'cookiePassword' | 'origin'>;

export interface Store {
  /** The environment that is the same in every emulator, and never forgotten. */
  fixed: Environment;
  environment(clientId: string): Environment | undefined;
  environmentOfKey(apiKey: string): Environment | undefined;
  environmentOfSession(id: string): Environment | undefined;
  addEnvironment(identity: Identity): Environment;
  /** Ends the session with this id in any environment. Does nothing if there is none. */
  endSession(id: string): void;
}

/** The state of an emulator, which all of its routes receive. */
export interface EmulatorState {
  clock: Clock;
  store: Store;
  faults: Faults;
}

export function createStore(fixedIdentity: Identity, tokenLifeSec = TOKEN_LIFE_SEC): Store {
  const fixed = createEnvironment(fixedIdentity, tokenLifeSec);
  const issued = new Map<string, Environment>();
  const all = () => [fixed, ...issued.values()];
  return {
    fixed,
    environment: (clientId) => (clientId === fixed.clientId ? fixed : issued.get(clientId)),
    environmentOfKey: (apiKey) => all().find((each) => each.apiKey === apiKey),
    environmentOfSession: (id) => all().find(({ sessions }) => sessions.has(id)),
    addEnvironment: (identity) => {
      const environment = createEnvironment(identity, tokenLifeSec);
      issued.set(environment.clientId, environment);
      forgetOldest(issued, ENVIRONMENTS_MAX);
      return environment;
    },
    endSession: (id) => {
      for (const { sessions } of all()) {
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

/** Deletes the oldest entries of `map` until `max` are left. */
export function forgetOldest(map: Map<string, unknown>, max: number): void {
  for (const key of map.keys()) {
    if (map.size <= max) return;
    map.delete(key);
  }
}
