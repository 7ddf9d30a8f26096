import { expect, test } from 'vitest';
import { abortable } from './abortable.ts';

function countListeners() {
  const controller = new AbortController();
  const { signal } = controller;
  let listeners = 0;
  const counted = {
    get aborted() {
      return signal.aborted;
    },
    get reason(): unknown {
      return signal.reason;
    },
    addEventListener: (type: 'abort', listener: () => void) => {
      listeners += 1;
      signal.addEventListener(type, listener);
    },
    removeEventListener: (type: 'abort', listener: () => void) => {
      listeners -= 1;
      signal.removeEventListener(type, listener);
    },
  };
  return { controller, counted, listeners: () => listeners };
}

test('leaves no listener on a signal that outlives the call', async () => {
  const { counted, listeners } = countListeners();
  expect(await abortable(async () => 'done', counted)).toBe('done');
  await expect(abortable(() => Promise.reject(new Error('failed')), counted)).rejects.toThrow('failed');
  expect(listeners()).toBe(0);
});

test('rejects with the reason of the signal, before and during the work', async () => {
  const { controller, counted, listeners } = countListeners();
  const reason = new Error('enough');
  const call = abortable(() => new Promise(() => {}), counted);
  controller.abort(reason);
  await expect(call).rejects.toBe(reason);
  let worked = false;
  await expect(
    abortable(async () => {
      worked = true;
    }, counted),
  ).rejects.toBe(reason);
  expect([worked, listeners()]).toEqual([false, 0]);
});
