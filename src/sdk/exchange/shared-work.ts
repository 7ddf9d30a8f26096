/**
 * Work that is under way → its result for all callers. A runtime such as workerd may cancel the request that started the
 * work, and everything that the work waits for. Then the work never settles. So it updates a timestamp while it is alive,
 * and callers that wait for lost work start their own.
 */

/** Prevents the runtime from cancelling a promise, like the method of this name on Workers. */
export type WaitUntil = (promise: Promise<unknown>) => void;

/** Started work. */
export interface SharedWork<T> {
  readonly result: Promise<T>;
  /** When it was last alive, in milliseconds of `performance.now()`. */
  aliveAt: number;
}

const ALIVE_EVERY_MS = 250;
/** Work that was last alive this long ago has been cancelled. A busy process updates the timestamp late, but not so late. */
const LOST_AFTER_MS = 1_000;

/** Starts work. `waitUntil` lets it outlive the request that starts it. */
export function startWork<T>(work: () => Promise<T>, waitUntil: WaitUntil | undefined): SharedWork<T> {
  const timer = setInterval(() => {
    started.aliveAt = performance.now();
  }, ALIVE_EVERY_MS);
  const started: SharedWork<T> = {
    result: work().finally(() => clearInterval(timer)),
    aliveAt: performance.now(),
  };
  // Callers see the rejection too.
  waitUntil?.(started.result.catch(() => {}));
  return started;
}

/** Whether the work has settled or may still settle. */
export function isAlive(work: SharedWork<unknown>): boolean {
  return performance.now() - work.aliveAt < LOST_AFTER_MS;
}

/** Waits for the work of another caller; undefined if it is lost or takes longer than `patienceMs`. */
export async function joinWork<T>(work: SharedWork<T>, patienceMs: number): Promise<{ value: T } | undefined> {
  const deadline = performance.now() + patienceMs;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const inVain = new Promise<undefined>((resolve) => {
    const check = () => {
      const leftMs = deadline - performance.now();
      if (leftMs <= 0 || !isAlive(work)) resolve(undefined);
      else timer = setTimeout(check, Math.min(leftMs, ALIVE_EVERY_MS));
    };
    check();
  });
  try {
    return await Promise.race([work.result.then((value) => ({ value })), inVain]);
  } finally {
    clearTimeout(timer);
  }
}
