/** A promise and the signal of a caller → the promise, unless the caller aborts first. */

/** The parts of an `AbortSignal` that are used. */
export interface AbortSignalLike {
  /** Whether the caller has aborted. */
  readonly aborted: boolean;
  /** Why. The call rejects with it. */
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Rejects with the reason of the signal as soon as it is aborted. The work continues, because others may wait for it, and
 * the answer of the API must not be lost.
 */
export async function abortable<T>(work: () => Promise<T>, signal: AbortSignalLike | undefined): Promise<T> {
  if (!signal) return work();
  if (signal.aborted) throw signal.reason;
  let abort = () => {};
  const aborted = new Promise<never>((_, reject) => {
    abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort);
  });
  try {
    return await Promise.race([work(), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
