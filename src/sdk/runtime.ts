/** What the runtime around us offers beyond the web's own interfaces: an environment, `node:crypto`, `Buffer`. */

/** Node's own cryptography, where there is one. It works at once, where the web's has to wait for a thread. */
export function nodeCrypto(): typeof import('node:crypto') | undefined {
  return globalThis.process?.getBuiltinModule?.('node:crypto');
}

/** The variable of the environment; undefined when it is empty or where there is no environment. */
export function readEnvironment(name: `WORKOS_${string}`): string | undefined {
  return globalThis.process?.env?.[name] || undefined;
}

/** Bytes in base64url. Throws for what is none. */
export function decodeBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
}

/** Text of UTF-8 bytes in base64url. */
export function decodeBase64urlText(text: string): string {
  return globalThis.Buffer
    ? Buffer.from(text, 'base64url').toString()
    : new TextDecoder().decode(decodeBase64url(text));
}
