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
  /** In the order in which they finished, which is the order in which they expire. */
  readonly #finished = new Map<string, { value: T; expiresAt: number }>();

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
    if (finished) return Promise.resolve(finished.value);
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
    this.#finished.set(key, { value, expiresAt: this.#limits.now() + this.#limits.windowMs });
    if (this.#finished.size > this.#limits.entriesMax) {
      const oldest = this.#finished.keys().next().value;
      if (oldest !== undefined) this.#finished.delete(oldest);
    }
  }

  #dropExpired(): void {
    const now = this.#limits.now();
    for (const [key, { expiresAt }] of this.#finished) {
      if (expiresAt > now) return;
      this.#finished.delete(key);
    }
  }
}
