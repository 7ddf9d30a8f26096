import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chooseShard, parseShard, shuffle } from './selection.ts';

const names = ['a', 'a', 'b', 'c', 'c', 'c', 'd', 'e'].map((name, index) => ({ name, index }));

it('gives every snippet to one shard, and twins to the same', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 12 }), (count) => {
      const shards = Array.from({ length: count }, (_, index) => chooseShard(names, { index: index + 1, count }));
      expect(shards.flat().toSorted((a, b) => a.index - b.index)).toEqual(names);
      for (const name of 'abcde')
        expect(shards.filter((shard) => shard.some((each) => each.name === name))).toHaveLength(1);
    }),
  );
});

it.each([
  ['1/1', { index: 1, count: 1 }],
  ['2/3', { index: 2, count: 3 }],
  ['0/3', undefined],
  ['4/3', undefined],
  ['a/b', undefined],
  ['1', undefined],
])('reads %s', (text, shard) => {
  expect(parseShard(text)).toEqual(shard);
});

it('shuffles without losing anything, the same way for the same seed', () => {
  fc.assert(
    fc.property(fc.array(fc.nat()), fc.nat(), (items, seed) => {
      const shuffled = shuffle(items, seed);
      expect(shuffled).toEqual(shuffle(items, seed));
      expect(shuffled.toSorted()).toEqual(items.toSorted());
    }),
  );
});

it('shuffles differently for another seed', () => {
  const items = Array.from({ length: 20 }, (_, index) => index);
  expect(new Set([1, 2, 3, 4].map((seed) => shuffle(items, seed).join())).size).toBe(4);
});
