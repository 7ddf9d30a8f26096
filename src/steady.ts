/** `npm run steady [-- --times 8]`: runs all tests repeatedly while every core is busy; exits 1 unless all pass. */
import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { readCommandLine, runCommand } from './docs/findings/index.ts';

const TIMES = 8;

const HELP = `Usage: npm run steady [-- --times ${TIMES}] [--only <file>]

Runs all tests several times, each time in another order, while other processes keep every core busy.

  --times <number>  number of runs (default ${TIMES})
  --only <file>     only the test files whose paths contain this`;

const OPTIONS = { times: { type: 'string' }, only: { type: 'string' }, help: { type: 'boolean', short: 'h' } } as const;

function main(): number {
  const { values } = readCommandLine('npm run steady', OPTIONS);
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  const busy = Array.from({ length: availableParallelism() }, () => spawn(process.execPath, ['-e', 'for (;;);']));
  let failed = 0;
  try {
    for (let run = 1; run <= Number(values.times ?? TIMES); run += 1) {
      const startedAt = performance.now();
      const seed = String(Date.now() % 1_000_000_000);
      const args = ['vitest', 'run', '--sequence.shuffle', `--sequence.seed=${seed}`, '--reporter=./src/not-run.ts'];
      const given = values.only === undefined ? [] : [values.only];
      const { status, stdout } = spawnSync('npx', [...args, '--reporter=dot', ...given], {
        encoding: 'utf8',
        shell: process.platform === 'win32',
        maxBuffer: 256 * 1024 * 1024,
      });
      const minutes = ((performance.now() - startedAt) / 60_000).toFixed(1);
      console.log(`run ${run}: ${status === 0 ? 'passed' : 'FAILED'}, ${minutes} min, seed ${seed}`);
      if (status !== 0) {
        failed += 1;
        console.log(stdout);
      }
    }
  } finally {
    for (const each of busy) each.kill();
  }
  return failed > 0 ? 1 : 0;
}

await runCommand(main);
