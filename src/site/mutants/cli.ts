/**
 * `npm run mutants [-- files… options]`: changes one place of the session helpers or of the emulator at a time, and lists the
 * changes that no test notices; exits 1 if there are more than 5 %.
 */
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { availableParallelism } from 'node:os';
import { UsageError, readCommandLine, runCommand } from '../../docs/findings/index.ts';
import { buildPackage } from '../build-package.ts';
import { type Mutant, makeMutants } from './make-mutants.ts';
import { runMutants } from './run-mutants.ts';

const HELP = `Usage: npm run mutants [-- files… options]

Changes one place of the code at a time (a number, an operator, a condition, a call), runs its tests, and lists the
changes that no test notices. With files or folders, such as seal.ts, changes only these (default: src/sdk).

  --share <part>   only a part of the changes, such as 3/20: the third of every twenty
  --constants      double numbers only

Exit code: 0 if the tests notice 95 % of the changes that have an effect, 1 if not.`;

const OPTIONS = {
  share: { type: 'string' },
  constants: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const;

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const SCORE_MIN = 0.95;

/** A change without an effect that a test could see. */
interface Equivalent {
  file: string;
  /** The line of code, without indentation. */
  code: string;
  from: string;
  to: string;
  because: string;
}

async function main(): Promise<number> {
  const { values, names } = readCommandLine('npm run mutants', OPTIONS, { names: 'any' });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const startedAt = performance.now();
  await buildPackage(ROOT);
  const equivalents = JSON.parse(
    await readFile(new URL('equivalents.json', import.meta.url), 'utf8'),
  ) as readonly Equivalent[];
  const all = (await readMutants(names)).filter(({ to }) => !values.constants || /^(?:1|\(.* \* 2\))$/.test(to));
  const chosen = takeShare(all, values.share);
  const tested = chosen.filter((mutant) => !equivalents.some((each) => isThe(each, mutant)));
  const verdicts = await runMutants(ROOT, tested, {
    workers: availableParallelism(),
    onVerdict: ({ mutant: { file, line, from, to }, killed }) =>
      killed || console.log(`${file}:${line} not noticed: ${oneLine(from)} → ${oneLine(to)}`),
  });
  const killed = verdicts.filter((verdict) => verdict.killed).length;
  const score = killed / Math.max(verdicts.length, 1);
  console.log(
    `${killed} of ${verdicts.length} changes noticed: ${(score * 100).toFixed(1)} %, ` +
      `${chosen.length - tested.length} without effect left out, in ${((performance.now() - startedAt) / 60_000).toFixed(1)} min`,
  );
  return verdicts.length > 0 && score >= SCORE_MIN ? 0 : 1;
}

async function readMutants(names: readonly string[]): Promise<Mutant[]> {
  const wanted = names.length === 0 ? ['src/sdk'] : names.map((name) => name.replace(/^\.\/|\/$/g, ''));
  const files = (await Array.fromAsync(glob('src/{sdk,emulator}/**/*.ts', { cwd: ROOT })))
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !/\.test\.ts$|\/(?:testdata|bench|runtimes)\//.test(file))
    .filter((file) => wanted.some((name) => file.endsWith(`/${name}`) || file.startsWith(`${name}/`)))
    .sort();
  if (files.length === 0)
    throw new UsageError(`Cannot run npm run mutants: no file of src/sdk or src/emulator is ${wanted.join(', ')}`);
  const texts = await Promise.all(files.map((file) => readFile(join(ROOT, file), 'utf8')));
  return files.flatMap((file, index) => makeMutants(file, texts[index] ?? ''));
}

function takeShare(mutants: readonly Mutant[], share: string | undefined): readonly Mutant[] {
  if (share === undefined) return mutants;
  const [, part = 0, of = 0] = /^(\d+)\/(\d+)$/.exec(share)?.map(Number) ?? [];
  if (part < 1 || part > of)
    throw new UsageError(`Cannot run npm run mutants: "--share" must look like 3/20, found "${share}"`);
  return mutants.filter((_mutant, index) => index % of === part - 1);
}

function isThe({ file, code, from, to }: Equivalent, mutant: Mutant): boolean {
  return (
    file === mutant.file &&
    from === mutant.from &&
    to === mutant.to &&
    // The line is the same before the change.
    mutant.text.split('\n')[mutant.line - 1]?.trim() === code.replace(from, to)
  );
}

function oneLine(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}

if (import.meta.main) await runCommand(main);
