import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Replay } from './replay.ts';

let now = 0;
let runs = 0;
let replay: Replay<number>;
const work = async () => ++runs;
const run = (key = 'key', keep = true) => replay.run(key, { work, keep: () => keep, patienceMs: 5_000 });

beforeEach(() => {
  [now, runs] = [0, 0];
  replay = new Replay({ windowMs: 1_000, entriesMax: 3, now: () => now });
});

test('callers at the same time share one run', async () => {
  expect(await Promise.all([run(), run(), run()])).toEqual([1, 1, 1]);
});

test('a caller with a millisecond left does the work, one without does not', async () => {
  const runFor = (patienceMs: number) => replay.run('key', { work, keep: () => false, patienceMs });
  expect([await runFor(1), await runFor(0)]).toEqual([1, undefined]);
});

test('a result is reused within the window, but not at its end', async () => {
  await run();
  now = 999;
  expect(await run()).toBe(1);
  now = 1_000;
  expect(await run()).toBe(2);
});

test('a result is not reused after the clock was set back by more than the window', async () => {
  now = 1_000_000;
  await run();
  now = 500;
  expect(await run()).toBe(2);
});

test('another key is another run', async () => {
  expect(await Promise.all([run('a'), run('b')])).toEqual([1, 2]);
});

test('a result that is not kept is for callers that wait for it, and not for later ones', async () => {
  expect(await Promise.all([run('key', false), run()])).toEqual([1, 1]);
  expect(await run()).toBe(2);
});

test('work that throws reaches all who wait for it, and is done again for the next one', async () => {
  const broken = () =>
    replay.run('key', { work: () => Promise.reject(new Error('broken')), keep: () => true, patienceMs: 5_000 });
  const results = await Promise.allSettled([broken(), run()]);
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await run()).toBe(1);
});

describe('work that was lost with its request', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());
  let finish: (value: number) => void;
  const lose = (patienceMs = 5_000) => {
    const lost = replay.run('key', { work: () => new Promise((resolve) => (finish = resolve)), keep, patienceMs });
    vi.clearAllTimers();
    return lost;
  };
  const keep = () => true;

  test('is done again, once, by those who wait for it', async () => {
    void lose();
    const waiting = Promise.all([run(), run()]);
    await vi.advanceTimersByTimeAsync(1_500);
    expect(await waiting).toEqual([1, 1]);
  });

  test('does not replace the result of the work that took its place', async () => {
    const lost = lose();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(await run()).toBe(1);
    finish(7);
    expect(await lost).toBe(7);
    expect(await run()).toBe(1);
  });

  test('passes on the time that is left to the caller that does it again', async () => {
    void lose();
    const leftMs: number[] = [];
    const waiting = replay.run('key', { work: async (left) => leftMs.push(left), keep, patienceMs: 3_000 });
    await vi.advanceTimersByTimeAsync(1_500);
    await waiting;
    expect(leftMs[0]).toBeGreaterThan(1_000);
    expect(leftMs[0]).toBeLessThanOrEqual(2_000);
  });

  test('returns nothing to a caller whose time ends first', async () => {
    void lose();
    const waiting = replay.run('key', { work, keep, patienceMs: 100 });
    await vi.advanceTimersByTimeAsync(200);
    expect(await waiting).toBeUndefined();
    expect(runs).toBe(0);
  });
});

test('never keeps more results than allowed, and forgets expired ones', async () => {
  for (let i = 0; i < 100; i++) await run(`key ${i}`);
  expect(replay.size).toBe(3);
  expect(await run('key 99')).toBe(100);
  expect(await run('key 0')).toBe(101);
  now = 5_000;
  await run('another');
  expect(replay.size).toBe(1);
});
