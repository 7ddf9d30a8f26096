/**
 * What the runtime offers in addition to Web APIs. No function here throws, although Next.js on the edge throws if code
 * calls an API of Node, and Deno throws if code may not read the environment.
 */

/** The modules of Node that the helpers use if they exist. */
export interface NodeModules {
  /** Synchronous, while WebCrypto waits for a thread. */
  crypto: typeof import('node:crypto');
  /** The class of Node. The global may be the npm package, which does not support base64url. */
  Buffer: typeof import('node:buffer').Buffer;
}

let found: { modules: NodeModules | undefined } | undefined;

/** The modules of Node; undefined on runtimes without them. */
export function nodeModules(): NodeModules | undefined {
  return (found ??= { modules: findNodeModules() }).modules;
}

function findNodeModules(): NodeModules | undefined {
  const { process } = globalThis;
  try {
    const crypto = process?.getBuiltinModule?.('node:crypto');
    const buffer = process?.getBuiltinModule?.('node:buffer');
    return crypto && buffer && { crypto, Buffer: buffer.Buffer };
  } catch {
    return undefined;
  }
}

/** An environment variable; undefined if it is empty, if it may not be read, or if there is no environment. */
export function readEnvironment(name: `WORKOS_${string}`): string | undefined {
  try {
    return globalThis.process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}

let cacheOption: { cache?: 'no-store' } | undefined;

/** Prevents frameworks that replace `fetch` from caching the response. Empty if the runtime refuses the option. */
export function uncached(): { cache?: 'no-store' } {
  return (cacheOption ??= acceptsCacheOption() ? { cache: 'no-store' } : {});
}

/** Workers with a compatibility date before November 2024 throw for the option. */
function acceptsCacheOption(): boolean {
  try {
    return new Request('https://api.workos.com', { cache: 'no-store' }).method === 'GET';
  } catch {
    return false;
  }
}

/** Bytes of base64url text. Throws for other text. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/**
 * Bytes of base64url text; undefined for other text, and for a second spelling of the same bytes. If both spellings of a
 * signature were accepted, there would be two tokens for one session.
 */
export function decodeBase64urlExactly(text: string): Uint8Array<ArrayBuffer> | undefined {
  const node = nodeModules();
  if (node) {
    const bytes = node.Buffer.from(text, 'base64url');
    return bytes.toString('base64url') === text ? bytes : undefined;
  }
  try {
    const bytes = decodeBase64url(text);
    return encodeBase64url(bytes) === text ? bytes : undefined;
  } catch {
    return undefined;
  }
}

/** Bytes → base64url without padding. */
export function encodeBase64url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

/** Text of UTF-8 bytes in base64url. */
export function decodeBase64urlText(text: string): string {
  const node = nodeModules();
  if (node) return node.Buffer.from(text, 'base64url').toString();
  // Keeps a byte order mark, as Buffer does, so that all runtimes refuse the same tokens.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(decodeBase64url(text));
}
