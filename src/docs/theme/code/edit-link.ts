/** The text of an edited example ⇄ a URL-safe string: deflated, in base64url. */

/** Limit of the unpacked text: a short link could otherwise unpack to a huge one. */
const TEXT_BYTES_MAX = 65_536;

export async function packText(text: string): Promise<string> {
  const packed = await new Response(
    new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw')),
  ).arrayBuffer();
  const letters = btoa(Array.from(new Uint8Array(packed), (byte) => String.fromCharCode(byte)).join(''));
  return letters.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Undefined if `packText` did not create it, or the text is too long. */
export async function unpackText(packed: string): Promise<string | undefined> {
  try {
    const bytes = Uint8Array.from(atob(packed.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
      letter.charCodeAt(0),
    );
    const reader = new Blob([bytes])
      .stream()
      .pipeThrough(new DecompressionStream('deflate-raw'))
      .pipeThrough(new TextDecoderStream('utf-8', { fatal: true }))
      .getReader();
    let text = '';
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      text += piece.value;
      if (text.length > TEXT_BYTES_MAX) return undefined;
    }
    return text === '' ? undefined : text;
  } catch {
    // Truncated or foreign link.
    return undefined;
  }
}
