/** Many callers with one key → one run of the work. Later callers get its result for a while too. */
import { isAlive, joinWork, startWork, type SharedWork, type WaitUntil } from './shared-work.ts';

/** The limits of a replay. */
export interface ReplayLimits {
  /** How many milliseconds a result is reused. */
  windowMs: number;
  /** How many results are kept. The oldest is forgotten first. */
  entriesMax: number;
  /** The clock, in milliseconds since 1970. */
  now: () => number;
}

/** The work of a caller. */
export interface ReplayedWork<T> {
  /** Called if nobody else does the work, with the milliseconds that are left of `patienceMs`. */
  work: (leftMs: number) => Promise<T>;
  /** Whether later callers get the result too. Callers that already wait for it always do. */
  keep: (value: T) => boolean;
  /** How long the caller waits. */
  patienceMs: number;
  /** Lets the work outlive the request of the caller. */
  waitUntil?: WaitUntil | undefined;
}

/** Shares work that is under way, and reuses its result. */
export class Replay<T> {
  readonly #limits: ReplayLimits;
  readonly #underWay = new Map<string, SharedWork<T>>();
  /** In the order in which they finished, which is the order in which they expire unless the clock is set back. */
  readonly #finished = new Map<string, { value: T; finishedAt: number }>();

  constructor(limits: ReplayLimits) {
    this.#limits = limits;
  }

  /** The number of results. */
  get size(): number {
    return this.#finished.size;
  }

  /**
   * The result for `key`: of work that is under way, of work that finished within the window, or of `work`; undefined if
   * the caller's time ends before the work of another caller.
   */
  async run(key: string, { work, keep, patienceMs, waitUntil }: ReplayedWork<T>): Promise<T | undefined> {
    const deadline = performance.now() + patienceMs;
    for (let leftMs = patienceMs; leftMs > 0; leftMs = deadline - performance.now()) {
      this.#dropExpired();
      const finished = this.#finished.get(key);
      if (finished && !this.#isExpired(finished.finishedAt)) return finished.value;
      const underWay = this.#underWay.get(key);
      if (!underWay || !isAlive(underWay)) return this.#start(key, () => work(leftMs), keep, waitUntil);
      const joined = await joinWork(underWay, leftMs);
      if (joined) return joined.value;
    }
    return undefined;
  }

  #start(
    key: string,
    work: () => Promise<T>,
    keep: (value: T) => boolean,
    waitUntil: WaitUntil | undefined,
  ): Promise<T> {
    const workAndHold = async () => {
      try {
        const value = await work();
        // Work that was believed lost must not replace the result of the work that took its place.
        if (keep(value) && this.#underWay.get(key) === started) this.#hold(key, value);
        return value;
      } finally {
        if (this.#underWay.get(key) === started) this.#underWay.delete(key);
      }
    };
    const started = startWork(workAndHold, waitUntil);
    this.#dropLost();
    this.#underWay.set(key, started);
    return started.result;
  }

  #dropLost(): void {
    for (const [key, work] of this.#underWay) {
      if (isAlive(work)) return;
      this.#underWay.delete(key);
    }
  }

  #hold(key: string, value: T): void {
    this.#finished.delete(key);
    this.#finished.set(key, { value, finishedAt: this.#limits.now() });
    if (this.#finished.size > this.#limits.entriesMax) {
      const oldest = this.#finished.keys().next().value;
      if (oldest !== undefined) this.#finished.delete(oldest);
    }
  }

  #dropExpired(): void {
    for (const [key, { finishedAt }] of this.#finished) {
      if (!this.#isExpired(finishedAt)) return;
      this.#finished.delete(key);
    }
  }

  /** If the clock is set back, the result expires too. Otherwise, it would be reused for longer than the window. */
  #isExpired(finishedAt: number): boolean {
    return Math.abs(this.#limits.now() - finishedAt) >= this.#limits.windowMs;
  }
}
