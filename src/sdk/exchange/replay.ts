/** Many callers with one key → one run of the work, whose result is given to stragglers for a while too. */

/** What a replay is bounded by. */
export interface ReplayLimits {
  /** Milliseconds for which a finished result is given again. */
  windowMs: number;
  /** Finished results held at most; the oldest goes first. */
  entriesMax: number;
  /** The clock, in milliseconds since 1970. */
  now: () => number;
}

/** Shares work under way and replays its result. */
export class Replay<T> {
  readonly #limits: ReplayLimits;
  readonly #underWay = new Map<string, Promise<T>>();
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
   * The result under `key`: the one under way, the one finished within the window, or else that of `work`. A result
   * that `keep` refuses is given to those who wait for it and to nobody after them.
   */
  run(key: string, work: () => Promise<T>, keep: (value: T) => boolean): Promise<T> {
    this.#dropExpired();
    const finished = this.#finished.get(key);
    if (finished && !this.#isExpired(finished.finishedAt)) return Promise.resolve(finished.value);
    const underWay = this.#underWay.get(key);
    if (underWay) return underWay;
    const started = work().then((value) => {
      if (keep(value)) this.#hold(key, value);
      return value;
    });
    this.#underWay.set(key, started);
    const forget = () => this.#underWay.delete(key);
    started.then(forget, forget);
    return started;
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
