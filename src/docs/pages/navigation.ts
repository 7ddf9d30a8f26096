/** `navigation.yaml` in the folder of pages → the order of the site, checked against the existing pages. */
import { LineCounter, type Node, parseDocument } from 'yaml';
import * as z from 'zod';
import { type Finding, nearestName } from '../findings/index.ts';
import type { PageTree } from './tree/page-tree.ts';

export interface Section {
  title: string;
  /** Title of the parent section, at any depth; the header shows the sections without one. */
  within?: string | undefined;
  /** Paths of its pages, in reading order. */
  pages: string[];
}

export const NAVIGATION_FILE = 'navigation.yaml';

const navigationSchema = z.strictObject({
  sections: z.array(
    z.strictObject({
      title: z.string().min(1),
      within: z.string().optional(),
      pages: z.array(z.string().startsWith('/')).min(1),
    }),
  ),
});

/**
 * The sections, and a finding for every page that is missing, listed twice, or not listed, and for every section whose
 * parent is unknown. `text` is undefined if there is no `file`. Drafts, whose paths are `hidden`, are left out.
 */
export function readNavigation(
  text: string | undefined,
  file: string,
  pages: readonly PageTree[],
  hidden: readonly string[] = [],
): { sections: Section[]; findings: Finding[] } {
  if (text === undefined)
    return { sections: sectionsByFolder(pages), findings: pages.length === 0 ? [] : [missingFinding(file, pages)] };
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { lineCounter, prettyErrors: false });
  const place = (path: readonly (string | number)[]) => {
    const node = document.getIn(path, true) as Node | undefined;
    const { line, col } = lineCounter.linePos(node?.range?.[0] ?? 0);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const malformed = document.errors.map((error): Finding => {
    const { line, col } = lineCounter.linePos(error.pos[0]);
    return shapeFinding({ file, line, column: col }, error.message);
  });
  const parsed = navigationSchema.safeParse(malformed.length === 0 ? document.toJS() : { sections: [] });
  if (malformed.length > 0 || !parsed.success) {
    const issues = parsed.error?.issues ?? [];
    const wrong = issues.map((issue) => shapeFinding(place(issue.path as (string | number)[]), issue.message));
    return { sections: [], findings: [...malformed, ...wrong] };
  }
  const { sections } = parsed.data;
  const paths = new Set(pages.map((page) => page.path));
  const listed = new Set<string>();
  const findings: Finding[] = [];
  const titles = new Set(sections.map(({ title }) => title));
  sections.forEach((section, index) => {
    const { title, within } = section;
    // A reader cannot tell them apart, and "within" would always mean the first.
    if (sections.findIndex((each) => each.title === title && each.within === within) < index)
      findings.push(repeatedTitleFinding(place(['sections', index, 'title']), title));
    if (within !== undefined && !ancestorsOf(section, sections))
      findings.push(withinFinding(place(['sections', index, 'within']), within, titles));
  });
  sections.forEach((section, index) =>
    section.pages.forEach((path, at) => {
      const where = place(['sections', index, 'pages', at]);
      if (!paths.has(path) && !hidden.includes(path)) findings.push(absentFinding(where, path, paths));
      if (listed.has(path)) {
        findings.push({
          code: 'navigation-repeated',
          ...where,
          message: `Cannot list ${path} twice: an earlier line has it`,
          fix: 'Remove one of the two lines.',
        });
      }
      listed.add(path);
    }),
  );
  for (const page of pages) {
    if (page.path === '/' || listed.has(page.path) || isUnlisted(page)) continue;
    findings.push({
      code: 'page-unlisted',
      severity: 'warning',
      file: page.file,
      line: 1,
      message: `Cannot add the page ${page.path} to the navigation: ${file} does not list it`,
      fix: `Add "- ${page.path}" to a section of ${file}.`,
    });
  }
  const shown = sections.map((section) => ({
    ...section,
    pages: section.pages.filter((path) => !hidden.includes(path)),
  }));
  return { sections: shown.filter((section) => section.pages.length > 0), findings };
}

function repeatedTitleFinding(place: Pick<Finding, 'file' | 'line' | 'column'>, title: string): Finding {
  return {
    code: 'navigation-title-repeated',
    ...place,
    message: `Cannot tell two sections apart: both have the title "${title}"`,
    fix: 'Give one of them another title.',
  };
}

/** The sections that contain `section`, outermost first; undefined if one is unknown or contains itself. */
export function ancestorsOf(section: Section, sections: readonly Section[]): Section[] | undefined {
  const ancestors: Section[] = [];
  for (let at: Section = section; at.within !== undefined;) {
    const { within } = at;
    const parent = sections.find(({ title }) => title === within);
    if (!parent || ancestors.includes(parent)) return undefined;
    ancestors.unshift(parent);
    at = parent;
  }
  return ancestors;
}

function isUnlisted({ frontmatter }: PageTree): boolean {
  return (frontmatter.values as { unlisted?: unknown }).unlisted === true;
}

/** Without a navigation: a section for each folder, in the order of paths. */
function sectionsByFolder(pages: readonly PageTree[]): Section[] {
  const byFolder = Map.groupBy(
    pages.map(({ path }) => path).filter((path) => path !== '/'),
    (path) => path.split('/')[1] ?? '',
  );
  return [...byFolder].map(([folder, paths]) => ({ title: titleOf(folder), pages: paths.toSorted() }));
}

/** `first-steps` → `First steps`. */
function titleOf(folder: string): string {
  const words = folder.replaceAll(/[-_]+/g, ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function shapeFinding(place: Pick<Finding, 'file' | 'line' | 'column'>, what: string): Finding {
  return {
    code: 'navigation-shape',
    ...place,
    message: `Cannot read the navigation: ${what}`,
    fix: 'Write a list `sections`, each with a `title` and a list `pages` of paths that begin with "/".',
  };
}

function withinFinding(place: Pick<Finding, 'file' | 'line' | 'column'>, within: string, titles: Set<string>): Finding {
  const nearest = titles.has(within) ? undefined : nearestName(within, titles);
  return {
    code: 'navigation-within',
    ...place,
    message: titles.has(within)
      ? `Cannot put a section within "${within}": it would contain itself`
      : `Cannot put a section within "${within}": no section has that title`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Name the title of a section that is not below this one.',
  };
}

function absentFinding(place: Pick<Finding, 'file' | 'line' | 'column'>, path: string, paths: Set<string>): Finding {
  const nearest = nearestName(path, paths);
  return {
    code: 'navigation-absent',
    ...place,
    message: `Cannot list ${path}: there is no such page`,
    ...(nearest !== undefined && { nearest }),
    fix: 'Correct the path, or add the page.',
  };
}

function missingFinding(file: string, pages: readonly PageTree[]): Finding {
  const paths = pages.map(({ path }) => path).filter((path) => path !== '/');
  return {
    code: 'navigation-missing',
    severity: 'warning',
    file,
    line: 1,
    message: `Cannot read the navigation: there is no ${file}, expected one that lists ${paths.join(', ') || 'the pages'}`,
    fix: `Write ${file}: "sections:" with a "title" and "pages" for each.`,
  };
}
