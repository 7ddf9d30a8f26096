/** The HTML of a code fence → its text. */

const CHARACTERS: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#34;': '"',
  '&#39;': "'",
  '&amp;': '&',
};

/** Without the line break that Markdown adds at the end. */
export function fenceText(html: string): string {
  return html
    .replaceAll(/<\/?code\b[^>]*>/g, '')
    .replaceAll(/&(?:lt|gt|quot|amp|#3[49]);/g, (entity) => CHARACTERS[entity] ?? entity)
    .replaceAll('\r\n', '\n')
    .replace(/\n$/, '');
}
