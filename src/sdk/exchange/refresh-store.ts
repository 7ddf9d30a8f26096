/**
 * The session that one server has refreshed → the same session for other servers, through a store that the application
 * provides. A store that fails, is slow or forgets costs an API call, never a session: the API accepts a used refresh
 * token for 30 seconds.
 */
import type { AuthenticationResponse } from '../results/authentication-response.ts';
import { sealResponse, unsealSession, type Keyring } from '../seal.ts';
import { encodeBase64url } from '../runtime.ts';

/**
 * A store whose entries expire, which all of your servers can reach, such as Redis. The values are sealed with the cookie
 * password, and the keys are digests: the store can read neither. Errors and delays of the store cost an API call, never
 * a session.
 *
 * @example
 * const store: RefreshStore = {
 *   get: (key) => redis.get(key),
 *   set: (key, value, expiresInMs) => redis.set(key, value, { expiration: { type: 'PX', value: expiresInMs } }),
 * };
 * const workos = new WorkOS({ store });
 */
export type RefreshStore = {
  /** Returns the value of `key`; undefined or null if there is none. */
  readonly get: (key: string) => Promise<string | undefined | null> | string | undefined | null;
  /** Stores the value for `expiresInMs` milliseconds, which is 25,000. The result is ignored. */
  readonly set: (key: string, value: string, expiresInMs: number) => unknown;
};

/** How long a refresh waits for the store, for each of the two calls. */
const STORE_TIMEOUT_MS = 500;

/** The session that another server has refreshed; undefined if there is none. */
export async function readStored(
  store: RefreshStore,
  identity: string,
  keyring: Keyring,
): Promise<AuthenticationResponse | undefined> {
  const value = await inTime(async () => store.get(await digest(identity)));
  const opened = typeof value === 'string' ? await unsealSession(value, keyring) : undefined;
  if (!opened?.data.refreshToken) return undefined;
  return opened.data as AuthenticationResponse;
}

/** Stores a refreshed session for the other servers. */
export async function writeStored(
  store: RefreshStore,
  identity: string,
  response: AuthenticationResponse,
  { keyring, windowMs, patienceMs }: { keyring: Keyring; windowMs: number; patienceMs: number },
): Promise<void> {
  const write = async () => store.set(await digest(identity), await sealResponse(response, keyring), windowMs);
  await inTime(write, patienceMs);
}

/** The result; undefined if the work fails or takes too long. */
async function inTime<T>(work: () => Promise<T>, patienceMs = STORE_TIMEOUT_MS): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), Math.min(patienceMs, STORE_TIMEOUT_MS));
  });
  try {
    return await Promise.race([work(), tooLong]);
  } catch {
    // The refresh works without the store.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** The identity of a refresh contains its token, which must not be in the keys of a store. */
async function digest(identity: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(identity));
  return `authkit-session-helpers:${encodeBase64url(new Uint8Array(bytes))}`;
}
