import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shuffle } from './shuffle.ts';

it('shuffles without losing items, in the same order for the same seed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.nat(), (items, seed) => {
      const shuffled = shuffle(items, seed);
      expect(shuffled).toEqual(shuffle(items, seed));
      expect(shuffled.toSorted()).toEqual(items.toSorted());
    }),
  );
});

it('shuffles in another order for another seed', () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  expect(new Set([1, 2, 3, 4].map((seed) => shuffle(items, seed).join())).size).toBe(4);
});
