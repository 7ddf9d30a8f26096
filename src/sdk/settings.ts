/** Options and environment → settings, checked once, before the first request. */
import type { Endpoint } from './api.ts';
import { COOKIE_BYTES_MAX, SAFE_COOKIE_BYTES } from './cookie.ts';
import { SessionError, remedies } from './errors.ts';
import type { FetchFunction } from './exchange/attempt.ts';
import type { RefreshStore } from './exchange/refresh-store.ts';
import type { RefreshEvent } from './exchange/shared-refresh.ts';
import type { WaitUntil } from './exchange/shared-work.ts';
import type { PublicKeySet } from './public-key.ts';
import { readEnvironment } from './runtime.ts';

/** Options of `new WorkOS()`; each accepts undefined, so that `process.env.…` can be passed. */
export interface WorkOSOptions {
  /** The API key, `sk_…`; `WORKOS_API_KEY` unless given. Needed to sign in and to refresh, not to authenticate. */
  apiKey?: string | undefined;
  /** The client id, `client_…`; `WORKOS_CLIENT_ID` unless given. */
  clientId?: string | undefined;
  /** Host of the API; `WORKOS_API_HOSTNAME` unless given, else `api.workos.com`. */
  apiHostname?: string | undefined;
  /** Port of the API; `WORKOS_API_PORT` unless given, else that of the protocol. */
  port?: number | undefined;
  /** Whether the API is spoken to over HTTPS; not if `WORKOS_API_HTTPS` is `false`, else true. */
  https?: boolean | undefined;
  /** Milliseconds for one request, body included; 8,000 unless given. */
  timeout?: number | undefined;
  /** Repeats of a request that failed in passing; 3 unless given, 0 for none. */
  maxRetries?: number | undefined;
  /** Milliseconds for a whole call, repeats and waiting included; 20,000 unless given, 25,000 at most. */
  refreshBudget?: number | undefined;
  /** Issuers of which access tokens must name one in `iss`; unless given, the issuer is not checked. */
  issuer?: string | readonly string[] | undefined;
  /** Audiences of which access tokens must name one in `aud`; unless given, the audience is not checked. */
  audience?: string | readonly string[] | undefined;
  /** Seconds by which clocks may differ when `exp` and `nbf` are checked; 0 unless given. */
  clockTolerance?: number | undefined;
  /** Used in place of the global `fetch`. Keys and refreshes are shared among clients with the same function. */
  fetchFn?: FetchFunction | undefined;
  /** Signing keys you already have: saves the first fetch. Only this client trusts them. */
  jwks?: PublicKeySet | undefined;
  /**
   * Called with each promise that may outlive the request that began it: keys fetched in the background, and a refresh.
   * Set it where the runtime cancels a request's work once the request is answered, such as Cloudflare Workers:
   * `waitUntil` of `cloudflare:workers`, or `(promise) => context.waitUntil(promise)` with a client for each request.
   * Unless given, the next request that needs such work does it again.
   */
  waitUntil?: ((promise: Promise<unknown>) => void) | undefined;
  /**
   * Called after each exchange of a refresh token with the API: once, however many callers share it. It holds no secret.
   * What it throws is ignored.
   */
  onRefresh?: ((event: RefreshEvent) => void) | undefined;
  /** Shares refreshes between servers: a store whose entries expire, such as Redis. By default, servers share nothing. */
  store?: RefreshStore | undefined;
  /** Called with each warning. Unless given, the first warning of a client is printed with `console.warn`. */
  onWarning?: ((warning: SessionWarning) => void) | undefined;
}

/** Something that works here and will not work in a browser. */
export interface SessionWarning {
  /** A key of `errorCatalogue`. */
  code: 'cookie_too_large';
  /** What is the case. */
  message: string;
  /** What to do. */
  remedy: string;
  /** Bytes of the cookie's name and value. */
  cookieBytes: number;
}

/** What the options amount to. */
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
  /** Warns when the cookie is too large for browsers. */
  checkCookieSize: (cookieBytes: number) => void;
}

const TIMEOUT_MS = 8_000;
const RETRIES = 3;
const RETRIES_MAX = 10;
const BUDGET_MS = 20_000;
/** The API accepts a used refresh token for 30 seconds more: a repeat must arrive well before. */
const BUDGET_MS_MAX = 25_000;
const HOURS_12_SEC = 43_200;

/** Throws `missing_api_key` when there is neither an API key nor a client id, `invalid_option` for wrong values. */
export function parseSettings(options: WorkOSOptions): Settings {
  const apiKey = text('apiKey', options.apiKey) ?? readEnvironment('WORKOS_API_KEY');
  const clientId = text('clientId', options.clientId) ?? readEnvironment('WORKOS_CLIENT_ID');
  if (apiKey === undefined && clientId === undefined) {
    throw new SessionError(
      'missing_api_key',
      'Cannot create client: neither "apiKey" (WORKOS_API_KEY) nor "clientId" (WORKOS_CLIENT_ID) is set, ' +
        'one of them is needed',
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
    refuse(option, 'a text or a list of texts');
  }
  return names as readonly string[];
}

function createSizeCheck(onWarning: WorkOSOptions['onWarning']): (cookieBytes: number) => void {
  let printed = false;
  return (cookieBytes) => {
    if (cookieBytes <= SAFE_COOKIE_BYTES) return;
    const remedy = remedies.cookie_too_large;
    const limit = `browsers drop a cookie that has more than ${COOKIE_BYTES_MAX} with its attributes`;
    const message = `The session cookie has ${cookieBytes} bytes, ${limit}`;
    if (onWarning) {
      onWarning({ code: 'cookie_too_large', message, remedy, cookieBytes });
    } else if (!printed) {
      printed = true;
      console.warn(`authkit-session-helpers: ${message}. ${remedy}`);
    }
  };
}

function text(name: string, value: string | undefined): string | undefined {
  if (value !== undefined && value !== null && typeof value !== 'string') refuse(name, 'a text');
  return value || undefined;
}

function number(name: string, value: unknown, otherwise: number, min: number, max: number, variable?: string): number {
  if (value === undefined) return otherwise;
  if (typeof value !== 'number' || !(value >= min && value <= max) || (name !== 'clockTolerance' && value % 1 !== 0)) {
    refuse(name, `a number from ${min} to ${max}`, variable);
  }
  return value as number;
}

function refuse(name: string, wanted: string, variable?: string): never {
  const source = variable === undefined ? '' : ` (${variable})`;
  throw new SessionError('invalid_option', `Cannot create client: "${name}"${source} is not ${wanted}, that is needed`);
}
