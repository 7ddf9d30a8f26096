/** One HTTP request, limited in time and in bytes → status, headers and JSON, or the kind of failure. */
import { isRecord, parseJson } from './json.ts';

/** The global `fetch`, that of another library, or a stub. */
export type FetchFunction = (url: string, init?: any) => Promise<FetchResponse>;

/** The parts of a response that are used. A body that is not a web stream is read with `text()`. */
export interface FetchResponse {
  /** The HTTP status. */
  status: number;
  /** The headers, with `get` as in the Fetch API. */
  headers?: unknown;
  /** A web stream, or anything else. */
  body?: unknown;
  /** The body as text. */
  text(): Promise<string>;
}

/** A complete answer. */
export interface Answer {
  status: number;
  /** How many seconds the server asks to wait. */
  retryAfter: number | undefined;
  /** The `X-Request-ID` header, if it looks like an id. */
  requestId: string | undefined;
  /** The parsed body; undefined if it is not JSON. */
  body: unknown;
}

/** Why there is no answer. `detail` is the system's code, such as `ECONNREFUSED`. */
export interface NoAnswer {
  failure: 'timeout' | 'network' | 'too_large' | 'no_response';
  detail: string | undefined;
}

/** An answer of the API has a few kilobytes. An endless stream must not fill the memory. */
const BODY_BYTES_MAX = 1_048_576;

/**
 * Sends one request and reads the body of the answer, all within `timeoutMs`, even if `fetchFn` ignores its signal. It
 * does not follow redirects, which would send the secrets in the request elsewhere.
 */
export async function attempt(
  fetchFn: FetchFunction | undefined,
  url: string,
  init: { method: 'GET' | 'POST'; headers: Record<string, string>; body?: string; cache?: 'no-store' },
  timeoutMs: number,
): Promise<Answer | NoAnswer> {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timedOut = new Promise<NoAnswer>((resolve) => {
    timer = setTimeout(() => {
      resolve({ failure: 'timeout', detail: undefined });
      abort.abort();
    }, timeoutMs);
  });
  try {
    return await Promise.race([send(fetchFn, url, { ...init, redirect: 'manual', signal: abort.signal }), timedOut]);
  } finally {
    clearTimeout(timer);
  }
}

async function send(fetchFn: FetchFunction | undefined, url: string, init: RequestInit): Promise<Answer | NoAnswer> {
  try {
    // Called without a receiver, as browsers require. Looked up on each call, so that a replaced global is used.
    const response: unknown = await (fetchFn ?? globalThis.fetch)(url, init);
    if (!isResponse(response)) return { failure: 'no_response', detail: undefined };
    const text = await readText(response);
    if (text === undefined) return { failure: 'too_large', detail: undefined };
    return {
      status: response.status,
      retryAfter: parseRetryAfter(readHeader(response, 'retry-after'), Date.now()),
      requestId: /^[\w.-]{1,100}$/.exec(readHeader(response, 'x-request-id') ?? '')?.[0],
      body: parseBody(text),
    };
  } catch (error) {
    // If time was up, the caller has its answer already.
    return { failure: 'network', detail: systemCode(error) };
  }
}

function isResponse(value: unknown): value is FetchResponse {
  return isRecord(value) && typeof value['status'] === 'number' && typeof value['text'] === 'function';
}

function readHeader({ headers }: FetchResponse, name: string): string | null {
  const { get } = (headers ?? {}) as Partial<Headers>;
  return typeof get === 'function' ? get.call(headers, name) : null;
}

/** The body as text; undefined if it is too large. */
async function readText(response: FetchResponse): Promise<string | undefined> {
  if (!(response.body instanceof ReadableStream)) {
    const text = String(await response.text());
    return text.length > BODY_BYTES_MAX ? undefined : text;
  }
  const reader: ReadableStreamDefaultReader<Uint8Array> = response.body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
    bytes += chunk.value.byteLength;
    if (bytes > BODY_BYTES_MAX) {
      await reader.cancel();
      return undefined;
    }
    text += decoder.decode(chunk.value, { stream: true });
  }
  return text + decoder.decode();
}

function parseBody(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    // An HTML page of a proxy, or a truncated or empty body. The caller decides by the status what it means.
    return undefined;
  }
}

/** The code of the innermost cause. Messages are not used, because they may contain what was sent. */
function systemCode(error: unknown): string | undefined {
  let code: unknown;
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    code = (cause as { code?: unknown }).code ?? code;
  }
  return typeof code === 'string' && /^[A-Z][A-Z0-9_]{1,40}$/.test(code) ? code : undefined;
}

/**
 * The seconds of a Retry-After header, which contains seconds or an HTTP date (RFC 9110, section 10.2.3); undefined if it
 * is absent or invalid.
 */
export function parseRetryAfter(header: string | null, nowMs: number): number | undefined {
  const text = header?.trim() ?? '';
  if (/^\d+$/.test(text)) return Math.min(Number(text), Number.MAX_SAFE_INTEGER);
  const date = /^(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - nowMs) / 1000));
}
