/** A changed project → the codes of the findings that one of its checks reports. */
import { execFile } from 'node:child_process';
import { glob, readFile, rm } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { promisify } from 'node:util';
import type { Finding } from '../../docs/findings/index.ts';
import { checkFacts, linkPages, packageFolders } from '../../docs/facts/index.ts';
import { readContent } from '../../docs/describe/index.ts';
import { readPages } from '../../docs/pages/index.ts';
import { checkReference, readReference } from '../../docs/reference/index.ts';
import { SdkChecker } from '../../docs/typescript/index.ts';
import { verifySnippets } from '../../docs/snippets/index.ts';
import { siteProject } from '../docs-options.ts';
import type { CheckName } from './falsehood.ts';

/** Snippets that together use every route of the emulator. */
const PROGRAMS = [
  'home.ts',
  'session-helpers-authenticate.ts',
  'session-helpers-refresh.ts',
  'session-helpers-seal-after-sign-in.ts',
  'vendor-names.ts',
];
const TEST_REPORT = 'build/tests.json';
const TIMEOUT_MS = 120_000;
const REPORT_BYTES_MAX = 64 * 1024 * 1024;

export interface Change {
  /** Path of the changed file, relative to the root; undefined if nothing was changed. */
  file?: string;
  text?: string;
  /** Test files to run. */
  tests: readonly string[];
}

/** Runs one check on the project below `root`, after the file was changed, and returns the codes of its findings. */
export type Check = (root: string, change: Change) => Promise<string[]>;

export const CHECKS: Record<CheckName, Check> = {
  async gate(root, { file }) {
    const project = siteProject(root);
    const program = /^snippets\/(.*)$/.exec(file ?? '')?.[1];
    // Run only the changed snippet: no other can have become wrong.
    const { findings } =
      program === undefined ? await readContent(project) : await verifySnippets({ project, names: [program] });
    return codesOf(findings);
  },

  async reference(root, { file, text }) {
    const { package: package_, spellings } = siteProject(root);
    const { source, client } = package_;
    const checker = (checkers[root] ??= new SdkChecker({ root, door: source, client }));
    // The compiler caches files, so pass a change of the package to it.
    const edits = new Map(file?.startsWith('src/sdk/') && text !== undefined ? [[file, text]] : []);
    const frontmatter = (await readPages(root)).map((page) => page.frontmatter);
    return codesOf(checkReference(frontmatter, { checker, edits, whole: true, spellings }).findings);
  },

  async facts(root) {
    const project = siteProject(root);
    const sources = await readPages(root);
    const reference = await readReference(
      sources.map(({ frontmatter }) => frontmatter),
      project,
    );
    const files = await Array.fromAsync(glob('snippets/*.ts', { cwd: root }));
    const programs = files.map(
      async (file) => [basename(file, '.ts'), await readFile(join(root, file), 'utf8')] as const,
    );
    const findings = checkFacts({
      root,
      content: project.content,
      facts: project.facts ?? { ledger: '', code: [] },
      sources: packageFolders(project),
      pages: linkPages(sources, reference.pages),
      catalogue: await project.errorCatalogue(),
      programs: new Map(await Promise.all(programs)),
    });
    return codesOf(findings);
  },

  async programs(root) {
    const { findings } = JSON.parse(
      await run(['src/docs/cli.ts', 'snippets', ...PROGRAMS, '--json', '--no-cache'], root),
    ) as {
      findings: Finding[];
    };
    return codesOf(findings);
  },

  async tests(root, { tests }) {
    const args = [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--project',
      'rooms',
      '--reporter',
      'json',
      '--outputFile',
      TEST_REPORT,
      ...tests,
    ];
    await rm(join(root, TEST_REPORT), { force: true });
    await run(args, root);
    const { testResults } = JSON.parse(await readFile(join(root, TEST_REPORT), 'utf8')) as {
      testResults: { name: string; status: string }[];
    };
    return testResults
      .filter(({ status }) => status === 'failed')
      .map(({ name }) => relative(root, name).replaceAll('\\', '/'));
  },
};

const checkers: Record<string, SdkChecker> = {};

/** Closes the compilers that checks have opened. */
export function closeCheckers(): void {
  for (const [root, checker] of Object.entries(checkers)) {
    checker.close();
    delete checkers[root];
  }
}

function codesOf(findings: readonly Finding[]): string[] {
  return [...new Set(findings.map(({ code }) => code))];
}

/** Standard output of a Node program of the project, with or without findings. */
async function run(args: readonly string[], root: string): Promise<string> {
  try {
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      cwd: root,
      timeout: TIMEOUT_MS,
      maxBuffer: REPORT_BYTES_MAX,
    });
    return stdout;
  } catch (error) {
    const { stdout, code } = error as { stdout?: string; code?: number };
    // Exit code 1 means findings; any other failure says nothing about the project.
    if (code === 1) return stdout ?? '';
    throw new Error(`Cannot run ${args.join(' ')}: it ended without a report`, { cause: error });
  }
}
