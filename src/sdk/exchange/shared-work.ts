/**
 * Work under way → its result for everybody who waits for it. A runtime may cancel the request that began the work,
 * as workerd does, and with it everything the work waits for: then the work never ends, and does not fail either.
 * So it shows that it is alive, and whoever waits in vain starts work of their own.
 */

/** Keeps a runtime from cancelling what a promise waits for, as the method of this name does on Workers. */
export type WaitUntil = (promise: Promise<unknown>) => void;

/** Work that has been started. */
export interface SharedWork<T> {
  readonly result: Promise<T>;
  /** When it last showed that it is alive, in milliseconds of `performance.now()`. */
  aliveAt: number;
}

const ALIVE_EVERY_MS = 250;
/** Without a sign of life for so long, work has been cancelled. A busy process shows signs late, but not so late. */
const LOST_AFTER_MS = 1_000;

/** Starts work; `waitUntil` lets it outlive the request that starts it. */
export function startWork<T>(work: () => Promise<T>, waitUntil: WaitUntil | undefined): SharedWork<T> {
  const timer = setInterval(() => {
    started.aliveAt = performance.now();
  }, ALIVE_EVERY_MS);
  const started: SharedWork<T> = {
    result: work().finally(() => clearInterval(timer)),
    aliveAt: performance.now(),
  };
  // A failure is told to those who wait.
  waitUntil?.(started.result.catch(() => {}));
  return started;
}

/** Whether the work has ended or may still end. */
export function isAlive(work: SharedWork<unknown>): boolean {
  return performance.now() - work.aliveAt < LOST_AFTER_MS;
}

/** Waits for work that somebody else started; undefined when it is lost or takes longer than `patienceMs`. */
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
