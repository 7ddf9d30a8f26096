/** Options and environment variables → settings, checked once, before the first request. */
import type { Endpoint } from './api.ts';
import { COOKIE_BYTES_MAX, SAFE_COOKIE_BYTES } from './cookie.ts';
import { SessionError, remedies } from './errors.ts';
import type { FetchFunction } from './exchange/attempt.ts';
import type { RefreshStore } from './exchange/refresh-store.ts';
import type { RefreshEvent } from './exchange/shared-refresh.ts';
import type { WaitUntil } from './exchange/shared-work.ts';
import type { PublicKeySet } from './public-key.ts';
import { readEnvironment } from './runtime.ts';

/** Options of `new WorkOS()`. Each accepts undefined, so that you can pass `process.env.…`. */
export interface WorkOSOptions {
  /** The API key, `sk_…`. Required to sign in and to refresh, but not to authenticate. Defaults to `WORKOS_API_KEY`. */
  apiKey?: string | undefined;
  /** The client id, `client_…`. Defaults to `WORKOS_CLIENT_ID`. */
  clientId?: string | undefined;
  /** The host of the API. Defaults to `WORKOS_API_HOSTNAME`, then to `api.workos.com`. */
  apiHostname?: string | undefined;
  /** The port of the API. Defaults to `WORKOS_API_PORT`, then to the port of the protocol. */
  port?: number | undefined;
  /** Whether the API is called over HTTPS. Defaults to true, unless `WORKOS_API_HTTPS` is `false`. */
  https?: boolean | undefined;
  /** The time limit for one request in milliseconds, including the body. Defaults to 8,000. */
  timeout?: number | undefined;
  /** How often a request that failed transiently is retried, at most 10. Defaults to 3. */
  maxRetries?: number | undefined;
  /** The time limit for a whole call in milliseconds, including retries and waiting, at most 25,000. Defaults to 20,000. */
  refreshBudget?: number | undefined;
  /** The accepted issuers of access tokens (`iss`). Not checked by default. */
  issuer?: string | readonly string[] | undefined;
  /** The accepted audiences of access tokens (`aud`). Not checked by default. */
  audience?: string | readonly string[] | undefined;
  /** How many seconds clocks may differ when `exp` and `nbf` are checked. Defaults to 0. */
  clockTolerance?: number | undefined;
  /** A function to use instead of the global `fetch`. Clients with the same function share keys and refreshes. */
  fetchFn?: FetchFunction | undefined;
  /** Signing keys that you already have. Saves the first request for keys. Only this client trusts them. */
  jwks?: PublicKeySet | undefined;
  /**
   * Called with each promise that may outlive the request that started it: a fetch of keys in the background, or a
   * refresh. Set it if the runtime cancels the work of a request when the request is answered. On Cloudflare Workers, pass
   * `waitUntil` of `cloudflare:workers`, or `(promise) => context.waitUntil(promise)` with a client for each request.
   * Without it, the next request does the work again.
   */
  waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
  /**
   * Called after each exchange of a refresh token with the API, once for all callers that share it. The event contains no
   * secret. Errors that it throws are ignored.
   */
  onRefresh?: ((event: RefreshEvent) => void) | undefined;
  /** Shares refreshes between servers: a store whose entries expire, such as Redis. By default, servers share nothing. */
  store?: RefreshStore | undefined;
  /** Called with each warning. By default, only the first warning of a client is printed, with `console.warn`. */
  onWarning?: ((warning: SessionWarning) => void) | undefined;
}

/** Something that works on the server but fails in a browser. */
export interface SessionWarning {
  /** A key of `errorCatalogue`. */
  code: 'cookie_too_large';
  /** What happened. */
  message: string;
  /** What to do. */
  remedy: string;
  /** The size of the cookie in bytes, name and value together. */
  cookieBytes: number;
}

/** The checked options. */
export interface Settings {
  clientId: string | undefined;
  endpoint: Endpoint;
  issuers: readonly string[] | undefined;
  audiences: readonly string[] | undefined;
  clockToleranceSec: number;
  jwks: PublicKeySet | undefined;
  waitUntil: WaitUntil | undefined;
  onRefresh: ((event: RefreshEvent) => void) | undefined;
  store: RefreshStore | undefined;
  /** Warns if the cookie is too large for browsers. */
  checkCookieSize: (cookieBytes: number) => void;
}

const TIMEOUT_MS = 8_000;
const RETRIES = 3;
const RETRIES_MAX = 10;
const BUDGET_MS = 20_000;
/** The API accepts a used refresh token for 30 seconds. A retry must arrive well before that. */
const BUDGET_MS_MAX = 25_000;
const HOURS_12_SEC = 43_200;

/** Throws `missing_api_key` if there is neither an API key nor a client id, and `invalid_option` for wrong values. */
export function parseSettings(options: WorkOSOptions): Settings {
  const apiKey = text('apiKey', options.apiKey) ?? readEnvironment('WORKOS_API_KEY');
  const clientId = text('clientId', options.clientId) ?? readEnvironment('WORKOS_CLIENT_ID');
  if (apiKey === undefined && clientId === undefined) {
    throw new SessionError(
      'missing_api_key',
      'Cannot create client: neither "apiKey" (WORKOS_API_KEY) nor "clientId" (WORKOS_CLIENT_ID) is set, ' +
        'expected one of them',
    );
  }
  if (options.fetchFn !== undefined && typeof options.fetchFn !== 'function') refuse('fetchFn', 'a function');
  if (options.waitUntil !== undefined && typeof options.waitUntil !== 'function') refuse('waitUntil', 'a function');
  if (options.onRefresh !== undefined && typeof options.onRefresh !== 'function') refuse('onRefresh', 'a function');
  const { store } = options;
  if (store !== undefined && !(typeof store?.get === 'function' && typeof store.set === 'function')) {
    refuse('store', 'an object with "get" and "set"');
  }
  if (options.jwks !== undefined && !Array.isArray(options.jwks?.keys)) refuse('jwks', 'a JSON Web Key Set');
  return {
    clientId,
    endpoint: {
      baseUrl: parseBaseUrl(options),
      apiKey,
      fetchFn: options.fetchFn,
      timeoutMs: number('timeout', options.timeout, TIMEOUT_MS, 1, 600_000),
      maxRetries: number('maxRetries', options.maxRetries, RETRIES, 0, RETRIES_MAX),
      budgetMs: number('refreshBudget', options.refreshBudget, BUDGET_MS, 1, BUDGET_MS_MAX),
    },
    issuers: parseNames('issuer', options.issuer),
    audiences: parseNames('audience', options.audience),
    clockToleranceSec: number('clockTolerance', options.clockTolerance, 0, 0, HOURS_12_SEC),
    jwks: options.jwks,
    waitUntil: options.waitUntil,
    onRefresh: options.onRefresh,
    store: options.store,
    checkCookieSize: createSizeCheck(options.onWarning),
  };
}

function parseBaseUrl(options: WorkOSOptions): string {
  const https = options.https ?? readEnvironment('WORKOS_API_HTTPS')?.toLowerCase() !== 'false';
  if (typeof https !== 'boolean') refuse('https', 'true or false');
  const hostname = text('apiHostname', options.apiHostname) ?? readEnvironment('WORKOS_API_HOSTNAME');
  const portVariable = readEnvironment('WORKOS_API_PORT');
  const port = options.port ?? (portVariable === undefined ? undefined : Number(portVariable));
  const origin = `${https ? 'https' : 'http'}://${hostname ?? 'api.workos.com'}`;
  if (!URL.canParse(origin) || !/^[^/?#@\\\s]+$/.test(hostname ?? 'api.workos.com')) {
    refuse('apiHostname', 'a host name without protocol and path', 'WORKOS_API_HOSTNAME');
  }
  const url = new URL(origin);
  if (port !== undefined) url.port = String(number('port', port, 0, 1, 65_535, 'WORKOS_API_PORT'));
  return url.origin;
}

function parseNames(option: string, value: string | readonly string[] | undefined): readonly string[] | undefined {
  if (value === undefined || value === '') return undefined;
  const names: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (names.length === 0 || !names.every((entry) => typeof entry === 'string' && entry !== '')) {
    refuse(option, 'a string or a list of strings');
  }
  return names as readonly string[];
}

function createSizeCheck(onWarning: WorkOSOptions['onWarning']): (cookieBytes: number) => void {
  let printed = false;
  return (cookieBytes) => {
    if (cookieBytes <= SAFE_COOKIE_BYTES) return;
    const remedy = remedies.cookie_too_large;
    const limit = `browsers drop a cookie of more than ${COOKIE_BYTES_MAX} bytes, attributes included`;
    const message = `The session cookie has ${cookieBytes} bytes, and ${limit}`;
    if (onWarning) {
      onWarning({ code: 'cookie_too_large', message, remedy, cookieBytes });
    } else if (!printed) {
      printed = true;
      console.warn(`authkit-session-helpers: ${message}. ${remedy}`);
    }
  };
}

function text(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && value !== null && typeof value !== 'string') refuse(name, 'a string');
  return value || undefined;
}

function number(name: string, value: unknown, otherwise: number, min: number, max: number, variable?: string): number {
  if (value === undefined) return otherwise;
  if (typeof value !== 'number' || !(value >= min && value <= max) || (name !== 'clockTolerance' && value % 1 !== 0)) {
    refuse(name, `a number from ${min} to ${max}`, variable);
  }
  return value as number;
}

function refuse(name: string, expected: string, variable?: string): never {
  const source = variable === undefined ? '' : ` (${variable})`;
  throw new SessionError('invalid_option', `Cannot create client: "${name}"${source} must be ${expected}`);
}
