/** A refresh token → one exchange in this process, shared by all callers and sealed once for each password. */
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

/** What identifies a refresh. */
export interface RefreshRequest {
  clientId: string;
  refreshToken: string;
  organizationId: string | undefined;
  /** How the user signed in. The answer to a refresh does not always contain it. */
  authenticationMethod: string | undefined;
  /** Seals the values in the store. */
  keyring: Keyring;
}

/** The settings of the client that starts an exchange. */
export interface RefreshCompanions {
  waitUntil: WaitUntil | undefined;
  store: RefreshStore | undefined;
  /** Called once for each exchange with the API. */
  onRefresh: ((event: RefreshEvent) => void) | undefined;
}

/** An exchange of a refresh token with the API. It contains no secret. */
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
  /** How many milliseconds it took, including retries. */
  durationMs: number;
}

/** The API accepts a used refresh token for 30 seconds. This leaves a 5-second margin for latency. */
const WINDOW_MS = 25_000;
const ENTRIES_MAX = 1_000;

const createReplay = () =>
  new Replay<SharedRefresh>({ windowMs: WINDOW_MS, entriesMax: ENTRIES_MAX, now: () => Date.now() });
const globalReplay = () => processState('refreshes', createReplay);
const replays = () => processState('refreshes by fetch', () => new WeakMap<FetchFunction, Replay<SharedRefresh>>());

/** The outcome of an exchange, and the sealed sessions. */
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
      // If several callers seal at the same time, all get the seal of the first one.
      if (!this.#seals.has(identity)) this.#seals.set(identity, seal);
    }
    return this.#seals.get(identity)!;
  }
}

/**
 * Refreshes once for each token, organization and client. Successes are reused for 25 seconds, failures are not.
 * `waitUntil` lets the exchange outlive the request that started it. A store shares it with other servers.
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
    const deadline = performance.now() + leftMs;
    const stored = store && (await readStored(store, identity, keyring));
    if (stored) return new SharedRefresh({ ok: true, response: stored });
    const startedAt = performance.now();
    const refreshed = await exchange(deadline - startedAt);
    report(onRefresh, refreshed.outcome, performance.now() - startedAt);
    if (store && refreshed.outcome.ok) {
      const patienceMs = deadline - performance.now();
      await writeStored(store, identity, refreshed.outcome.response, { keyring, windowMs: WINDOW_MS, patienceMs });
    }
    return refreshed;
  };
  const keep = ({ outcome }: SharedRefresh) => outcome.ok;
  const patienceMs = endpoint.budgetMs;
  const shared = await replayOf(endpoint.fetchFn).run(identity, { work, keep, patienceMs, waitUntil });
  return shared ?? new SharedRefresh({ ok: false, error: describeTimeout(endpoint.baseUrl) });
}

function report(onRefresh: RefreshCompanions['onRefresh'], outcome: Outcome, durationMs: number): void {
  try {
    if (!outcome.ok) return onRefresh?.({ succeeded: false, error: outcome.error, durationMs });
    const { user, accessToken } = outcome.response;
    const { sid: sessionId, org_id: organizationId } = decodeClaims(accessToken) ?? {};
    onRefresh?.(compact<RefreshEvent>({ succeeded: true, sessionId, userId: user.id, organizationId, durationMs }));
  } catch {
    // An error in the callback must not affect the visitor.
  }
}

function describeUnusableToken(): SessionError {
  const message = 'Cannot refresh session: the access token in the answer must have "sid" and "exp"';
  return new SessionError('server_error', message);
}

function describeTimeout(baseUrl: string): SessionError {
  const message = `Cannot refresh session: ${baseUrl} did not answer another caller in time, expected an answer`;
  return new SessionError('timeout', message);
}

function replayOf(fetchFn: FetchFunction | undefined): Replay<SharedRefresh> {
  if (!fetchFn) return globalReplay();
  let replay = replays().get(fetchFn);
  if (!replay) replays().set(fetchFn, (replay = createReplay()));
  return replay;
}
