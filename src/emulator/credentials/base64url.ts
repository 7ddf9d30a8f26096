/** Bytes → base64url text without padding (RFC 4648 section 5), in Node and in a browser alike. */

/** Encodes bytes, or the UTF-8 bytes of a text. */
export function base64url(input: Uint8Array | string): string {
  const bytes = typeof input === 'string' ? new TextEncoder().encode(input) : input;
  let binary = '';
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
