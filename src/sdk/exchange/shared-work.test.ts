import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isAlive, joinWork, startWork } from './shared-work.ts';

const never = () => new Promise<number>(() => {});

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** What a runtime does that cancels a request: its timers do not fire again, and nothing it waits for arrives. */
const cancelRequest = () => vi.clearAllTimers();

test('work is alive for as long as it takes', async () => {
  const work = startWork(never, undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(isAlive(work)).toBe(true);
});

test('work is lost a second after its request was cancelled', async () => {
  const work = startWork(never, undefined);
  cancelRequest();
  await vi.advanceTimersByTimeAsync(999);
  expect(isAlive(work)).toBe(true);
  await vi.advanceTimersByTimeAsync(1);
  expect(isAlive(work)).toBe(false);
});

test('a caller that joins gets the result', async () => {
  const work = startWork(() => new Promise<number>((resolve) => setTimeout(() => resolve(7), 5_000)), undefined);
  const joined = joinWork(work, 10_000);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(await joined).toEqual({ value: 7 });
  expect(vi.getTimerCount()).toBe(0);
});

test('a caller that joins learns soon that the work was lost', async () => {
  const work = startWork(never, undefined);
  cancelRequest();
  const joined = joinWork(work, 10_000);
  await vi.advanceTimersByTimeAsync(1_250);
  expect(await joined).toBeUndefined();
  expect(vi.getTimerCount()).toBe(0);
});

test('a caller that joins waits no longer than its time limit', async () => {
  const joined = joinWork(startWork(never, undefined), 300);
  await vi.advanceTimersByTimeAsync(301);
  expect(await joined).toBeUndefined();
});

test('a caller that joins sees the failure, and waitUntil gets a promise that does not reject', async () => {
  const waited: Promise<unknown>[] = [];
  const work = startWork(
    () => Promise.reject(new Error('broken')),
    (promise) => waited.push(promise),
  );
  await expect(joinWork(work, 1_000)).rejects.toThrow('broken');
  expect(await Promise.all(waited)).toEqual([undefined]);
});
