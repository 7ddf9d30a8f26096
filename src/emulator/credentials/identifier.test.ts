import { expect, it } from 'vitest';
import { newUlid } from './identifier.ts';

it('begins a ULID with its time in Crockford’s base 32', () => {
  expect(newUlid(1469918176385)).toMatch(/^01ARYZ6S41[0-9A-HJKMNP-TV-Z]{16}$/);
});

it('sorts identifiers by the time they were made', () => {
  const times = [0, 1, 31, 32, 1e9, 1.7e12, Date.UTC(9999, 11, 31)];
  const ulids = times.map((time) => newUlid(time));
  expect(ulids.toSorted()).toEqual(ulids);
  expect(new Set(ulids.map((ulid) => ulid.length))).toEqual(new Set([26]));
});

it('makes no identifier twice in one millisecond', () => {
  expect(new Set(Array.from({ length: 1000 }, () => newUlid(0))).size).toBe(1000);
});
