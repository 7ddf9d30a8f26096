/** Caches runs without findings in build/snippet-runs.json, so that unchanged snippets are not run again. */
import { createHash } from 'node:crypto';
import { glob, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Project } from '../options/index.ts';
import { replaceFile } from '../findings/index.ts';
import type { Calls } from '../typescript/index.ts';
import type { Run } from './run/run-snippets.ts';
import type { Snippet } from './source/snippet.ts';

const FILE = 'build/snippet-runs.json';
/** Folder of the runners. */
const RUNNERS = join(import.meta.dirname, 'run');
/** Files of the project; the lockfile represents the installed packages. */
const MANIFESTS = ['package.json', 'package-lock.json', 'node_modules/.package-lock.json'];

type Record = Pick<Run, 'output' | 'printedAt' | 'durationMs' | 'ranOn' | 'ending'> & { key: string; calls: string[] };

/** Contents of the file. */
interface Records {
  /** Digest of all inputs when `callables` was determined. */
  world: string;
  callables: Calls['callables'];
  runs: { [path: string]: Record };
}

export interface RunCache {
  /** The cached run of a snippet and its calls; undefined if anything has changed. */
  recall(snippet: Snippet): { run: Run; calls: string[] } | undefined;
  /** Public functions of the package; undefined if they may have changed. */
  callables: Calls['callables'] | undefined;
  /** Saves the runs without findings. */
  save(runs: readonly Run[], calls: Calls): Promise<void>;
}

export interface CacheInputs {
  project: Project;
  /** Digest of the compiled package. */
  sdk: string;
  /** All snippets, for their twins. */
  snippets: readonly Snippet[];
  /** Other settings that affect runs. */
  settings: unknown;
}

/** Opens the cache. A missing or incomplete file counts as empty. */
export async function openRunCache({ project, sdk, snippets, settings }: CacheInputs): Promise<RunCache> {
  const { root, emulator, faces } = project;
  const source = join(root, project.package.source);
  // The folders of the package, the emulator and the stand-ins.
  const rooms = [source, emulator, faces?.bridge, faces?.ruby, faces?.python].flatMap((file) =>
    file === undefined || file.includes('node_modules') ? [] : dirname(file),
  );
  // Of the project root, only use the files directly in it.
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
      // JSON has no undefined: unknown lines are null.
      const known = printedAt.map((line) => line ?? undefined);
      return { run: { snippet, output, printedAt: known, durationMs, ranOn, ending, findings: [] }, calls };
    },
    callables: former.world === world ? former.callables : undefined,
    async save(runs, { callables, calledBy }) {
      // The lockfile does not cover the machine's own interpreters and libraries.
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
    // Without a readable cache, snippets simply run again.
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
