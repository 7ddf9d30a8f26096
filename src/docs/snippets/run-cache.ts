/** Runs without a finding ↔ build/snippet-runs.json, so that what has not changed since is not run again. */
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Project } from '../options/index.ts';
import { replaceFile } from '../findings/index.ts';
import type { Calls } from '../typescript/index.ts';
import type { Run } from './run/run-snippets.ts';
import type { Snippet } from './source/snippet.ts';

const FILE = 'build/snippet-runs.json';
/** What runs the programs. */
const RUNNERS = join(import.meta.dirname, 'run');
/** Of the project itself; what is installed changes with the lockfile. */
const MANIFESTS = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'];

type Record = Pick<Run, 'output' | 'printedAt' | 'durationMs' | 'ranOn' | 'ending'> & { key: string; calls: string[] };

/** What the file holds. */
interface Records {
  /** Digest of what all programs run in, when the package was looked through for what can be called. */
  world: string;
  callables: Calls['callables'];
  runs: { [path: string]: Record };
}

export interface RunCache {
  /** The run of a snippet that would run just so again, and what it calls; undefined where anything differs. */
  recall(snippet: Snippet): { run: Run; calls: string[] } | undefined;
  /** What the package has to call; undefined where it may have changed. */
  callables: Calls['callables'] | undefined;
  /** Writes down the runs that had no findings, beside those recalled. */
  save(runs: readonly Run[], calls: Calls): Promise<void>;
}

export interface CacheInputs {
  project: Project;
  /** Digest of the compiled package. */
  sdk: string;
  /** All snippets, for their twins. */
  snippets: readonly Snippet[];
  /** What else decides how a program runs. */
  settings: unknown;
}

/** Opens the record of former runs. A record that is absent or half-written holds none. */
export async function openRunCache({ project, sdk, snippets, settings }: CacheInputs): Promise<RunCache> {
  const { root, emulator, faces } = project;
  const source = join(root, project.package.source);
  // The package, the API that programs talk to and the stand-ins they call, each with all that lies beside it.
  const rooms = [source, emulator, faces?.bridge, faces?.ruby, faces?.python].flatMap((file) =>
    file === undefined || file.includes('node_modules') ? [] : dirname(file),
  );
  // What lies at the project's root is no room of its own.
  const around = [...new Set(rooms)].map((folder) => digestFiles(folder, [folder === root ? '*' : '**/*']));
  const parts = [
    sdk,
    settings,
    process.version,
    await digestFiles(RUNNERS, ['**/*']),
    await digestFiles(root, MANIFESTS),
    ...(await Promise.all(around)),
  ];
  const world = createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  const keyOf = ({ name, path }: Snippet) => {
    const twins = snippets.filter((each) => each.name === name).map((twin) => [twin.path, twin.source]);
    return createHash('sha256')
      .update(JSON.stringify([world, path, twins]))
      .digest('hex');
  };
  const former = await readRecords(root);
  const records = new Map(Object.entries(former.runs));
  return {
    recall(snippet) {
      const record = records.get(snippet.path);
      if (record?.key !== keyOf(snippet)) return undefined;
      const { output, printedAt, durationMs, ranOn, ending, calls } = record;
      // JSON has no undefined: a line that could not be told comes back as null.
      const known = printedAt.map((line) => line ?? undefined);
      return { run: { snippet, output, printedAt: known, durationMs, ranOn, ending, findings: [] }, calls };
    },
    callables: former.world === world ? former.callables : undefined,
    async save(runs, { callables, calledBy }) {
      // What the machine's own interpreter and libraries do is in no lockfile.
      const sound = runs.filter(({ findings, snippet }) => findings.length === 0 && !snippet.directives.native);
      const present = new Set(snippets.map(({ path }) => path));
      for (const path of records.keys()) if (!present.has(path)) records.delete(path);
      for (const { snippet } of runs) records.delete(snippet.path);
      for (const { snippet, output, printedAt, durationMs, ranOn, ending } of sound) {
        records.set(snippet.path, {
          key: keyOf(snippet),
          output,
          printedAt,
          durationMs,
          ranOn,
          ending,
          calls: calledBy[snippet.path] ?? [],
        });
      }
      await mkdir(dirname(join(root, FILE)), { recursive: true });
      await replaceFile(
        join(root, FILE),
        `${JSON.stringify({ world, callables, runs: Object.fromEntries(records) } satisfies Records)}\n`,
      );
    },
  };
}

async function readRecords(root: string): Promise<Records> {
  const none: Records = { world: '', callables: [], runs: {} };
  try {
    return { ...none, ...(JSON.parse(await readFile(join(root, FILE), 'utf8')) as Records) };
  } catch {
    // Nothing is lost by a record that cannot be read but the time to run again.
    return none;
  }
}

async function digestFiles(folder: string, patterns: string[]): Promise<string> {
  const entries = await Array.fromAsync(glob(patterns, { cwd: folder, withFileTypes: true }));
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  const files = paths.filter(
    (path) => !/\.test\.ts$|[\\/](?:testdata|bench|__pycache__)[\\/]/.test(path.slice(folder.length)),
  );
  const digest = createHash('sha256');
  for (const path of files)
    digest
      .update(path.slice(folder.length))
      .update('\0')
      .update(await readFile(path))
      .update('\0');
  return digest.digest('hex');
}
