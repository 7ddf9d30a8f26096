/** Mutants → which of them no test notices. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { copyProject } from '../prove/copy-project.ts';
import type { Mutant } from './make-mutants.ts';

/** Tests of the built package, which is not built again, and tests that need other programs. */
const EXCLUDED = [
  'src/sdk/{packaging,runtimes,load,doc-examples}.test.ts',
  'src/sdk/runtimes/**',
  '**/redis-store.test.ts',
];
/** A mutant that never ends is noticed as well. */
const RUN_MS_MAX = 120_000;

export interface Verdict {
  mutant: Mutant;
  killed: boolean;
}

/** Runs the tests for each mutant in copies of the project below `root`, `workers` at a time. */
export async function runMutants(
  root: string,
  mutants: readonly Mutant[],
  { workers, onVerdict }: { workers: number; onVerdict: (verdict: Verdict) => void },
): Promise<Verdict[]> {
  const queue = mutants.values();
  const verdicts: Verdict[] = [];
  const work = async () => {
    const folder = await mkdtemp(join(tmpdir(), 'mutants-'));
    try {
      await copyProject(root, folder, ['build']);
      for (const room of new Set(mutants.map(roomOf))) {
        const failure = await runTests(folder, room);
        if (failure !== undefined)
          throw new Error(`Cannot test mutants: the tests of ${room} fail without any change\n${failure}`);
      }
      for (const mutant of queue) {
        const verdict = { mutant, killed: await isKilled(folder, mutant) };
        verdicts.push(verdict);
        onVerdict(verdict);
      }
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return verdicts;
}

/** `src/sdk` or `src/emulator`. */
function roomOf({ file }: Mutant): string {
  return file.split('/').slice(0, 2).join('/');
}

async function isKilled(folder: string, mutant: Mutant): Promise<boolean> {
  const path = join(folder, mutant.file);
  const former = await readFile(path, 'utf8');
  await writeFile(path, mutant.text);
  try {
    // Most are noticed by the test of the file, or by the others in its folder.
    const own = mutant.file.replace(/\.ts$/, '.test.ts');
    for (const path of new Set([own, dirname(mutant.file), roomOf(mutant)])) {
      if (existsSync(join(folder, path)) && (await runTests(folder, path)) !== undefined) return true;
    }
    return false;
  } finally {
    await writeFile(path, former);
  }
}

/** Runs the tests below `path` up to the first that fails, and returns what was printed then. */
async function runTests(folder: string, path: string): Promise<string | undefined> {
  const excluded = EXCLUDED.flatMap((pattern) => ['--exclude', pattern]);
  const args = ['run', '--project', 'rooms', '--bail', '1', ...excluded, path];
  const options = { cwd: folder, timeout: RUN_MS_MAX, killSignal: 'SIGKILL', maxBuffer: 64 * 1024 * 1024 } as const;
  try {
    await promisify(execFile)(process.execPath, ['node_modules/vitest/vitest.mjs', ...args], options);
    return undefined;
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    return `${stdout}${stderr}`;
  }
}
