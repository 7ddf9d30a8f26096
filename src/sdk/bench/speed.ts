/**
 * The CPU time of a call, and how long 64 concurrent callers wait. A package runs in a process of its own, in turns with
 * the limit, so that noise on the machine affects both, and no other package affects either:
 * `node src/sdk/bench/speed.ts <package> <rounds>` prints JSON.
 */
import { prepare, SEEN_AGAIN, type Contestant, type MeasuredName } from './contestants.ts';
import { createWorkload, type Workload } from './workload.ts';

export interface Speed {
  name: string;
  /** CPU time of the whole process for one call, including its threads, in microseconds. */
  cpuMicros: number;
  /** The same of the limit, in the same process. */
  limitCpuMicros: number;
  /** How many milliseconds one of 64 callers waits. */
  p50Ms: number;
  p99Ms: number;
}

const BATCH = 100;
/** Until V8 has compiled everything. */
const WARM_UP_ROUNDS = 100;
const CALLERS = 64;
/** More tokens than the helpers remember, so that each is new to them. */
const COOKIES = 3_000;

async function measureSpeed(name: MeasuredName, rounds: number): Promise<Speed> {
  const workload = await createWorkload(COOKIES);
  try {
    const limit = await prepare('limit', workload);
    const contestant = { ...(await prepare(name === SEEN_AGAIN ? 'ours' : name, workload)), name };
    const [limitCpuMicros = 0, cpuMicros = 0] = await takeTurns([limit, contestant], workload, rounds);
    const waits: number[] = [];
    for (let round = 0; round < Math.max(4, rounds / 6); round++) {
      const measured = await measureWaits(contestant, pick(contestant, workload, round, CALLERS));
      if (round >= 2) waits.push(...measured);
    }
    return { name, cpuMicros, limitCpuMicros, p50Ms: quantile(waits, 0.5), p99Ms: quantile(waits, 0.99) };
  } finally {
    await workload.close();
  }
}

/** CPU time of a call of each contestant, in microseconds. */
async function takeTurns(contestants: Contestant[], workload: Workload, rounds: number): Promise<number[]> {
  const totals = contestants.map(() => 0);
  for (let round = 0; round < rounds + WARM_UP_ROUNDS; round++) {
    for (const [index, contestant] of contestants.entries()) {
      const cookies = pick(contestant, workload, round, BATCH);
      const start = process.cpuUsage();
      for (const cookie of cookies) await contestant.authenticate(cookie);
      const { user, system } = process.cpuUsage(start);
      if (round >= WARM_UP_ROUNDS) totals[index]! += user + system;
    }
  }
  return totals.map((total) => total / (rounds * BATCH));
}

function pick({ name }: Contestant, { cookies }: Workload, round: number, count: number): string[] {
  const from = name === SEEN_AGAIN ? 0 : round * count;
  return Array.from({ length: count }, (_, index) => cookies[(from + index) % cookies.length]!);
}

async function measureWaits({ authenticate }: Contestant, cookies: string[]): Promise<number[]> {
  const start = performance.now();
  return Promise.all(
    cookies.map(async (cookie) => {
      await authenticate(cookie);
      return performance.now() - start;
    }),
  );
}

function quantile(values: number[], q: number): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length * q)]!;
}

const [name, rounds] = process.argv.slice(2);
console.log(JSON.stringify(await measureSpeed(name as MeasuredName, Number(rounds))));
