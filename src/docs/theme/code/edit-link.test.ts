import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packText, unpackText } from './edit-link.ts';

it('round-trips every text, in characters that a URL may contain', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), async (text) => {
      const packed = await packText(text);
      expect(packed).toMatch(/^[\w-]+$/);
      expect(await unpackText(packed)).toBe(text);
    }),
    { numRuns: 30 },
  );
});

it.each([
  ['nothing', ''],
  ['invalid base64url', '%%'],
  ['data that was not packed', 'AAAA'],
  ['a cut link', 'S87PK0nNKwEA'.slice(0, 6)],
])('finds no program in %s', async (_what, packed) => {
  expect(await unpackText(packed)).toBeUndefined();
});

it('stops unpacking at the size limit', async () => {
  expect(await unpackText(await packText('x'.repeat(5_000_000)))).toBeUndefined();
  expect(await unpackText(await packText('x'.repeat(65_537)))).toBeUndefined();
  expect(await unpackText(await packText('x'.repeat(65_536)))).toHaveLength(65_536);
});
