/** content/ and snippets/ → the facts that pages are rendered from, and all findings. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Finding, readKnownFindings, separateKnown } from '../findings/index.ts';
import { checkFacts, linkPages, packageFolders } from '../facts/index.ts';
import { type EntryUse, type Property, readReference } from '../reference/index.ts';
import { compileForSandbox } from '../run/index.ts';
import { type CatalogueRow, type ErrorCatalogue, type Project, languageLabel } from '../options/index.ts';
import {
  type FenceState,
  type ScenarioRun,
  type VerifiedSnippet,
  type VerifyOptions,
  canRunInPages,
  readScenarios,
  verifySnippets,
} from '../snippets/index.ts';
import {
  addressFindings,
  catalogueFindings,
  idFindings,
  layoutFindings,
  missingPages,
  readRedirects,
  titleFindings,
} from './check-site.ts';
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
import { fileFindings, findSiteFiles, usedFiles } from './site-files.ts';

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
  /** Code in its Markdown, in document order, and whether it ran. */
  fences: readonly FenceState[];
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
  /** The path of a page, by each of its former paths. */
  redirects: ReadonlyMap<string, string>;
  /** Absolute paths of files in public/ and beside the pages, by address. */
  files: ReadonlyMap<string, string>;
  /** Addresses of the files beside the pages that a page uses. */
  besideFiles: ReadonlySet<string>;
  /** How many drafts are left out. */
  draftCount: number;
  snippets: ShownSnippet[];
  /** How readers install what the examples need. */
  installation: Installation;
  /** Origin of the site, if known. */
  siteUrl: string | undefined;
  findings: Finding[];
  /** The findings that the project accepts for now. */
  known: Finding[];
}

export interface ReadOptions extends Pick<VerifyOptions, 'unchanged'> {
  /** `shown`: pages with `draft: true` are shown as well. */
  drafts?: 'shown' | 'left out';
}

/**
 * Reads, checks and resolves a whole project, and runs the snippets. Unchanged snippets are skipped if
 * `unchanged` is `recalled`.
 */
export async function readContent(
  project: Project,
  { unchanged = 'run', drafts = 'left out' }: ReadOptions = {},
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
  const resolving = readPages(root, project.content, Object.keys(project.components)).then(async (all) => {
    const sources = all.filter(({ isDraft }) => !isDraft || drafts === 'shown');
    const hrefOfCode = linksOfCodes(sources, await listing, project.errorsPage);
    const frontmatter = sources.map((source) => source.frontmatter);
    return {
      sources,
      hidden: all.filter((source) => !sources.includes(source)),
      reference: await readReference(frontmatter, project, {
        uses: entryUses(sources),
        hrefOfCode,
      }),
    };
  });
  const [{ sources, hidden, reference }, navigationText, files, history, scenarios, catalogue, inPages, verified] =
    await Promise.all([
      resolving,
      readFile(join(root, navigationFile), 'utf8').catch(undefinedIfAbsent),
      findSiteFiles(project),
      readHistory(root, project.content),
      readScenarios(project),
      listing,
      canRunInPages(project),
      verifying,
    ]);
  const publication = readPublication(root, { site: project.site });
  const navigation = readNavigation(
    navigationText,
    navigationFile,
    sources,
    hidden.map(({ path }) => path),
  );
  const redirects = readRedirects(sources);
  const shownLanguages = collectShownLanguages(sources, reference.pages);
  const inputs = {
    references: reference.pages,
    snippets: verified.snippets,
    faulty: verified.faulty,
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
      fences: verified.fences.get(source.file) ?? [],
      catalogues: new Map(source.catalogues.map(({ list }) => [list, catalogue[list] ?? []])),
      tree: source,
      changedOn: history.get(source.file),
      ...describeSource(publication, source.file),
    };
  });
  const used = new Set(sources.flatMap((source) => [...usedFiles(source, files)]));
  const targetPaths = new Set([...targets.keys(), ...redirects.redirects.keys()]);
  const findings = [
    ...addressFindings(sources),
    ...redirects.findings,
    ...fileFindings(files, used, project.content),
    ...layoutFindings(project, new Set([...targetPaths, ...files.byAddress.keys()])),
    ...sources.flatMap((source, index) => [
      ...source.findings,
      ...titleFindings(source, reference.pages[index]?.frontmatter.title),
      ...catalogueFindings(source, catalogue),
      ...idFindings(source, blocks[index]?.blocks ?? [], codesOf(source, catalogue)),
    ]),
    ...reference.findings,
    ...navigation.findings,
    ...missingPages(sources, project.content),
    ...blocks.flatMap((each) => each.findings),
    ...sources.flatMap((source) =>
      checkLinks(
        source,
        targets,
        new Set([...files.byAddress.keys(), ...redirects.redirects.keys()]),
        project.imageOrigins,
      ),
    ),
    ...verified.findings,
    ...(project.facts
      ? checkFacts({
          root,
          content: project.content,
          facts: project.facts,
          sources: packageFolders(project),
          pages: linkPages(sources, reference.pages),
          catalogue,
          programs: new Map(verified.snippets.map(({ id, code }) => [id.replace(/\.\w+$/, ''), code])),
        })
      : []),
  ];
  const told = separateKnown(findings, await readKnownFindings(project), { check: 'pages', complete: true });
  const snippets = verified.snippets.map((snippet) => ({
    ...snippet,
    ...(inPages ? runnableOf(snippet, project) : { runnable: undefined, notRunnableBecause: undefined }),
    scenarios: differing(scenarios[snippet.id] ?? []),
  }));
  return {
    siteTitle: project.title,
    redirects: redirects.redirects,
    files: files.byAddress,
    besideFiles: used,
    draftCount: hidden.length,
    pages,
    sections: navigation.sections,
    snippets,
    installation: describeInstallation(project, publication),
    siteUrl: publication.siteUrl,
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

function codesOf({ catalogues }: PageTree, catalogue: ErrorCatalogue): string[] {
  return catalogues.flatMap(({ list }) => catalogue[list] ?? []).map(({ code }) => code);
}

/** The fragment ids of a page: its headings, error codes, and rows of reference entries. */
export function linkTarget(source: PageTree, blocks: readonly Block[], catalogue: ErrorCatalogue): LinkTarget {
  const { path, headings, anchors: ids } = source;
  const anchors = new Set([
    ...headings.map(({ slug }) => slug),
    ...ids.map(({ id }) => id),
    ...codesOf(source, catalogue),
  ]);
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

function undefinedIfAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
