import fc from 'fast-check';
import { expect, it } from 'vitest';
import { packText, unpackText } from './edit-link.ts';

it('gives back every program it was given, in letters that an address may hold', async () => {
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
  ['no base64url', '%%'],
  ['what was not packed', 'AAAA'],
  ['a cut link', 'S87PK0nNKwEA'.slice(0, 6)],
])('finds no program in %s', async (_what, packed) => {
  expect(await unpackText(packed)).toBeUndefined();
});

it('unpacks no more than a program, however much a link holds', async () => {
  expect(await unpackText(await packText('x'.repeat(5_000_000)))).toBeUndefined();
});
