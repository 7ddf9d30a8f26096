/**
 * `npm run bench` compares the speed and the memory of the helpers with those of other packages. `-- --json` prints data,
 * `-- --quick` makes a tenth of the calls, and `-- --update` also writes the performance page. Nothing else should run on
 * the machine.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CONTESTANTS, MEASURED } from './contestants.ts';
import type { Memory } from './memory.ts';
import { describeReport, type Report } from './report.ts';
import type { Speed } from './speed.ts';

const ROOT = new URL('../../../', import.meta.url);
const PAGE = new URL('content/reference/authkit/session-helpers/performance.mdx', ROOT);
/** The part of the page to replace. */
const WRITTEN = /(\{\/\* figures: [^\n]*\n)[^]*(\n\{\/\* end of figures \*\/\})/;

const IMPORTS = ['authkit-session-helpers', '@workos-inc/node', 'iron-session'];
const IMPORT_RUNS = 15;
/** The young generation is kept small. V8 would let it grow by 100 MB, which would hide the memory that is kept. */
const MEMORY_FLAGS = ['--expose-gc', '--max-semi-space-size=4'];
const CALLS = 200_000;
const ROUNDS = 180;

/** Runs a program of this folder in a new process, and reads the JSON that it prints. */
function runProgram<T>(file: string, args: readonly unknown[], flags: string[] = []): T {
  const program = fileURLToPath(new URL(file, import.meta.url));
  return JSON.parse(
    execFileSync(process.execPath, [...flags, program, ...args.map(String)], { encoding: 'utf8' }),
  ) as T;
}

/** The median times of imports in new processes, in milliseconds. The packages take turns. */
function measureImports(names: readonly string[]): { name: string; medianMs: number }[] {
  const once = (name: string) => {
    const program = `const start = performance.now(); await import('${name}'); console.log(performance.now() - start);`;
    return Number(execFileSync(process.execPath, ['--input-type=module', '-e', program], { cwd: ROOT }));
  };
  const rounds = Array.from({ length: IMPORT_RUNS }, () => names.map(once));
  return names.map((name, index) => {
    const times = rounds.map((round) => round[index]!).sort((a, b) => a - b);
    return { name, medianMs: times[Math.floor(IMPORT_RUNS / 2)]! };
  });
}

function updatePage(figures: string): void {
  const text = readFileSync(PAGE, 'utf8');
  if (!WRITTEN.test(text))
    throw new Error(
      `Cannot write the figures: ${fileURLToPath(PAGE)} has no markers, expected {/* figures: and {/* end of figures */}`,
    );
  writeFileSync(
    PAGE,
    text.replace(WRITTEN, (_, first: string, last: string) => `${first}\n${figures}\n${last}`),
  );
}

const { values } = parseArgs({
  options: { json: { type: 'boolean' }, quick: { type: 'boolean' }, update: { type: 'boolean' } },
});
const share = values.quick ? 0.1 : 1;
const progress = (text: string) => console.error(`… ${text}`);
progress('importing');
const imports = measureImports(IMPORTS);
const speed = MEASURED.map((name) => {
  progress(`authenticating with ${name}`);
  return runProgram<Speed>('./speed.ts', [name, ROUNDS * share]);
});
const memory = CONTESTANTS.filter((name) => name !== 'limit').map((name) => {
  progress(`${CALLS * share} calls with ${name}`);
  return runProgram<Memory>('./memory.ts', [name, CALLS * share], MEMORY_FLAGS);
});
const processor = cpus()[0]?.model.trim() ?? 'unknown processor';
const report: Report = {
  node: process.versions.node,
  processor,
  date: new Date().toISOString().slice(0, 10),
  speed,
  memory,
  imports,
};
console.log(values.json ? JSON.stringify(report, null, 2) : describeReport(report));
if (values.update) updatePage(describeReport(report));
