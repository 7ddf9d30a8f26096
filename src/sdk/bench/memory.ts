/**
 * The memory that a contestant keeps over many calls, in its own process:
 * `node --expose-gc --max-semi-space-size=4 src/sdk/bench/memory.ts <contestant> <calls>` prints JSON.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { prepare, type ContestantName } from './contestants.ts';
import { createWorkload } from './workload.ts';

export interface Memory {
  name: string;
  calls: number;
  /** Growth of the heap after a garbage collection, in megabytes. */
  heapMb: number;
  /** Growth of the process, in megabytes. */
  rssMb: number;
}

const AT_ONCE = 64;
const WARM_UP_CALLS = 20_000;
const MEGABYTE = 1_048_576;

async function measureMemory(name: ContestantName, calls: number): Promise<Memory> {
  const workload = await createWorkload(1_000);
  const { authenticate } = await prepare(name, workload);
  const call = async (count: number) => {
    for (let done = 0; done < count; done += AT_ONCE) {
      const cookies = Array.from({ length: AT_ONCE }, (_, index) => workload.cookies[(done + index) % 1_000]!);
      await Promise.all(cookies.map(authenticate));
    }
  };
  await call(Math.min(WARM_UP_CALLS, calls));
  const before = await settle();
  await call(calls);
  const after = await settle();
  await workload.close();
  const grown = (key: 'heapUsed' | 'rss') => (after[key] - before[key]) / MEGABYTE;
  return { name, calls, heapMb: grown('heapUsed'), rssMb: grown('rss') };
}

async function settle(): Promise<NodeJS.MemoryUsage> {
  for (let turn = 0; turn < 3; turn++) {
    globalThis.gc?.();
    await sleep(50);
  }
  return process.memoryUsage();
}

const [name, calls] = process.argv.slice(2);
console.log(JSON.stringify(await measureMemory(name as ContestantName, Number(calls))));
