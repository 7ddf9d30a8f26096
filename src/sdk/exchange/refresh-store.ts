/**
 * One refresh for several servers: the sealed outcome of an exchange, kept for as long as stragglers may come, in a
 * store that the application brings. A store that throws, is slow or has forgotten costs an exchange, never a session:
 * the API accepts a used refresh token for 30 seconds.
 */
import type { AuthenticationResponse } from '../results/authentication-response.ts';
import { sealResponse, unsealSession, type Keyring } from '../seal.ts';
import { encodeBase64url } from '../runtime.ts';

/** A store with an expiry, such as Redis. What it gets is sealed with the cookie password, and its keys are digests. */
export interface RefreshStore {
  /** The text under `key`; undefined or null when there is none. */
  get(key: string): Promise<string | undefined | null> | string | undefined | null;
  /** Keeps the text for `expiresInMs` milliseconds. */
  set(key: string, value: string, expiresInMs: number): unknown;
}

/** How long a store is waited for. */
const STORE_TIMEOUT_MS = 500;

/** The session that another server has refreshed. */
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

/** Keeps a refreshed session for the other servers. */
export async function writeStored(
  store: RefreshStore,
  identity: string,
  response: AuthenticationResponse,
  keyring: Keyring,
  windowMs: number,
): Promise<void> {
  await inTime(async () => store.set(await digest(identity), await sealResponse(response, keyring), windowMs));
}

/** The result, or undefined for whatever goes wrong and for what takes too long. */
async function inTime<T>(work: () => Promise<T>): Promise<T | undefined> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tooLong = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), STORE_TIMEOUT_MS);
  });
  try {
    return await Promise.race([work(), tooLong]);
  } catch {
    // The exchange does not need the store.
    return undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** What names a refresh holds its token, which is nothing for the keys of a store. */
async function digest(identity: string): Promise<string> {
  const bytes = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(identity));
  return `authkit-session-helpers:${encodeBase64url(new Uint8Array(bytes))}`;
}
