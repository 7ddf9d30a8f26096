/** A scenario, such as an expired session → an environment in which it is real. */
import type { IssuedEnvironment } from './credentials/environment.ts';
import type { FaultRoute } from './faults.ts';
import type { Role, SessionName } from './seed.ts';
import type { RunningEmulator } from './server.ts';

/** How many requests fail if a route is down: more than any program makes. */
const FAILURES = 1_000;

export interface Scenario {
  /** The name that readers see. */
  title: string;
  /** The session in the cookie. Defaults to `signed-in`. */
  session?: SessionName;
  /** The route that answers 500 to every request. */
  down?: FaultRoute;
  /** Whether the cookie was changed after it was sealed. */
  cookie?: 'tampered';
  /** The role that the members got after the cookie was sealed. */
  role?: Role;
}

/** The first one is the usual case. */
export const SCENARIOS = {
  valid: { title: 'Session valid' },
  expired: { title: 'Access token expired', session: 'expired' },
  tampered: { title: 'Cookie tampered with', cookie: 'tampered' },
  'keys-down': { title: 'Key server down', down: 'jwks' },
  'api-down': { title: 'API failing, token expired', session: 'expired', down: 'authenticate' },
  demoted: { title: 'Role changed since sign-in, to member', role: 'member' },
} as const satisfies Record<string, Scenario>;

export type ScenarioName = keyof typeof SCENARIOS;

/** What a scenario needs of an emulator. */
type Steered = Pick<RunningEmulator, 'issueEnvironment' | 'failNext' | 'changeRole'>;

/** Creates an environment with the scenario. */
export async function issueScenario(emulator: Steered, name: ScenarioName): Promise<IssuedEnvironment> {
  const { session = 'signed-in', role, down, cookie }: Scenario = SCENARIOS[name];
  const environment = await emulator.issueEnvironment({ session });
  const { WORKOS_CLIENT_ID: clientId, WORKOS_SEALED_SESSION: sealed } = environment;
  if (role) emulator.changeRole(clientId, role);
  if (down) emulator.failNext({ kind: 'server_error', route: down, clientId, times: FAILURES });
  return cookie === 'tampered' ? { ...environment, WORKOS_SEALED_SESSION: tamper(sealed) } : environment;
}

/** Changes the first letter of the encrypted part. */
function tamper(cookie: string): string {
  const parts = cookie.split('*');
  return parts
    .map((part, index) => (index === 4 ? `${part.startsWith('A') ? 'B' : 'A'}${part.slice(1)}` : part))
    .join('*');
}
