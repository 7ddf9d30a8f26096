/** Links between pages → a finding for each dead link. */
import { type Finding, nearestName } from '../findings/index.ts';
import type { PageTree } from './tree/page-tree.ts';

/** A page as a link target: its path and every fragment id on it. */
export interface LinkTarget {
  path: string;
  anchors: ReadonlySet<string>;
}

/** A placeholder for the site's origin, which no page can contain. */
const ORIGIN = 'http://site.invalid';

/** Resolves a link on the page at `from` to a decoded path and fragment id on this site. */
function resolveLink(url: string, from: string): { path: string; anchor: string } | 'elsewhere' | 'malformed' {
  const address = URL.parse(url, ORIGIN + from);
  if (!address) return 'malformed';
  if (address.origin !== ORIGIN) return 'elsewhere';
  try {
    const path = decodeURIComponent(address.pathname)
      .normalize('NFC')
      .replace(/(?<=.)\/$/, '');
    return { path, anchor: decodeURIComponent(address.hash.slice(1)) };
  } catch {
    // Invalid percent-encoding.
    return 'malformed';
  }
}

/**
 * Checks every link of `source` that stays on the site; `targets` are the pages by path, `files` the paths served from
 * public/.
 */
export function checkLinks(
  source: PageTree,
  targets: ReadonlyMap<string, LinkTarget>,
  files: ReadonlySet<string>,
  imageOrigins: readonly string[] = [],
): Finding[] {
  return source.links.flatMap(({ url, line, column, isImage }): Finding[] => {
    const place = { file: source.file, line, column };
    const resolved = resolveLink(url, source.path);
    if (resolved === 'malformed') {
      return [
        {
          code: 'link-malformed',
          ...place,
          message: `Cannot follow the link ${url}: it is not a valid address`,
          fix: 'Correct the address. Write "%25" for a percent sign.',
        },
      ];
    }
    const origin = URL.parse(url, ORIGIN)?.origin ?? '';
    if (isImage && resolved === 'elsewhere' && !url.startsWith('data:') && !imageOrigins.includes(origin)) {
      return [
        {
          code: 'image-origin',
          ...place,
          message: `Cannot show the image ${url}: browsers block images from ${origin}, expected ${imageOrigins.join(' or ') || 'a file in public/'}`,
          fix: 'Put the image into public/, or add its origin to "imageOrigins" of docs().',
        },
      ];
    }
    if (resolved === 'elsewhere' || files.has(resolved.path)) return [];
    const { path, anchor } = resolved;
    const target = targets.get(path);
    if (!target) {
      return [
        {
          code: 'link-dead',
          ...place,
          message: `Cannot ${isImage ? 'show the image' : 'follow the link'} ${url}: no ${/\.[a-z\d]+$/i.test(path) ? 'file' : 'page'} ${path}`,
          ...near(path, [...targets.keys(), ...files]),
          fix: 'Correct the link, or add the page or file.',
        },
      ];
    }
    if (!anchor || target.anchors.has(anchor)) return [];
    return [
      {
        code: 'anchor-dead',
        ...place,
        message: `Cannot follow the link ${url}: ${path} has no anchor "${anchor}"`,
        ...near(anchor, target.anchors),
        fix: 'Correct the part after "#".',
      },
    ];
  });
}

function near(name: string, names: Iterable<string>): { nearest?: string } {
  const nearest = nearestName(name, names);
  return nearest === undefined ? {} : { nearest };
}
