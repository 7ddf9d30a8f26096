import fc from 'fast-check';
import * as package_ from 'iron-webcrypto';
import { expect, it } from 'vitest';
import { defaults, seal, unseal } from './iron.ts';

const PASSWORD = { id: '1', secret: 'a cookie password of thirty-two characters or more' };
const OTHER = { id: 'older', secret: 'an older cookie password, also of 32 characters' };
const passwords = { [PASSWORD.id]: PASSWORD.secret, [OTHER.id]: OTHER.secret };
const decode = JSON.parse;

it('exports what the helpers ask of the package', () => {
  expect(package_).toMatchObject({
    defaults: expect.any(Object),
    seal: expect.any(Function),
    unseal: expect.any(Function),
  });
  expect(defaults).toEqual({});
});

it('seals what the package opens, and opens what the package seals', async () => {
  const content = fc.dictionary(
    fc.string(),
    fc.oneof(fc.string({ unit: 'grapheme', maxLength: 2_000 }), fc.integer(), fc.boolean()),
  );
  await fc.assert(
    fc.asyncProperty(content, fc.constantFrom(PASSWORD, OTHER), async (given, password) => {
      const plain: unknown = JSON.parse(JSON.stringify(given));
      expect(await package_.unseal(await seal(given, password), passwords, package_.defaults)).toEqual(plain);
      expect(await unseal(await package_.seal(given, password, package_.defaults), passwords, { decode })).toEqual(
        plain,
      );
    }),
    { numRuns: 40 },
  );
});

it('opens nothing that the package does not', async () => {
  const sealed = await package_.seal({ user: 'ada' }, PASSWORD, package_.defaults);
  const opensIn = async (attempt: Promise<unknown>) =>
    attempt.then(
      () => true,
      () => false,
    );
  for (let place = 0; place < sealed.length - 1; place += 1) {
    const forged = sealed.slice(0, place) + (sealed[place] === 'a' ? 'b' : 'a') + sealed.slice(place + 1);
    expect(await opensIn(unseal(forged, passwords, { decode })), forged).toBe(false);
  }
  for (const [ttl, opens] of [
    [-59_000, true],
    [-61_000, false],
  ] as const) {
    const late = await package_.seal({ user: 'ada' }, PASSWORD, {
      ...package_.defaults,
      localtimeOffsetMsec: ttl - 1,
      ttl: 1,
    });
    expect(await opensIn(package_.unseal(late, passwords, package_.defaults))).toBe(opens);
    expect(await opensIn(unseal(late, passwords, { decode }))).toBe(opens);
  }
  for (const text of ['', '*******', 'Fe26.2', sealed.replaceAll('*', '')])
    expect(await opensIn(unseal(text, passwords, { decode })), text).toBe(false);
  expect(await opensIn(unseal(sealed, { [OTHER.id]: OTHER.secret }, { decode }))).toBe(false);
});
