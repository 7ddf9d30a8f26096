/** CPU time of a call, with all contestants taking turns in one process, and how long 64 concurrent callers wait. */
import { CONTESTANTS, prepare, type Contestant } from './contestants.ts';
import { createWorkload, type Workload } from './workload.ts';

export interface Speed {
  name: string;
  /** CPU time of the whole process for one call, including its threads, in microseconds. */
  cpuMicros: number;
  /** Ratio to the limit in the same run. */
  ratio: number;
  /** How many milliseconds one of 64 callers waits. */
  p50Ms: number;
  p99Ms: number;
}

const BATCH = 100;
const CALLERS = 64;
/** More tokens than the helpers remember, so that each is new to them. */
const COOKIES = 3_000;
const SEEN_AGAIN = 'ours, token seen before';

export async function measureSpeed(rounds: number): Promise<Speed[]> {
  const workload = await createWorkload(COOKIES);
  try {
    const contestants = await Promise.all(CONTESTANTS.map((name) => prepare(name, workload)));
    const ours = contestants.find(({ name }) => name === 'ours')!;
    contestants.splice(2, 0, { name: SEEN_AGAIN, authenticate: ours.authenticate });
    const cpu = await takeTurns(contestants, workload, rounds);
    const waits = new Map<string, number[]>();
    for (let round = 0; round < Math.max(4, rounds / 6); round++) {
      for (const contestant of contestants) {
        const measured = await measureWaits(contestant, pick(contestant, workload, round, CALLERS));
        if (round >= 2) waits.set(contestant.name, [...(waits.get(contestant.name) ?? []), ...measured]);
      }
    }
    return contestants.map(({ name }) => ({
      name,
      cpuMicros: cpu.get(name)!,
      ratio: cpu.get(name)! / cpu.get('limit')!,
      p50Ms: quantile(waits.get(name)!, 0.5),
      p99Ms: quantile(waits.get(name)!, 0.99),
    }));
  } finally {
    await workload.close();
  }
}

/** CPU time of a call in microseconds. The first third of the rounds warms up. */
async function takeTurns(contestants: Contestant[], workload: Workload, rounds: number): Promise<Map<string, number>> {
  const totals = new Map<string, number>();
  const warmUp = Math.ceil(rounds / 3);
  for (let round = 0; round < rounds + warmUp; round++) {
    for (const contestant of contestants) {
      const cookies = pick(contestant, workload, round, BATCH);
      const start = process.cpuUsage();
      for (const cookie of cookies) await contestant.authenticate(cookie);
      const { user, system } = process.cpuUsage(start);
      if (round >= warmUp) totals.set(contestant.name, (totals.get(contestant.name) ?? 0) + user + system);
    }
  }
  for (const [name, total] of totals) totals.set(name, total / (rounds * BATCH));
  return totals;
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
