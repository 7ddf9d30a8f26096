/** A promise and a caller's signal → the promise, unless the caller stops waiting first. */

/** What is read of an `AbortSignal`. */
export interface AbortSignalLike {
  /** Whether the caller has stopped waiting. */
  readonly aborted: boolean;
  /** Why; what the call rejects with. */
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/**
 * Rejects with the signal's reason as soon as it is aborted. The work itself goes on: others may wait for it, and what
 * the API has answered must not get lost.
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
