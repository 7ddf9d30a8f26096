/** Links between pages → a finding for each that leads nowhere. */
import { type Finding, nearestName } from '../../findings/index.ts';
import type { Property } from '../../reference/index.ts';
import { catalogueCodes } from '../catalogue.ts';
import type { Block } from './blocks.ts';
import type { PageSource } from './page-source.ts';

/** A page, as far as links care: its path and every fragment id on it. */
export interface LinkTarget {
  path: string;
  anchors: ReadonlySet<string>;
}

/** The fragment ids of a page: its headings, the error codes it lists and the rows of the entries it shows. */
export function linkTarget(source: PageSource, blocks: readonly Block[]): LinkTarget {
  const codes = source.catalogueLists.flatMap(catalogueCodes).map(([code]) => code);
  const anchors = new Set([...source.headings.map((heading) => heading.slug), ...codes]);
  const addRows = (rows: readonly Property[]) => {
    for (const row of rows) {
      anchors.add(row.anchor);
      addRows(row.properties);
    }
  };
  for (const { entry } of blocks.flatMap((block) => block.tabs)) {
    if (!entry) continue;
    anchors.add(entry.anchor);
    addRows([...entry.parameters, ...entry.returns, ...entry.properties]);
  }
  return { path: source.path, anchors };
}

/** Stands for the site's own origin, which no page can name. */
const ORIGIN = 'http://site.invalid';

/** Where a link on the page at `from` leads on this site, decoded as the paths and ids of pages are. */
function resolveLink(url: string, from: string): { path: string; anchor: string } | 'elsewhere' | 'malformed' {
  const address = URL.parse(url, ORIGIN + from);
  if (!address) return 'malformed';
  if (address.origin !== ORIGIN) return 'elsewhere';
  try {
    const path = decodeURIComponent(address.pathname).replace(/(?<=.)\/$/, '');
    return { path, anchor: decodeURIComponent(address.hash.slice(1)) };
  } catch {
    // Percent signs that encode nothing.
    return 'malformed';
  }
}

/**
 * Checks every link of `source` that stays on the site; `targets` are the pages by path, `files` the paths served from
 * public/.
 */
export function checkLinks(
  source: PageSource,
  targets: ReadonlyMap<string, LinkTarget>,
  files: ReadonlySet<string>,
): Finding[] {
  return source.links.flatMap(({ url, line, column }): Finding[] => {
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
    if (resolved === 'elsewhere' || files.has(resolved.path)) return [];
    const { path, anchor } = resolved;
    const target = targets.get(path);
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
