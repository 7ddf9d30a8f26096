/**
 * The folder of snippets → verified snippets, and all findings.
 */
import { createHash } from 'node:crypto';
import { basename } from 'node:path/posix';
import { readDocuments, readPages } from '../pages/index.ts';
import { type Finding, FindingsError, UsageError, findNamedFile, isWarning, nearestName } from '../findings/index.ts';
import type { Project } from '../options/index.ts';
import { type Calls, type DescribedType, type Program, checkCalls, examinePrograms } from '../typescript/index.ts';
import { type FenceState, describeFences, placeInPages, readFencePrograms, writeFencePrograms } from './fences.ts';
import type { Unavailable } from './run/native/run-native.ts';
import { openRunCache } from './run-cache.ts';
import { type Run, type RunOptions, runSnippets } from './run/run-snippets.ts';
import { shuffle } from './shuffle.ts';
import { readSnippets } from './source/read.ts';
import type { Snippet } from './source/snippet.ts';
import { type SnippetUse, checkUses, findSnippetUses } from './uses.ts';

export interface VerifyOptions extends RunOptions {
  /** Ids, names or paths of the snippets to verify; default all. */
  names?: readonly string[] | undefined;
  /** Seed for a random order; default the order of names. */
  seed?: number | undefined;
  /** `described`: also determines the types of all identifiers, for hover texts. */
  types?: 'described' | 'unasked' | undefined;
  /** `recalled`: does not run snippets again if nothing has changed since a run without findings. */
  unchanged?: 'run' | 'recalled' | undefined;
}

/** Unchanged snippets are skipped locally, and run in CI. */
export function unchangedHere(environment: NodeJS.ProcessEnv = process.env): 'run' | 'recalled' {
  return environment['CI'] === 'true' ? 'run' : 'recalled';
}

/** A snippet without findings: it printed the expected output, or has `@no-run`. */
export interface VerifiedSnippet extends Snippet {
  /** Whether it ran. */
  ran: boolean;
  /** Functions and methods of the package that it calls; TypeScript only. */
  calls: string[];
  /** Types of its identifiers; empty unless requested. */
  types: DescribedType[];
  /** Why it did not run: the reason in `@no-run`, or what this machine lacks. */
  notRunBecause: string | undefined;
  /** The printed lines. */
  output: string[];
  /** For each line of output, the file line that printed it; undefined if unknown. */
  printedAt: (number | undefined)[];
  durationMs: number;
  /** The interpreter, such as `Node 24.21.0`; empty if it did not run. */
  ranOn: string;
  /** The library whose API it uses, such as `gem weather 5`, if it is not this package. */
  library: string | undefined;
}

export interface Verification {
  /** The snippets without findings, sorted by name. */
  snippets: VerifiedSnippet[];
  /** The code fences of each page, by its file; empty if only some snippets were verified. */
  fences: ReadonlyMap<string, FenceState[]>;
  /** Ids of snippets with errors, which are not among the others. */
  faulty: string[];
  /** All runs, with or without findings. */
  runs: Run[];
  /** How many of the runs come from the cache. */
  recalled: number;
  /** The public functions of the package, and which snippets call them. */
  calls: Calls;
  /** Number of snippets. */
  count: number;
  /** Snippets for an interpreter that this machine does not have; pages show them as not run. */
  unavailable: Unavailable[];
  /** The snippets with directives. */
  optOuts: Snippet[];
  /** All findings: errors of reading before errors of types. */
  findings: Finding[];
}

/**
 * Compiles the package if necessary, then reads, type-checks and runs all snippets, and checks them against the
 * pages. Snippets that have not changed since the last call without findings are not run again. Throws if a folder
 * cannot be read, and a `UsageError` for an unknown name.
 */
export async function verifySnippets(options: VerifyOptions): Promise<Verification> {
  const { project } = options;
  const read = await readSnippets(project);
  const paths = read.snippets.map(({ path }) => path);
  const names = options.names?.map((name) => basename(findNamedFile(name, project.root, paths) ?? name));
  refuseUnknownNames(names ?? [], read.snippets);
  const chosen = names
    ? read.snippets.filter(({ id, name }) => names.includes(id) || names.includes(name))
    : read.snippets;
  const chosenPaths = new Set(chosen.map(({ path }) => path));
  const others = new Set(read.snippets.map(({ path }) => path).filter((path) => !chosenPaths.has(path)));
  const concerned = ({ file }: Finding) => (names ? chosenPaths.has(file) : !others.has(file));

  const pages = await readPages(project.root, project.content, Object.keys(project.components));
  const uses = findSnippetUses(pages);
  // Fences have no names of their own. Those of a README are compiled as well.
  const fences = names
    ? { programs: [], findings: [] }
    : readFencePrograms([...pages, ...readDocuments(project.root, project.facts?.documents)]);
  await writeFencePrograms(project.root, fences.programs);
  const ofFences = fences.programs.map(({ snippet }) => snippet);
  const checked = await checkPrograms([...chosen, ...ofFences], [...read.snippets, ...ofFences], options);
  const checkedFindings = [...fences.findings, ...placeInPages(checked.findings, fences.programs)];
  const isFence = ({ snippet }: { snippet: Snippet }) => ofFences.includes(snippet);
  const findings = [
    ...[...read.findings, ...checkUses(uses, read.snippets)].filter(concerned),
    ...checkedFindings.filter((finding) => !isHiddenBy(finding, read.findings)),
    // Report uncalled functions only if all snippets were checked. Calls in snippets with findings count as well.
    ...(names
      ? []
      : checkCalls(
          checked.calls,
          chosen.filter((snippet) => isRun(snippet, checked)),
        )),
  ];
  const faulty = new Set(findings.filter((finding) => !isWarning(finding)).map(({ file }) => file));
  const sound = checked.findings.some(({ code }) => code === 'sdk-type-error')
    ? []
    : chosen.filter(({ path }) => !faulty.has(path));
  return {
    snippets: sound.map((snippet) => describeVerified(snippet, checked, project)),
    fences: describeFences(pages, fences.programs, { ...checked, findings: checkedFindings }),
    faulty: chosen.filter((snippet) => !sound.includes(snippet)).map(({ id }) => id),
    runs: checked.runs.filter((run) => !isFence(run)),
    recalled: checked.recalled.filter((run) => !isFence(run)).length,
    calls: checked.calls,
    unavailable: checked.unavailable.map((each) =>
      isFence(each) ? { ...each, snippet: { ...each.snippet, path: each.snippet.id } } : each,
    ),
    count: chosen.length,
    optOuts: chosen.filter(
      ({ directives: { noRun, throws, standalone } }) => noRun !== undefined || throws !== undefined || standalone,
    ),
    findings: findings.map((finding) => withPages(finding, read.snippets, uses)),
  };
}

/** Whether it ran, or would have run without its findings. */
function isRun({ path, directives }: Snippet, { unavailable }: Checked): boolean {
  return !directives.noRun && !unavailable.some(({ snippet }) => snippet.path === path);
}

/** Without a readable expectation, every output would differ: do not report that as well. */
function isHiddenBy({ code, file }: Finding, readFindings: readonly Finding[]): boolean {
  return (
    code === 'output-differs' &&
    readFindings.some((finding) => finding.file === file && finding.code.startsWith('output-'))
  );
}

function refuseUnknownNames(names: readonly string[], snippets: readonly Snippet[]): void {
  const known = snippets.flatMap(({ id, name }) => [name, id]);
  for (const name of names) {
    if (known.includes(name)) continue;
    const nearest = nearestName(name, known);
    const hint = nearest === undefined ? '' : ` (nearest "${nearest}")`;
    throw new UsageError(`Cannot verify snippet "${name}": there is no such snippet${hint}`);
  }
}

interface Checked {
  runs: Run[];
  /** Those of the runs that come from the cache. */
  recalled: Run[];
  calls: Calls;
  types: Readonly<Record<string, DescribedType[]>>;
  unavailable: Unavailable[];
  findings: Finding[];
}

/** The last result, so that changes of pages do not run snippets again. */
let last: { key: string; checked: Checked } | undefined;

async function checkPrograms(
  snippets: readonly Snippet[],
  all: readonly Snippet[],
  options: VerifyOptions,
): Promise<Checked> {
  const { project, isolation, seed, unchanged = 'run' } = options;
  const { root } = project;
  const importName = project.package.name;
  let digest: string;
  try {
    digest = (await project.package.build?.()) ?? '';
  } catch (error) {
    // With a package that does not compile, every snippet would have findings.
    if (error instanceof FindingsError)
      return {
        runs: [],
        recalled: [],
        calls: { callables: [], calledBy: {} },
        types: {},
        unavailable: [],
        findings: [...error.findings],
      };
    throw error;
  }
  const key = keyOf([
    root,
    digest,
    isolation,
    seed,
    unchanged,
    importName,
    options.types,
    project.languages,
    ...snippets.flatMap(({ path, source }) => [path, source]),
  ]);
  if (last?.key === key) return last.checked;
  const settings = [isolation, importName, options.runTimeoutMs, options.outputBytesMax];
  const remembered = options.issueEnvironment
    ? undefined
    : await openRunCache({ project, sdk: digest, snippets: all, settings });
  const former = unchanged === 'recalled' ? snippets.flatMap((snippet) => remembered?.recall(snippet) ?? []) : [];
  const known = new Set(former.map(({ run }) => run.snippet));
  const changed = snippets.filter((snippet) => !known.has(snippet));
  // Examine all snippets again if the public functions of the package are unknown.
  const examined = former.length > 0 && remembered?.callables ? changed : snippets;
  const [{ findings: typeFindings, calls, types }, ran] = await Promise.all([
    examinePrograms({
      root,
      importName,
      source: project.package.source,
      checked: programsOf(examined),
      described: options.types === 'described' ? programsOf(snippets).filter(({ isFragment }) => !isFragment) : [],
    }),
    runSnippets(seed === undefined ? changed : shuffle(changed, seed), options),
  ]);
  // Ignore runs of snippets with compiler errors.
  const refused = new Set(typeFindings.map(({ file }) => file));
  const runs = [...former.map(({ run }) => run), ...ran.runs.filter(({ snippet }) => !refused.has(snippet.path))];
  runs.sort((a, b) => snippets.indexOf(a.snippet) - snippets.indexOf(b.snippet));
  const allCalls: Calls = {
    callables: calls.callables.length > 0 ? calls.callables : (remembered?.callables ?? []),
    calledBy: {
      ...Object.fromEntries(former.map(({ run, calls: called }) => [run.snippet.path, called])),
      ...calls.calledBy,
    },
  };
  await remembered?.save(runs, allCalls);
  const checked: Checked = {
    runs,
    recalled: former.map(({ run }) => run),
    calls: allCalls,
    types,
    unavailable: ran.unavailable.filter(({ snippet }) => !refused.has(snippet.path)),
    findings: [...typeFindings, ...ran.findings.filter(({ file }) => !refused.has(file))],
  };
  if (checked.findings.length === 0) last = { key, checked };
  return checked;
}

function programsOf(snippets: readonly Snippet[]): Program[] {
  return snippets
    .filter(({ language }) => language === 'js')
    .map(({ id, path, source, codeLines, isFragment, directives: { needs } }) => ({
      id,
      path,
      source,
      codeLines,
      needs,
      ...(isFragment && { isFragment }),
    }));
}

function keyOf(parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

function describeVerified(
  snippet: Snippet,
  { runs, unavailable, calls, types }: Checked,
  { libraries }: Project,
): VerifiedSnippet {
  const missing = unavailable.find((each) => each.snippet.path === snippet.path);
  const run = runs.find((each) => each.snippet.path === snippet.path);
  return {
    ...snippet,
    ran: run !== undefined,
    calls: calls.calledBy[snippet.path] ?? [],
    types: types[snippet.id] ?? [],
    notRunBecause: snippet.directives.noRun?.reason ?? missing?.reason,
    output: run?.output ?? [],
    printedAt: run?.printedAt ?? [],
    durationMs: run?.durationMs ?? 0,
    ranOn: run?.ranOn ?? '',
    library: snippet.directives.native ? undefined : libraries[snippet.language]?.name,
  };
}

function withPages(finding: Finding, snippets: readonly Snippet[], uses: readonly SnippetUse[]): Finding {
  const snippet = snippets.find(({ path }) => path === finding.file);
  if (!snippet) return finding;
  const shownAt = uses.filter(({ name }) => name === snippet.name).map(({ page, line }) => `${page}:${line}`);
  return { ...finding, repeat: `npm run snippets -- ${snippet.id}`, ...(shownAt.length > 0 && { shownAt }) };
}
