/** content/ and snippets/ → the facts that pages are rendered from, and all findings. */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, nearestName, readKnownFindings, separateKnown } from '../findings/index.ts';
import { type EntryUse, type Property, readReference } from '../reference/index.ts';
import { compileForSandbox } from '../run/index.ts';
import { type CatalogueRow, type ErrorCatalogue, type Project, languageLabel } from '../options/index.ts';
import {
  type ScenarioRun,
  type VerifiedSnippet,
  type VerifyOptions,
  canRunInPages,
  readScenarios,
  verifySnippets,
} from '../snippets/index.ts';
import { type Installation, describeInstallation } from './install.ts';
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
import { type Block, collectShownLanguages, resolveBlocks } from './blocks.ts';

/** The facts about one page. */
export interface PageFacts {
  /** Path of the file, relative to the project root. */
  file: string;
  path: string;
  title: string;
  /** One sentence for search engines and link previews: the frontmatter's, or the first paragraph. */
  description: string;
  headings: Heading[];
  blocks: Block[];
  /** The error code lists that it shows, by name. */
  catalogues: ReadonlyMap<string, readonly CatalogueRow[]>;
  /** The parsed page. */
  tree: PageTree;
  /** Date of the last change, such as `2026-11-25`; undefined if git does not know it. */
  changedOn: string | undefined;
  /** Links for editing the file and for reporting problems; left out if no repository is known. */
  editUrl?: string;
  feedbackUrl?: string;
}

/** A snippet, and its form for the browser. */
export interface ShownSnippet extends VerifiedSnippet {
  /** The snippet compiled for the sandbox; undefined if it cannot run there. */
  runnable: string | undefined;
  /** Why it cannot run there, such as `it imports "node:http"`; undefined if it can, or was not run at all. */
  notRunnableBecause: string | undefined;
  /** The default scenario and those with another result; empty if the result is the same in all. */
  scenarios: readonly ScenarioRun[];
}

export interface Content {
  /** Site name. */
  siteTitle: string;
  pages: PageFacts[];
  sections: Section[];
  snippets: ShownSnippet[];
  /** How readers install what the examples need. */
  installation: Installation;
  findings: Finding[];
  /** The findings that the project accepts for now. */
  known: Finding[];
}

/**
 * Reads, checks and resolves a whole project, and runs the snippets. Unchanged snippets are skipped if
 * `unchanged` is `recalled`.
 */
export async function readContent(
  project: Project,
  { unchanged = 'run' }: Pick<VerifyOptions, 'unchanged'> = {},
): Promise<Content> {
  // Snippets run and are type-checked in other threads and processes while the pages are resolved here.
  const { root } = project;
  const navigationFile = `${project.content}/${NAVIGATION_FILE}`;
  // The error codes may come from the built package.
  const isBuilt = (await project.package.build?.().catch(() => false)) !== false;
  const verifying = verifySnippets({ project, unchanged, types: 'described' });
  const listing = project.errorCatalogue().catch((error: unknown) => {
    // Errors of the package are reported when the snippets are verified.
    if (isBuilt) throw error;
    return {} as ErrorCatalogue;
  });
  const resolving = readPages(root, project.content, Object.keys(project.components)).then(async (sources) => {
    const hrefOfCode = linksOfCodes(sources, await listing, project.errorsPage);
    const frontmatter = sources.map((source) => source.frontmatter);
    return { sources, reference: await readReference(frontmatter, project, { uses: entryUses(sources), hrefOfCode }) };
  });
  const [{ sources, reference }, navigationText, files, history, scenarios, catalogue, inPages, verified] =
    await Promise.all([
      resolving,
      readFile(join(root, navigationFile), 'utf8').catch(undefinedIfAbsent),
      publicFiles(project),
      readHistory(root, project.content),
      readScenarios(project),
      listing,
      canRunInPages(project),
      verifying,
    ]);
  const publication = readPublication(root);
  const navigation = readNavigation(navigationText, navigationFile, sources);
  const shownLanguages = collectShownLanguages(sources, reference.pages);
  const inputs = {
    references: reference.pages,
    snippets: verified.snippets,
    shownLanguages,
    languages: project.languages,
  };
  const blocks = sources.map((source) =>
    // A page that does not parse has the syntax error as its only finding.
    source.root.children === undefined ? { blocks: [], findings: [] } : resolveBlocks(source, inputs),
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
    ...missingPages(sources, project.content),
    ...blocks.flatMap((each) => each.findings),
    ...sources.flatMap((source) => checkLinks(source, targets, files, project.imageOrigins)),
    ...verified.findings,
  ];
  const told = separateKnown(findings, await readKnownFindings(project), { check: 'pages', complete: true });
  const snippets = verified.snippets.map((snippet) => ({
    ...snippet,
    ...(inPages ? runnableOf(snippet, project) : { runnable: undefined, notRunnableBecause: undefined }),
    scenarios: differing(scenarios[snippet.id] ?? []),
  }));
  return {
    siteTitle: project.title,
    pages,
    sections: navigation.sections,
    snippets,
    installation: describeInstallation(project, publication.siteUrl),
    findings: told.findings.map(withRepeat),
    known: told.known,
  };
}

/** Every block that shows entries. */
function entryUses(sources: readonly PageTree[]): EntryUse[] {
  return sources.flatMap(({ path: page, blocks }) =>
    blocks.flatMap(({ referenceId: id }) => (id === undefined ? [] : [{ page, id }])),
  );
}

/** Findings without their own command are repeated by `npm run pages`. */
function withRepeat(finding: Finding): Finding {
  return { repeat: `npm run pages -- ${finding.file}`, ...finding };
}

/** The links of the error codes that the errors page lists. */
function linksOfCodes(
  sources: readonly PageTree[],
  catalogue: ErrorCatalogue,
  errorsPage: string | undefined,
): (code: string) => string | undefined {
  const page = sources.find(({ path }) => path === errorsPage);
  const listed = (page?.catalogues ?? []).flatMap(({ list }) => catalogue[list] ?? []);
  const codes = new Set(listed.map(({ code }) => code));
  return (code) => (codes.has(code) ? `${errorsPage}#${code}` : undefined);
}

function runnableOf(
  { language, ran, code }: VerifiedSnippet,
  { package: { name }, languages }: Project,
): Pick<ShownSnippet, 'runnable' | 'notRunnableBecause'> {
  if (!ran) return { runnable: undefined, notRunnableBecause: undefined };
  if (language !== 'js') {
    return { runnable: undefined, notRunnableBecause: `browsers do not run ${languageLabel(language, languages)}` };
  }
  const compiled = compileForSandbox(code, name);
  return 'program' in compiled
    ? { runnable: compiled.program, notRunnableBecause: undefined }
    : { runnable: undefined, notRunnableBecause: `it ${compiled.lacks}` };
}

/** The first run, and those with another result. */
function differing(runs: readonly ScenarioRun[]): readonly ScenarioRun[] {
  const [first] = runs;
  const others = runs.filter(({ output, threw }) => output !== first?.output || threw !== first.threw);
  return first && others.length > 0 ? [first, ...others] : [];
}

/** The fragment ids of a page: its headings, error codes, and rows of reference entries. */
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

async function publicFiles({ root, files: made }: Project): Promise<Set<string>> {
  const files = await Array.fromAsync(glob('**/*.*', { cwd: join(root, 'public') }));
  return new Set([...files.map((file) => `/${file.replaceAll('\\', '/')}`), ...Object.keys(made)]);
}

/** Every site needs a home page. */
function missingPages(sources: readonly PageTree[], content: string): Finding[] {
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

function undefinedIfAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}

function titleFindings(source: PageTree, title: string | undefined): Finding[] {
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
