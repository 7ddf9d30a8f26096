/** `/sso/jwks/<client id>` → the keys that verify access tokens, cached, rotated and kept during outages. */
import { SessionError } from './errors.ts';
import { attempt, type FetchFunction } from './exchange/attempt.ts';
import { isRecord } from './exchange/json.ts';
import { isAlive, joinWork, startWork, type SharedWork, type WaitUntil } from './exchange/shared-work.ts';
import { processState } from './process-state.ts';
import { uncached } from './runtime.ts';
import { importKey, type PublicKey, type PublicKeySet, type VerificationKey } from './public-key.ts';

const FRESH_MS = 10 * 60_000;
const KEPT_MS = 24 * 60 * 60_000;
const FETCH_TIMEOUT_MS = 5_000;
/** Share of the time for a fetch that one attempt may take, so that there is time for another if a connection stalls. */
const ATTEMPT_SHARE = 0.4;
const FETCH_RETRIES_MAX = 2;
const FETCH_RETRY_MS = 150;
/** The pause between two fetches for unknown key ids, and between two background fetches while the server is down. */
const PAUSE_MS = 30_000;
/** The pause after a failed fetch for an unknown key id. It is shorter, because the key may exist. */
const PAUSE_AFTER_FAILURE_MS = 1_000;
/** Most applications have one client id. A process with more than this forgets the oldest. */
const SETS_MAX = 100;
const VERIFIED_TOKENS_MAX = 1_000;
const VERIFIED_CHARACTERS_MAX = 1_000_000;
/** 192 bits of the signature, which no two tokens share. */
const END_CHARACTERS = 32;

type FetchScope = Map<string, KeySet>;
const globalScope = () => processState<FetchScope>('key sets', () => new Map());
const scopes = () => processState('key sets by fetch', () => new WeakMap<FetchFunction, FetchScope>());

/** The key set that all clients of an address in this process share. Each `fetchFn` has its own, as it may lead elsewhere. */
export function sharedKeySet(url: string, fetchFn: FetchFunction | undefined): KeySet {
  let scope = fetchFn ? scopes().get(fetchFn) : globalScope();
  if (!scope) scopes().set(fetchFn!, (scope = new Map()));
  let keySet = scope.get(url);
  if (!keySet) {
    keySet = new KeySet(url, { fetchFn });
    scope.set(url, keySet);
    if (scope.size > SETS_MAX) scope.delete(scope.keys().next().value!);
  }
  return keySet;
}

/** Options of a key set. */
export interface KeySetOptions {
  /** A function to use instead of the global `fetch`. */
  fetchFn?: FetchFunction | undefined;
  /** Keys to start with, as if fetched at the first use. Without them, the first use fetches the keys. */
  given?: PublicKeySet | undefined;
  /** The clock, in milliseconds since 1970. */
  now?: () => number;
  /** The time limit for a fetch with all of its attempts, in milliseconds. */
  timeoutMs?: number;
}

/** The keys of one address. */
export class KeySet {
  /** Tokens with a verified signature, and the key that verified it. */
  readonly verified = new VerifiedTokens(VERIFIED_TOKENS_MAX, VERIFIED_CHARACTERS_MAX);
  readonly #url: string;
  readonly #fetchFn: FetchFunction | undefined;
  readonly #now: () => number;
  readonly #timeoutMs: number;
  #given: PublicKeySet | undefined;
  #keys: readonly KnownKey[] = [];
  #fetchedAt = Number.NEGATIVE_INFINITY;
  #backgroundPausedAt = Number.NEGATIVE_INFINITY;
  #unknownPausedAt = Number.NEGATIVE_INFINITY;
  #lastFailed = false;
  #isFetchFnWrong = false;
  #underWay: SharedWork<boolean> | undefined;

  constructor(url: string, options: KeySetOptions = {}) {
    const { fetchFn, given, now = () => Date.now(), timeoutMs = FETCH_TIMEOUT_MS } = options;
    this.#url = url;
    this.#fetchFn = fetchFn;
    this.#given = given;
    this.#now = now;
    this.#timeoutMs = timeoutMs;
  }

  /** The ids of the known keys. A key without an id has none. */
  get ids(): readonly (string | undefined)[] {
    return this.#keys.map(({ key }) => key.id);
  }

  /** The same as `find`, without waiting; undefined if the keys are not fresh or none has this id. */
  findFresh(id: string | undefined): VerificationKey | undefined {
    return this.#given || this.#msSince(this.#fetchedAt) > FRESH_MS ? undefined : this.#lookUp(id);
  }

  /**
   * The key with this id, or without an id the only key; undefined if the set has no such key. Throws `keys_unavailable`
   * if the set cannot be fetched. `waitUntil` lets a fetch in the background outlive the request that started it.
   */
  async find(id: string | undefined, waitUntil?: WaitUntil): Promise<VerificationKey | undefined> {
    if (this.#given) await this.#acceptGiven(this.#given.keys);
    const ageMs = this.#msSince(this.#fetchedAt);
    if (ageMs > KEPT_MS) {
      if (!(await this.#fetch(waitUntil))) throw this.#unavailable();
      return this.#lookUp(id);
    }
    if (ageMs > FRESH_MS && this.#msSince(this.#backgroundPausedAt) >= PAUSE_MS) {
      // If a fetch was lost with its request, the next one would be lost too. So this request waits for it.
      if (this.#underWay && !isAlive(this.#underWay)) await this.#fetch(waitUntil);
      else this.#underWay ??= this.#startFetch(waitUntil);
    }
    return this.#lookUp(id) ?? this.#findUnknown(id, waitUntil);
  }

  async #acceptGiven(keys: unknown): Promise<void> {
    const known = await this.#import(keys);
    // Another caller may have accepted them in the meantime.
    if (this.#given) this.#accept(known);
    this.#given = undefined;
  }

  async #findUnknown(id: string | undefined, waitUntil: WaitUntil | undefined): Promise<VerificationKey | undefined> {
    const pauseMs = this.#lastFailed ? PAUSE_AFTER_FAILURE_MS : PAUSE_MS;
    if (!this.#underWay && this.#msSince(this.#unknownPausedAt) < pauseMs) {
      if (this.#lastFailed) throw this.#unavailable();
      return undefined;
    }
    const fetched = await this.#fetch(waitUntil);
    this.#unknownPausedAt = this.#now();
    if (!fetched) throw this.#unavailable();
    return this.#lookUp(id);
  }

  #lookUp(id: string | undefined): VerificationKey | undefined {
    if (id !== undefined) return this.#keys.find(({ key }) => key.id === id)?.key;
    return this.#keys.length === 1 ? this.#keys[0]!.key : undefined;
  }

  /** Fetches the set, once for all concurrent callers. Returns whether there were keys. */
  async #fetch(waitUntil: WaitUntil | undefined): Promise<boolean> {
    const deadline = performance.now() + this.#timeoutMs;
    while (this.#underWay && isAlive(this.#underWay)) {
      const joined = await joinWork(this.#underWay, deadline - performance.now());
      if (joined) return joined.value;
      if (performance.now() >= deadline) return false;
    }
    this.#underWay = this.#startFetch(waitUntil, deadline);
    return this.#underWay.result;
  }

  #startFetch(waitUntil: WaitUntil | undefined, deadline = performance.now() + this.#timeoutMs): SharedWork<boolean> {
    const requestAndAccept = async () => {
      const known = await this.#request(deadline);
      // A fetch that was believed lost must not replace the keys of the fetch that took its place.
      if (this.#underWay !== started) return known.length > 0;
      this.#underWay = undefined;
      this.#lastFailed = known.length === 0;
      // An empty set is an error of the server, so the known keys stay.
      if (this.#lastFailed) this.#backgroundPausedAt = this.#now();
      else this.#accept(known);
      return !this.#lastFailed;
    };
    const started = startWork(requestAndAccept, waitUntil);
    return started;
  }

  async #request(deadline: number): Promise<readonly KnownKey[]> {
    const init = { method: 'GET' as const, headers: { Accept: 'application/json' }, ...uncached() };
    for (let retries = 0; ; retries++) {
      const leftMs = Math.max(0, deadline - performance.now());
      const answer = await attempt(this.#fetchFn, this.#url, init, Math.min(this.#timeoutMs * ATTEMPT_SHARE, leftMs));
      if ('status' in answer && answer.status === 200 && isRecord(answer.body)) {
        return this.#import(answer.body['keys']);
      }
      this.#isFetchFnWrong = 'failure' in answer && answer.failure === 'no_response';
      const transient = 'failure' in answer || answer.status >= 500 || answer.status === 429;
      const waitMs = FETCH_RETRY_MS * (retries + Math.random());
      if (!transient || retries >= FETCH_RETRIES_MAX || performance.now() + waitMs >= deadline) return [];
      await new Promise((resolve) => setTimeout(resolve, waitMs));
    }
  }

  async #import(keys: unknown): Promise<readonly KnownKey[]> {
    if (!Array.isArray(keys)) return [];
    const known = await Promise.all(keys.filter(isRecord).map((jwk) => this.#importOnce(jwk as unknown as PublicKey)));
    return known.filter((key) => key !== undefined);
  }

  /** An unchanged key stays the same object, so that the tokens it verified stay remembered. */
  async #importOnce(jwk: PublicKey): Promise<KnownKey | undefined> {
    const { kty, kid, alg, use, key_ops, n, e } = jwk;
    const identity = JSON.stringify([kty, kid, alg, use, key_ops, n, e]);
    const known = this.#keys.find((candidate) => candidate.identity === identity);
    if (known) return known;
    const key = await importKey(jwk);
    return key && { identity, key };
  }

  #accept(known: readonly KnownKey[]): void {
    if (known.length === 0) return;
    this.#keys = known;
    this.#fetchedAt = this.#now();
  }

  /** If the clock is set back, keys count as old and pauses end. Otherwise, a rotation would be missed. */
  #msSince(time: number): number {
    return Math.abs(this.#now() - time);
  }

  #unavailable(): SessionError {
    if (this.#isFetchFnWrong) {
      const expected = 'it must resolve to a Response with "status" and "text()"';
      return new SessionError(
        'invalid_option',
        `Cannot verify access token: "fetchFn" returned no response, ${expected}`,
      );
    }
    return new SessionError(
      'keys_unavailable',
      `Cannot verify access token: ${this.#url} gave no usable keys, expected a JSON Web Key Set with an RS256 key`,
    );
  }
}

interface KnownKey {
  identity: string;
  key: VerificationKey;
}

/**
 * Tokens → the key that verified them, limited in number and in size. When the newer map has half of the maximum, it
 * becomes the older one, and the tokens of the previous older map are forgotten. Deleting one token for each insertion
 * would take longer than all other work here.
 */
export class VerifiedTokens {
  readonly #entriesMax: number;
  readonly #charactersMax: number;
  #newer: Verified = new Map();
  #older: Verified = new Map();
  #newerCharacters = 0;

  constructor(entriesMax: number, charactersMax: number) {
    this.#entriesMax = entriesMax / 2;
    this.#charactersMax = charactersMax / 2;
  }

  /** The number of tokens. */
  get size(): number {
    return new Set([...this.#newer.keys(), ...this.#older.keys()]).size;
  }

  get(token: string): VerificationKey | undefined {
    const end = token.slice(-END_CHARACTERS);
    const newer = this.#newer.get(end);
    if (newer) return newer.token === token ? newer.key : undefined;
    const older = this.#older.get(end);
    if (older?.token !== token) return undefined;
    this.set(token, older.key);
    return older.key;
  }

  set(token: string, key: VerificationKey): void {
    if (this.#newer.size + 1 > this.#entriesMax || this.#newerCharacters + token.length > this.#charactersMax) {
      [this.#older, this.#newer, this.#newerCharacters] = [this.#newer, new Map(), 0];
    }
    this.#newer.set(token.slice(-END_CHARACTERS), { token, key });
    this.#newerCharacters += token.length;
  }
}

/** By the last characters of the token, because hashing a whole token takes several times as long. */
type Verified = Map<string, { token: string; key: VerificationKey }>;
