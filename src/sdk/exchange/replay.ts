/** Many callers with one key → one run of the work, whose result is given to stragglers for a while too. */
import { isAlive, joinWork, startWork, type SharedWork, type WaitUntil } from './shared-work.ts';

/** What a replay is bounded by. */
export interface ReplayLimits {
  /** Milliseconds for which a finished result is given again. */
  windowMs: number;
  /** Finished results held at most; the oldest goes first. */
  entriesMax: number;
  /** The clock, in milliseconds since 1970. */
  now: () => number;
}

/** What one caller asks for. */
export interface ReplayedWork<T> {
  /** Called when nobody else does the work, with the milliseconds that are left of `patienceMs`. */
  work: (leftMs: number) => Promise<T>;
  /** What it refuses is given to those who wait for it, and to nobody after them. */
  keep: (value: T) => boolean;
  /** How long the caller can wait. */
  patienceMs: number;
  /** Lets the work outlive the request of the caller. */
  waitUntil?: WaitUntil | undefined;
}

/** Shares work under way and replays its result. */
export class Replay<T> {
  readonly #limits: ReplayLimits;
  readonly #underWay = new Map<string, SharedWork<T>>();
  /** In the order in which they finished, which is the order in which they expire while the clock goes forward. */
  readonly #finished = new Map<string, { value: T; finishedAt: number }>();

  constructor(limits: ReplayLimits) {
    this.#limits = limits;
  }

  /** Finished results held now. */
  get size(): number {
    return this.#finished.size;
  }

  /**
   * The result under `key`: the one under way, the one finished within the window, or else that of `work`; undefined
   * when the caller's patience ends before the work that others do.
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
        // Work that was taken for lost and went on all the same must not replace what was done in its place.
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

  /** A clock that was set back expires a result too; otherwise the result would be given for longer than the window. */
  #isExpired(finishedAt: number): boolean {
    return Math.abs(this.#limits.now() - finishedAt) >= this.#limits.windowMs;
  }
}
