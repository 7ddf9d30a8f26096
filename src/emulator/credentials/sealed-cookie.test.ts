import { unseal, defaults } from '@hapi/iron';
import fc from 'fast-check';
import { unsealData } from 'iron-session';
import { expect, it } from 'vitest';
import { sealCookie } from './sealed-cookie.ts';

const PASSWORD = 'thirty-two characters are enough';

/** The seal without its suffix: Iron itself knows none, the library around it does. */
const bare = (cookie: string) => cookie.slice(0, -'~2'.length);

it('seals any JSON with any password so that @hapi/iron opens it', async () => {
  // Iron's own reader refuses this key, as it should.
  const json = fc.jsonValue().filter((value) => !JSON.stringify(value).includes('__proto__'));
  const password = fc.string({ minLength: 32, maxLength: 80, unit: 'grapheme' });
  await fc.assert(
    fc.asyncProperty(json, password, async (value, secret) => {
      const plain = JSON.parse(JSON.stringify(value)) as unknown;
      expect(await unseal(bare(await sealCookie(value, secret)), secret, defaults)).toEqual(plain);
    }),
    { numRuns: 50 },
  );
});

it('seals so that iron-session opens it, including the suffix', async () => {
  const content = { accessToken: 'a', user: { name: 'Åsa 🍎' } };
  expect(await unsealData(await sealCookie(content, PASSWORD), { password: PASSWORD })).toEqual(content);
});

it('lays the parts out as the format says', async () => {
  expect(await sealCookie({}, PASSWORD)).toMatch(
    /^Fe26\.2\*1\*[0-9a-f]{64}\*[\w-]{22}\*[\w-]{22}\*\*[0-9a-f]{64}\*[\w-]{43}~2$/,
  );
});

it('seals so that no other password opens it', async () => {
  const cookie = await sealCookie({ accessToken: 'a' }, PASSWORD);
  await expect(unseal(bare(cookie), `${PASSWORD}!`, defaults)).rejects.toThrow('Bad hmac value');
});

it('makes another cookie every time', async () => {
  const cookies = await Promise.all(Array.from({ length: 20 }, () => sealCookie({}, PASSWORD)));
  const parts = cookies.map((cookie) => cookie.split('*'));
  for (const part of [2, 3, 6]) expect(new Set(parts.map((each) => each[part])).size).toBe(20);
});
