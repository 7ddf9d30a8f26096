/** `npm run snippets [-- names…]`: verifies the snippets, and updates their outputs with `--update`. */
import { resolve } from 'node:path';
import { UsageError, readCommandLine, readKnownFindings, separateKnown } from '../findings/index.ts';
import { type Project, readProject } from '../options/index.ts';
import { describeReport, formatReport } from './report.ts';
import { explainUnstable, updateOutputs } from './update.ts';
import { type VerifyOptions, unchangedHere, verifySnippets } from './verify.ts';

const ERASE_LINE = '\r\u001B[2K';

const OPTIONS = {
  update: { type: 'boolean', short: 'u' },
  isolate: { type: 'boolean' },
  shuffle: { type: 'boolean' },
  seed: { type: 'string' },
  'no-cache': { type: 'boolean' },
  json: { type: 'boolean' },
  root: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

const HELP = `Usage: npm run snippets [-- names… options]

Type-checks and runs the snippets in snippets/, and compares what they print with their "// Output:".
Names are file names, with or without extension, or paths. Without names, all snippets are verified.

  --update, -u      write outputs that differ or are missing, then verify again
  --isolate         run every snippet in a separate process, as a reader would
  --shuffle         run in random order; prints the seed
  --seed <number>   repeat the order of this seed
  --no-cache        run everything (the default in CI)
  --json            print data instead of text

  --root <folder>   the project, with an Astro config that uses docs() (default: this folder)
  --help, -h        print this

Exit code: 0 without findings, 1 with findings, 2 for a wrong option or name.`;

/** Output functions of the command. */
export interface Streams {
  out: (text: string) => void;
  /** Prints the progress; left out if the output is not a terminal. */
  progress?: (text: string) => void;
}

/**
 * Runs the command on the project `given`, or on the one that the arguments name, and returns its exit code. Throws a
 * `UsageError` for invalid arguments.
 */
export async function verifyByCommand(
  args: readonly string[],
  { out, progress }: Streams,
  given?: Project,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const { values, names } = readCommandLine('npm run snippets', OPTIONS, { args, names: 'any' });
  if (values.help) {
    out(HELP);
    return 0;
  }
  const seed = readSeed(values.seed, values.shuffle);
  const project = given ?? (await readProject(resolve(values.root ?? '.')));
  const isRecalled = unchangedHere(environment) === 'recalled' && !values['no-cache'] && !values.isolate;
  let count = 0;
  const verify: VerifyOptions = {
    project,
    names: names.length > 0 ? names : undefined,
    isolation: values.isolate ? 'process' : 'shared',
    seed,
    unchanged: isRecalled && seed === undefined ? 'recalled' : 'run',
    onRun: ({ snippet }) => progress?.(`${ERASE_LINE}${(count += 1)} ${snippet.id}`),
  };
  const startedAt = performance.now();
  const first = await verifySnippets(verify);
  const { updated, refused } = values.update ? await updateOutputs(first, project.root) : { updated: [], refused: [] };
  const verification = updated.length > 0 ? await verifySnippets(verify) : first;
  const { findings } = separateKnown(
    [...verification.findings.map((finding) => explainUnstable(finding, updated)), ...refused],
    await readKnownFindings(project),
    { check: 'pages', complete: false },
  );
  const durationMs = performance.now() - startedAt;
  const report = describeReport({ ...verification, findings }, { updated, durationMs, seed });
  progress?.(ERASE_LINE);
  out(values.json ? JSON.stringify(report, undefined, 2) : formatReport(report));
  return findings.length > 0 ? 1 : 0;
}

function readSeed(given: string | undefined, shuffled: true | undefined): number | undefined {
  if (given !== undefined && !/^\d{1,9}$/.test(given))
    throw new UsageError(
      `Cannot run npm run snippets: "--seed" must be a number of at most nine digits, found "${given}"`,
    );
  if (given !== undefined) return Number(given);
  return shuffled ? Date.now() % 1_000_000_000 : undefined;
}

export function main(): Promise<number> {
  return verifyByCommand(process.argv.slice(2), {
    out: (text) => console.log(text),
    ...(process.stderr.isTTY && { progress: (text: string) => process.stderr.write(text) }),
  });
}
