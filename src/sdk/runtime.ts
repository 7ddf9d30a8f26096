/**
 * What the runtime around us offers beyond the web's own interfaces. Asking never throws: Next.js on the edge throws
 * for every interface of Node's that is called, and Deno for an environment that it may not read.
 */

/** Node's own modules that the helpers use where there are any. */
export interface NodeModules {
  /** Works at once, where the web's interface has to wait for a thread. */
  crypto: typeof import('node:crypto');
  /** Node's own; the global of this name may be a package that knows no base64url. */
  Buffer: typeof import('node:buffer').Buffer;
}

let found: { modules: NodeModules | undefined } | undefined;

/** Node's modules; undefined where the web's interfaces have to do. */
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

/** The variable of the environment; undefined when it is empty, may not be read or where there is no environment. */
export function readEnvironment(name: `WORKOS_${string}`): string | undefined {
  try {
    return globalThis.process?.env?.[name] || undefined;
  } catch {
    return undefined;
  }
}

let cacheOption: { cache?: 'no-store' } | undefined;

/** Keeps frameworks that replace `fetch` from caching the answer; nothing where the runtime refuses the option. */
export function uncached(): { cache?: 'no-store' } {
  return (cacheOption ??= acceptsCacheOption() ? { cache: 'no-store' } : {});
}

/** Workers with a compatibility date before November 2024 throw for it. */
function acceptsCacheOption(): boolean {
  try {
    return new Request('https://api.workos.com', { cache: 'no-store' }).method === 'GET';
  } catch {
    return false;
  }
}

/** Bytes in base64url. Throws for what is none. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/**
 * Bytes in base64url; undefined for other text, and for a second way to write the same bytes: two signatures that differ
 * as text would be two tokens for one session.
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
  // A byte order mark stays, as with Node's Buffer: what one runtime refuses, no other accepts.
  return new TextDecoder('utf-8', { ignoreBOM: true }).decode(decodeBase64url(text));
}
