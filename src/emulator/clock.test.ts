import { expect, it } from 'vitest';
import { createClock } from './clock.ts';

const LATEST_SEC = Date.UTC(9999, 11, 31) / 1_000;

it('counts in seconds and milliseconds', () => {
  const clock = createClock(() => 5_000_900);
  clock.advance(10);
  expect([clock.nowMs(), clock.nowSec(), clock.offsetSec()]).toEqual([5_010_900, 5_010, 10]);
});

it('moves to any time from 1970 to the last day of 9999, and stays where it is otherwise', () => {
  const clock = createClock(() => 0);
  clock.advance(LATEST_SEC);
  expect(() => clock.advance(1)).toThrow(expect.objectContaining({ code: 'invalid_option' }));
  expect(clock.nowSec()).toBe(LATEST_SEC);
  clock.advance(-LATEST_SEC);
  expect(() => clock.advance(-0.001)).toThrow(expect.objectContaining({ code: 'invalid_option' }));
  expect(clock.nowMs()).toBe(0);
});
