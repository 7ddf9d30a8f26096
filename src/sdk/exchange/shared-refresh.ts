/** A refresh token → one exchange in this process, shared by all who hold it and sealed once per password. */
import { decodeClaims } from '../access-token.ts';
import { authenticate, type Endpoint, type Outcome } from '../api.ts';
import { SessionError } from '../errors.ts';
import { compact } from '../results/authentication-response.ts';
import { processState } from '../process-state.ts';
import { sealResponse, type Keyring } from '../seal.ts';
import type { FetchFunction } from './attempt.ts';
import { readStored, writeStored, type RefreshStore } from './refresh-store.ts';
import { Replay } from './replay.ts';
import type { WaitUntil } from './shared-work.ts';

/** What tells one refresh from another. */
export interface RefreshRequest {
  clientId: string;
  refreshToken: string;
  organizationId: string | undefined;
  /** How the user had signed in: the answer to a refresh does not always say it again. */
  authenticationMethod: string | undefined;
  /** Seals what the store gets. */
  keyring: Keyring;
}

/** What the client that begins an exchange brings to it. */
export interface RefreshCompanions {
  waitUntil: WaitUntil | undefined;
  store: RefreshStore | undefined;
  /** Told of each exchange with the API, once. */
  onRefresh: ((event: RefreshEvent) => void) | undefined;
}

/** One exchange with the API. It holds no secret. */
export interface RefreshEvent {
  /** Whether there is a new session. */
  succeeded: boolean;
  /** The id of the session. */
  sessionId?: string;
  /** The id of the user. */
  userId?: string;
  /** The organization of the new session. */
  organizationId?: string;
  /** What went wrong. */
  error?: SessionError;
  /** Milliseconds that it took, repeats included. */
  durationMs: number;
}

/** The API accepts a used refresh token for 30 seconds; this process answers for it a little less long. */
const WINDOW_MS = 25_000;
const ENTRIES_MAX = 1_000;

const createReplay = () =>
  new Replay<SharedRefresh>({ windowMs: WINDOW_MS, entriesMax: ENTRIES_MAX, now: () => Date.now() });
const globalReplay = () => processState('refreshes', createReplay);
const replays = () => processState('refreshes by fetch', () => new WeakMap<FetchFunction, Replay<SharedRefresh>>());

/** An outcome of the API and the seals made of it. */
export class SharedRefresh {
  readonly outcome: Outcome;
  readonly #seals = new Map<string, string>();

  constructor(outcome: Outcome) {
    this.outcome = outcome;
  }

  /** The sealed session: the same text for every caller with the same password. */
  async seal(keyring: Keyring): Promise<string> {
    if (!this.outcome.ok) throw this.outcome.error;
    const { id, secret } = keyring[0]!;
    const identity = `${id} ${secret}`;
    if (!this.#seals.has(identity)) {
      const seal = await sealResponse(this.outcome.response, keyring);
      // Of several callers who seal at the same time, the first one's seal is everybody's.
      if (!this.#seals.has(identity)) this.#seals.set(identity, seal);
    }
    return this.#seals.get(identity)!;
  }
}

/**
 * Refreshes once per token, organization and client; a success is given again for 25 seconds, a failure is not.
 * `waitUntil` lets the exchange outlive the request it was begun for; a store shares it with other servers.
 */
export async function shareRefresh(
  endpoint: Endpoint,
  request: RefreshRequest,
  { waitUntil, store, onRefresh }: RefreshCompanions,
): Promise<SharedRefresh> {
  const { clientId, refreshToken, organizationId, authenticationMethod, keyring } = request;
  const identity = JSON.stringify([endpoint.baseUrl, endpoint.apiKey, clientId, organizationId, refreshToken]);
  const exchange = async (leftMs: number) => {
    const outcome = await authenticate({ ...endpoint, budgetMs: leftMs }, 'refresh session', {
      grant_type: 'refresh_token',
      client_id: clientId,
      client_secret: endpoint.apiKey,
      refresh_token: refreshToken,
      organization_id: organizationId,
    });
    if (!outcome.ok) return new SharedRefresh(outcome);
    const { response } = outcome;
    if (!decodeClaims(response.accessToken)) return new SharedRefresh({ ok: false, error: describeUnusableToken() });
    const method = response.authenticationMethod ?? authenticationMethod;
    return new SharedRefresh({ ok: true, response: compact({ ...response, authenticationMethod: method }) });
  };
  const work = async (leftMs: number) => {
    const stored = store && (await readStored(store, identity, keyring));
    if (stored) return new SharedRefresh({ ok: true, response: stored });
    const startedAt = performance.now();
    const refreshed = await exchange(leftMs);
    tell(onRefresh, refreshed.outcome, performance.now() - startedAt);
    if (store && refreshed.outcome.ok) {
      await writeStored(store, identity, refreshed.outcome.response, keyring, WINDOW_MS);
    }
    return refreshed;
  };
  const keep = ({ outcome }: SharedRefresh) => outcome.ok;
  const patienceMs = endpoint.budgetMs;
  const shared = await replayOf(endpoint.fetchFn).run(identity, { work, keep, patienceMs, waitUntil });
  return shared ?? new SharedRefresh({ ok: false, error: describeImpatience(endpoint.baseUrl) });
}

function tell(onRefresh: RefreshCompanions['onRefresh'], outcome: Outcome, durationMs: number): void {
  try {
    if (!outcome.ok) return onRefresh?.({ succeeded: false, error: outcome.error, durationMs });
    const { user, accessToken } = outcome.response;
    const { sid: sessionId, org_id: organizationId } = decodeClaims(accessToken) ?? {};
    onRefresh?.(compact<RefreshEvent>({ succeeded: true, sessionId, userId: user.id, organizationId, durationMs }));
  } catch {
    // Whoever is told must not cost the visitor the session.
  }
}

function describeUnusableToken(): SessionError {
  const message = 'Cannot refresh session: the access token in the answer has no "sid" and "exp", both are needed';
  return new SessionError('server_error', message);
}

function describeImpatience(baseUrl: string): SessionError {
  const message = `Cannot refresh session: ${baseUrl} has not answered another caller in time, an answer is needed`;
  return new SessionError('timeout', message);
}

function replayOf(fetchFn: FetchFunction | undefined): Replay<SharedRefresh> {
  if (!fetchFn) return globalReplay();
  let replay = replays().get(fetchFn);
  if (!replay) replays().set(fetchFn, (replay = createReplay()));
  return replay;
}
