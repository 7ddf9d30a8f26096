/** content/ and snippets/ → the facts that pages are drawn from, or every finding at once. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, nearestName } from '../findings/index.ts';
import { type Property, resolveReference } from '../reference/index.ts';
import { compileForSandbox } from '../run/index.ts';
import type { CatalogueRow, ErrorCatalogue, Project } from '../options/index.ts';
import {
  type ScenarioRun,
  type VerifiedSnippet,
  type VerifyOptions,
  canRunInPages,
  readScenarios,
  verifySnippets,
} from '../snippets/index.ts';
import { describeSource, readPublication } from './publication.ts';
import {
  type Heading,
  type LinkTarget,
  type PageTree,
  type Section,
  NAVIGATION_FILE,
  checkLinks,
  readHistory,
  readNavigation,
  readPages,
} from '../pages/index.ts';
import { type Block, resolveBlocks } from './blocks.ts';

/** What is known of one page by itself. */
export interface PageFacts {
  /** Path of the file from the project's root. */
  file: string;
  path: string;
  title: string;
  /** One sentence for search engines and link previews: the frontmatter's, or the first paragraph. */
  description: string;
  headings: Heading[];
  blocks: Block[];
  /** The lists of the error catalogue that it shows, by name. */
  catalogues: ReadonlyMap<string, readonly CatalogueRow[]>;
  /** What its text is read from. */
  tree: PageTree;
  /** The day of its last change, such as `2026-11-25`; undefined where git does not say. */
  changedOn: string | undefined;
  /** Where its file is changed, and where its faults are told; left out where no repository is known. */
  editUrl?: string;
  feedbackUrl?: string;
}

/** A snippet with what a page can run of it. */
export interface ShownSnippet extends VerifiedSnippet {
  /** The program as the page's sandbox runs it; undefined where it needs more than a browser has. */
  runnable: string | undefined;
  /** What it does in each scenario, the one it is written for first; empty where it does the same in all. */
  scenarios: readonly ScenarioRun[];
}

export interface Content {
  /** Name of the site. */
  siteTitle: string;
  pages: PageFacts[];
  sections: Section[];
  snippets: ShownSnippet[];
  findings: Finding[];
}

/**
 * Reads, checks and resolves everything of a project; the snippets are run, those that did not change only where asked
 * for.
 */
export async function readContent(
  project: Project,
  { unchanged = 'run' }: Pick<VerifyOptions, 'unchanged'> = {},
): Promise<Content> {
  // The programs run, and the compiler examines them, in other threads and processes, while the pages are resolved here.
  const { root } = project;
  // The error codes may come from the package as it is built.
  const isBuilt = (await project.package.build?.().catch(() => false)) !== false;
  const verifying = verifySnippets({ project, unchanged, types: 'described' });
  const resolving = readPages(root, project.content).then((sources) => ({
    sources,
    reference: resolveReference(sources.map(({ frontmatter }) => frontmatter)),
  }));
  const [{ sources, reference }, navigationText, files, history, scenarios, catalogue, inPages, verified] =
    await Promise.all([
      resolving,
      readFile(join(root, NAVIGATION_FILE), 'utf8'),
      publicFiles(root),
      readHistory(root),
      readScenarios(project),
      project.errorCatalogue().catch((error: unknown) => {
        // What is wrong with the package is said when its programs are verified.
        if (isBuilt) throw error;
        return {} as ErrorCatalogue;
      }),
      canRunInPages(project),
      verifying,
    ]);
  const publication = readPublication(root);
  const navigation = readNavigation(navigationText, sources);
  const blocks = sources.map((source) =>
    // Of a page that does not parse, the one finding is that.
    source.root.children === undefined
      ? { blocks: [], findings: [] }
      : resolveBlocks(source, reference.pages, verified.snippets),
  );
  const targets = new Map(
    sources.map((source, index) => [source.path, linkTarget(source, blocks[index]?.blocks ?? [], catalogue)]),
  );
  const pages = sources.map((source, index): PageFacts => {
    const frontmatter = reference.pages[index]?.frontmatter ?? {};
    const { description } = frontmatter;
    return {
      file: source.file,
      path: source.path,
      title: frontmatter.title ?? source.headings[0]?.text ?? source.path,
      description: typeof description === 'string' ? description : source.lede,
      headings: source.headings,
      blocks: blocks[index]?.blocks ?? [],
      catalogues: new Map(source.catalogues.map(({ list }) => [list, catalogue[list] ?? []])),
      tree: source,
      changedOn: history.get(source.file),
      ...describeSource(publication, source.file),
    };
  });
  const findings = [
    ...sources.flatMap((source, index) => [
      ...source.findings,
      ...titleFindings(source, reference.pages[index]?.frontmatter.title),
      ...catalogueFindings(source, catalogue),
    ]),
    ...reference.findings,
    ...navigation.findings,
    ...blocks.flatMap((each) => each.findings),
    ...sources.flatMap((source) => checkLinks(source, targets, files)),
    ...verified.findings,
  ];
  const snippets = verified.snippets.map((snippet) => ({
    ...snippet,
    runnable: inPages ? runnableOf(snippet, project) : undefined,
    scenarios: scenarios[snippet.id] ?? [],
  }));
  return {
    siteTitle: project.title,
    pages,
    sections: navigation.sections,
    snippets,
    findings: findings.map(withRepeat),
  };
}

/** What no other room's command repeats, the gate's own does. */
function withRepeat(finding: Finding): Finding {
  return { repeat: `npm run pages -- ${finding.file}`, ...finding };
}

function runnableOf({ language, ran, code }: VerifiedSnippet, { package: { name } }: Project): string | undefined {
  return language === 'js' && ran ? compileForSandbox(code, name) : undefined;
}

/** The fragment ids of a page: its headings, the error codes it lists and the rows of the entries it shows. */
export function linkTarget(
  { path, headings, catalogues }: PageTree,
  blocks: readonly Block[],
  catalogue: ErrorCatalogue,
): LinkTarget {
  const codes = catalogues.flatMap(({ list }) => catalogue[list] ?? []).map(({ code }) => code);
  const anchors = new Set([...headings.map(({ slug }) => slug), ...codes]);
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
  return { path, anchors };
}

async function publicFiles(root: string): Promise<Set<string>> {
  const files = await Array.fromAsync(glob('**/*.*', { cwd: join(root, 'public') }));
  return new Set(files.map((file) => `/${file.replaceAll('\\', '/')}`));
}

function titleFindings(source: PageTree, title: string | undefined): Finding[] {
  if (title !== undefined || source.headings.length > 0 || source.findings.length > 0) return [];
  return [
    {
      code: 'page-untitled',
      file: source.file,
      line: 1,
      message: 'Cannot name the page: it has neither a frontmatter title nor a heading',
      fix: 'Begin the text with a heading, or add "title:" to the frontmatter.',
    },
  ];
}

/** A finding for each list of error codes that there is not. */
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
        message: `Cannot list the error codes that are "${list}", expected one of ${lists.join(', ')}`,
        ...(nearest !== undefined && { nearest }),
        fix: 'Correct appears="…".',
      };
    });
}
