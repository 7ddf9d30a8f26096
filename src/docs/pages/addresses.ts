/** Files below the folder of pages, and links to them → addresses on the site. */
import { dirname, join } from 'node:path/posix';

/** The only page in the project root, where users of the package expect it. */
export const CHANGELOG_FILE = 'CHANGELOG.md';

/** URL path of a page's file: `content/a/index.mdx` → `/a`. */
export function pathOf(file: string): string {
  if (file === CHANGELOG_FILE) return '/changelog';
  const path = file
    .replace(/^[^/]+\//, '')
    .replace(/\.mdx$/, '')
    .replace(/(^|\/)index$/, '');
  // Two spellings of the same letters would be two addresses.
  return `/${path}`.normalize('NFC');
}

/** Address of a file beside the pages: `content/a/b.png` → `/a/b.png`. */
export function addressOfFile(file: string): string {
  return `/${file.replace(/^[^/]+\//, '')}`.normalize('NFC');
}

/** A link to a file beside the page, such as `./page.mdx#part` or `../b.png`. */
const TO_FILE = /^(?![a-z][a-z\d+.-]*:|[/#?])([^#?]*\.[a-z\d]+)([#?].*)?$/i;

/** The address that `url` means on the page in `file`: a link to another file leads to the page made of it. */
export function addressOf(url: string, file: string): string {
  const [, written, rest = ''] = TO_FILE.exec(url) ?? [];
  if (written === undefined) return url;
  const target = join(dirname(file), decoded(written));
  // A file outside the folder of pages has no address.
  if (!target.includes('/') || target.startsWith('..') || target.split('/')[0] !== file.split('/')[0]) return url;
  const address = target.endsWith('.mdx') ? pathOf(target) : addressOfFile(target);
  return `${encodeURI(address)}${rest}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
