/** Links between pages → a finding for each that leads nowhere. */
import { type Finding, nearestName } from '../findings/index.ts';
import type { PageTree } from './page-tree.ts';

/** A page, as far as links care: its path and every fragment id on it. */
export interface LinkTarget {
  path: string;
  anchors: ReadonlySet<string>;
}

/**
 * Checks every link of `source` that stays on the site; `targets` are the pages by path, `files` the paths served from
 * public/.
 */
export function checkLinks(
  source: PageTree,
  targets: ReadonlyMap<string, LinkTarget>,
  files: ReadonlySet<string>,
): Finding[] {
  return source.links.flatMap(({ url, line, column }): Finding[] => {
    if (!/^[/#.]/.test(url) && !/^[\w-]+(?:\/|$)/.test(url)) return [];
    const { pathname, hash } = new URL(url, `http://site${source.path}`);
    const path = pathname.replace(/(?<=.)\/$/, '');
    if (files.has(path)) return [];
    const target = targets.get(path);
    const place = { file: source.file, line, column };
    if (!target) {
      return [
        {
          code: 'link-dead',
          ...place,
          message: `Cannot follow the link ${url}: no page ${path}`,
          ...near(path, targets.keys()),
          fix: 'Correct the link, or add the page.',
        },
      ];
    }
    const anchor = decodeURIComponent(hash.slice(1));
    if (!anchor || target.anchors.has(anchor)) return [];
    return [
      {
        code: 'anchor-dead',
        ...place,
        message: `Cannot follow the link ${url}: ${path} has no place "${anchor}"`,
        ...near(anchor, target.anchors),
        fix: 'Correct the part behind "#".',
      },
    ];
  });
}

function near(name: string, names: Iterable<string>): { nearest?: string } {
  const nearest = nearestName(name, names);
  return nearest === undefined ? {} : { nearest };
}
