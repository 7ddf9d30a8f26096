/** `npm run snippets [-- names…]`: verifies the programs of snippets/, rewrites their outputs, or merges reports. */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Arguments, HELP, readArguments } from './arguments.ts';
import {
  type Report,
  IncompleteShardsError,
  describeReport,
  formatReport,
  formatReportJUnit,
  formatUses,
  mergeReports,
} from './report.ts';
import type { World } from './run/run-snippets.ts';
import { PROJECT_ROOT } from './source/read.ts';
import { explainUnstable, updateOutputs } from './update.ts';
import { UnknownSnippetError, type VerifyOptions, unchangedHere, verifySnippets } from './verify.ts';
import { namesTouchedBy, watchFolders } from './watch.ts';

const ERASE_LINE = '\r\u001B[2K';
/** What programs depend on, besides themselves. */
const WATCHED = ['src/sdk', 'src/emulator'];

/** Where the command prints to. */
export interface Streams {
  out: (text: string) => void;
  error: (text: string) => void;
  /** Prints what is under way; left out where nobody watches. */
  progress?: (text: string) => void;
}

export interface CommandOptions {
  environment?: NodeJS.ProcessEnv;
  /** Ends a watch. */
  signal?: AbortSignal;
}

/** Runs the command on the project below `root` and returns its exit code. */
export async function runCommand(
  args: readonly string[],
  streams: Streams,
  root = PROJECT_ROOT,
  options: CommandOptions = {},
): Promise<number> {
  const asked = readArguments(args);
  if ('wrong' in asked) {
    streams.error(`${asked.wrong}\nnpm run snippets -- --help lists the options.`);
    return 2;
  }
  if (asked.flags.has('help')) {
    streams.out(HELP);
    return 0;
  }
  try {
    const project = resolve(root, asked.values.root ?? '.');
    const verify = await describeOptions(asked, project, streams, options.environment ?? process.env);
    if (asked.flags.has('watch'))
      return await watchProject(asked, verify, streams, options.signal ?? new AbortController().signal);
    const report = asked.flags.has('merge')
      ? mergeReports(await readReports(asked.names, root))
      : await makeReport(asked, verify);
    streams.progress?.(ERASE_LINE);
    await tellReport(report, asked, root, streams);
    return report.findings.length > 0 ? 1 : 0;
  } catch (error) {
    streams.progress?.(ERASE_LINE);
    if (!(error instanceof UnknownSnippetError || error instanceof IncompleteShardsError)) throw error;
    streams.error(error.message);
    return 2;
  }
}

async function describeOptions(
  { names, flags, values, shard, seed }: Arguments,
  root: string,
  streams: Streams,
  environment: NodeJS.ProcessEnv,
): Promise<VerifyOptions & { root: string }> {
  let count = 0;
  const isRecalled =
    flags.has('cache') ||
    (unchangedHere(environment) === 'recalled' &&
      !flags.has('no-cache') &&
      !flags.has('isolate') &&
      seed === undefined);
  const emulator =
    values.emulator === undefined
      ? undefined
      : ((await import(pathToFileURL(resolve(root, values.emulator)).href)) as { startEmulator: () => Promise<World> });
  return {
    root,
    names: names.length > 0 ? names : undefined,
    isolation: flags.has('isolate') ? 'process' : 'shared',
    contentDir: values.content,
    snippetsDir: values.snippets,
    importName: values.import,
    shard,
    seed,
    unchanged: isRecalled ? 'recalled' : 'run',
    startWorld: emulator?.startEmulator,
    onRun: ({ snippet }) => streams.progress?.(`${ERASE_LINE}${(count += 1)} ${snippet.id}`),
  };
}

async function makeReport(
  { flags, shard, seed }: Arguments,
  verify: VerifyOptions & { root: string },
): Promise<Report> {
  const startedAt = performance.now();
  const first = await verifySnippets(verify);
  const updated = flags.has('update') ? await updateOutputs(first, verify.root) : [];
  const verification = updated.length > 0 ? await verifySnippets(verify) : first;
  const findings = verification.findings.map((finding) => explainUnstable(finding, updated));
  return describeReport(
    { ...verification, findings },
    { updated, durationMs: performance.now() - startedAt, shard, seed },
  );
}

async function readReports(files: readonly string[], root: string): Promise<Report[]> {
  return Promise.all(files.map(async (file) => JSON.parse(await readFile(resolve(root, file), 'utf8')) as Report));
}

async function tellReport(report: Report, { flags, values }: Arguments, root: string, { out }: Streams): Promise<void> {
  const json = JSON.stringify(report, undefined, 2);
  const files = [
    [values.report, json],
    [values.junit, formatReportJUnit(report)],
  ] as const;
  for (const [file, text] of files) {
    if (file === undefined) continue;
    await mkdir(dirname(resolve(root, file)), { recursive: true });
    await writeFile(resolve(root, file), `${text}\n`);
  }
  if (flags.has('uses')) out(formatUses(report));
  out(flags.has('json') ? json : formatReport(report));
}

/** Verifies all, then what each change touches, until the signal is aborted. */
async function watchProject(
  asked: Arguments,
  verify: VerifyOptions & { root: string },
  streams: Streams,
  signal: AbortSignal,
): Promise<number> {
  const { root, contentDir = 'content', snippetsDir = 'snippets' } = verify;
  const tell = async (names: readonly string[] | undefined) => {
    try {
      const report = await makeReport(asked, { ...verify, unchanged: 'recalled', names: names ?? verify.names });
      streams.progress?.(ERASE_LINE);
      await tellReport(report, asked, root, streams);
    } catch (error) {
      // A program that was removed or renamed is told by all the others.
      if (!(error instanceof UnknownSnippetError)) throw error;
      await tell(undefined);
    }
  };
  await tell(verify.names);
  const folders = [snippetsDir, contentDir, ...WATCHED].filter((folder) => existsSync(join(root, folder)));
  const stopped = new Promise<void>((done) => signal.addEventListener('abort', () => done(), { once: true }));
  watchFolders(root, folders, (paths) => tell(verify.names ?? namesTouchedBy(paths, snippetsDir)), signal);
  streams.out(`watching ${folders.join(', ')}`);
  await stopped;
  return 0;
}

if (import.meta.main) {
  process.exitCode = await runCommand(process.argv.slice(2), {
    out: (text) => console.log(text),
    error: (text) => console.error(text),
    ...(process.stderr.isTTY && { progress: (text: string) => process.stderr.write(text) }),
  });
}
