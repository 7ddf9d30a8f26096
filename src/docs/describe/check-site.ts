/** All pages together → findings that no single page shows: addresses, ids and links outside the pages' text. */
import { type Finding, nearestName } from '../findings/index.ts';
import type { ErrorCatalogue, Project } from '../options/index.ts';
import type { PageTree } from '../pages/index.ts';
import type { Block } from './blocks.ts';

/** Every site needs a home page. */
export function missingPages(sources: readonly PageTree[], content: string): Finding[] {
  if (sources.some(({ path }) => path === '/')) return [];
  const isEmpty = !sources.some(({ file }) => file.startsWith(`${content}/`));
  return [
    {
      code: 'home-missing',
      file: `${content}/index.mdx`,
      line: 1,
      message: isEmpty
        ? `Cannot read the pages: there are none in ${content}/, expected ${content}/index.mdx at least`
        : `Cannot draw the home page: there is no ${content}/index.mdx`,
      fix: 'Write the page.',
    },
  ];
}

/** Two files with the same address, of which only one could be shown. */
export function addressFindings(sources: readonly PageTree[]): Finding[] {
  const first = new Map<string, PageTree>();
  return sources.flatMap((source): Finding[] => {
    // Some file systems do not tell A from a.
    const key = source.path.toLowerCase();
    const other = first.get(key);
    if (!other) {
      first.set(key, source);
      return [];
    }
    const what = other.path === source.path ? 'has the same address' : `has the address ${other.path}`;
    return [
      {
        code: 'page-address-repeated',
        file: source.file,
        line: 1,
        message: `Cannot show the page at ${source.path}: ${other.file} ${what}`,
        fix: 'Rename or remove one of the two.',
      },
    ];
  });
}

/** Former paths that lead to a page → its path; and findings for those that are taken. */
export function readRedirects(sources: readonly PageTree[]): { redirects: Map<string, string>; findings: Finding[] } {
  const redirects = new Map<string, string>();
  const pages = new Map(sources.map((source) => [source.path, source.file]));
  const findings = sources.flatMap(({ file, path, frontmatter }): Finding[] => {
    const { redirectFrom = [] } = frontmatter.values as { redirectFrom?: unknown };
    return (Array.isArray(redirectFrom) ? redirectFrom : []).flatMap((from: unknown, index): Finding[] => {
      if (typeof from !== 'string') return [];
      const taken = pages.get(from) ?? redirects.get(from);
      if (taken === undefined) {
        redirects.set(from, path);
        return [];
      }
      return [
        {
          code: 'redirect-taken',
          file,
          ...frontmatter.locate(['redirectFrom', index]),
          message: `Cannot redirect ${from} to ${path}: it leads to ${taken}`,
          fix: 'Remove the line, or the other page.',
        },
      ];
    });
  });
  return { redirects, findings };
}

/** Ids that the page would have twice; links would lead to the first. */
export function idFindings(source: PageTree, blocks: readonly Block[], codes: readonly string[]): Finding[] {
  const { file } = source;
  const ids = [
    ...source.headings.map(({ slug: id, line, column }) => ({ id, line, column })),
    ...source.anchors,
    ...codes.map((id) => ({ id, line: source.catalogues[0]?.line ?? 1, column: source.catalogues[0]?.column ?? 1 })),
    ...blocks.flatMap(({ tabs, line }) =>
      tabs.flatMap(({ entry }) => (entry ? [{ id: entry.anchor, line, column: 1 }] : [])),
    ),
  ];
  const seen = new Set<string>();
  return ids
    .filter(({ id }) => seen.has(id) || !seen.add(id))
    .map(({ id, line, column }) => ({
      code: 'id-repeated',
      file,
      line,
      column,
      message: `Cannot use the id "${id}" here: the page already has it, and links lead to the first`,
      fix: 'Give one of the two another id or heading.',
    }));
}

/** Links of the layout, from the options: of the footer, and to the page of errors. */
export function layoutFindings({ footer, errorsPage }: Project, paths: ReadonlySet<string>): Finding[] {
  const links = [
    ...footer.links.map(({ path }, index) => ({ option: `footer.links.${index}.path`, path })),
    ...(errorsPage === undefined ? [] : [{ option: 'errorsPage', path: errorsPage }]),
  ];
  return links
    .map((link) => ({ ...link, target: link.path.replace(/[#?].*$/, '').replace(/(?<=.)\/$/, '') }))
    .filter(({ target }) => !paths.has(target))
    .map(({ option, path, target }): Finding => {
      const nearest = nearestName(target, paths);
      return {
        code: 'layout-link-dead',
        file: 'astro.config.mjs',
        line: 1,
        message: `Cannot follow the link ${path} in "${option}" of docs(): no page ${target}`,
        ...(nearest !== undefined && { nearest }),
        fix: 'Correct the option, or add the page.',
      };
    });
}

export function titleFindings(source: PageTree, title: string | undefined): Finding[] {
  if (title !== undefined || source.headings.length > 0 || source.findings.length > 0) return [];
  return [
    {
      code: 'page-untitled',
      file: source.file,
      line: 1,
      message: 'Cannot name the page: it has no title, expected a heading or a frontmatter title',
      fix: 'Begin the text with a heading, or add "title:" to the frontmatter.',
    },
  ];
}

/** A finding for each unknown list of error codes. */
export function catalogueFindings({ file, catalogues }: PageTree, catalogue: ErrorCatalogue): Finding[] {
  const lists = Object.keys(catalogue);
  return catalogues
    .filter(({ list }) => !lists.includes(list))
    .map(({ list, line, column }) => {
      const nearest = nearestName(list, lists);
      return {
        code: 'catalogue-list-unknown',
        file,
        line,
        column,
        message: `Cannot list error codes: there is no list "${list}", expected one of ${lists.join(', ')}`,
        ...(nearest !== undefined && { nearest }),
        fix: 'Correct appears="…".',
      };
    });
}
