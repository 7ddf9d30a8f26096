/** The page of the seal format, compared with sealed sessions: the helpers' own, and the test vectors. */
import { createHmac, pbkdf2Sync } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { WorkOS } from 'authkit-session-helpers';
import { expect, it } from 'vitest';
import { sealText } from '../sdk/testdata/seal-by-hand.ts';

const page = await readFile(
  new URL('../../content/reference/authkit/session-helpers/seal-format.mdx', import.meta.url),
  'utf8',
);
const vectors = await readFile(new URL('../../snippets/seal-format-vectors.ts', import.meta.url), 'utf8');
const rows = Array.from(page.matchAll(/^\| ([^|]+?) +\| ([^|]+?) +\|$/gm), ([, name = '', meaning = '']) => ({
  name: name.replaceAll('`', ''),
  meaning,
})).filter(({ name }) => name !== 'Part' && !name.startsWith('---'));
const [, fence = ''] = /```text\n(Fe26.*)\n```/.exec(page) ?? [];

const PASSWORD = 'a-password-of-32-characters-long';
const { userManagement } = new WorkOS({ apiKey: 'sk_test', clientId: 'client_test' });

async function seal(): Promise<string> {
  return userManagement.sealSession({ accessToken: 'a', refreshToken: 'r', user: { id: 'user_01' } } as never, {
    cookiePassword: PASSWORD,
  });
}

/** `…*MAC~2` → the parts, with what follows the last as a part of its own. */
const split = (text: string) => text.replace(/(?=~)/, '*').split('*');

it('names the parts of the fence in its table, in their order', () => {
  expect(split(fence).map((part) => part.replaceAll(/[<>]/g, ''))).toEqual(rows.map(({ name }) => name));
});

it('describes each part as it is in a sealed session', async () => {
  const parts = split(await seal());
  expect(parts).toHaveLength(rows.length);
  for (const [index, { name, meaning }] of rows.entries()) {
    const part = parts[index] ?? '';
    const [, bytes] = /^(\d+) random bytes/.exec(meaning) ?? [];
    const [, digits] = /as (\d+) hex digits/.exec(meaning) ?? [];
    if (!split(fence)[index]?.startsWith('<')) expect([name, part]).toEqual([name, name]);
    if (digits !== undefined) {
      expect([name, part]).toEqual([name, expect.stringMatching(new RegExp(`^[0-9a-f]{${digits}}$`))]);
      expect([name, Number(digits) / 2]).toEqual([name, Number(bytes)]);
    }
    if (meaning.includes('base64url without padding')) {
      expect([name, part]).toEqual([name, expect.stringMatching(/^[\w-]+$/)]);
      if (bytes !== undefined) expect([name, Buffer.from(part, 'base64url').length]).toEqual([name, Number(bytes)]);
      if (meaning.includes('SHA256')) expect(Buffer.from(part, 'base64url')).toHaveLength(32);
    }
    if (meaning.includes('empty here')) expect([name, part]).toEqual([name, '']);
  }
});

it('names the algorithms that the test vectors use', () => {
  const [, hash = '', bytes = ''] = /PBKDF2: (SHA-\d+), one iteration, (\d+) bytes/.exec(page) ?? [];
  expect(vectors).toContain(`pbkdf2Sync(password, salt, 1, ${bytes}, '${hash.replace('-', '').toLowerCase()}')`);
  const cipher = rows.find(({ name }) => name === 'ciphertext')?.meaning.split(' ')[0] ?? '';
  expect(vectors).toContain(`createCipheriv('${cipher.toLowerCase()}'`);
  const mac = rows.find(({ name }) => name === 'MAC')?.meaning.split(' ')[0] ?? '';
  expect(vectors).toContain(`createHmac('${mac.replace('HMAC-', '').toLowerCase()}'`);
});

it('says what the MAC is computed over', async () => {
  const [, end = ''] = /HMAC-SHA256 over all parts before the ([\w ]+), joined by `\*`/.exec(page) ?? [];
  const names = rows.map(({ name }) => name);
  const parts = split(await seal());
  const part = (name: string) => parts[names.indexOf(name)] ?? '';
  const key = pbkdf2Sync(PASSWORD, part('MAC salt'), 1, 32, 'sha1');
  const signed = parts.slice(0, names.indexOf(end)).join('*');
  expect(createHmac('sha256', key).update(signed).digest('base64url')).toBe(part('MAC'));
});

it('says how the payload is wrapped', async () => {
  const payload = { accessToken: 'a', refreshToken: 'r', user: { id: 'user_01', email: 'ada@example.com' } };
  const [, plain = '', wrapped = '', field = ''] =
    /With `(~\d)` or no suffix, it is not wrapped. With `(~\d)`, it may be inside `(\w+)`/.exec(page) ?? [];
  const sealed = async (value: object, suffix: string) =>
    userManagement.unsealSession(sealText(JSON.stringify(value), PASSWORD).replace(/~\d$/, suffix), {
      cookiePassword: PASSWORD,
    });
  for (const [value, suffix] of [
    [payload, plain],
    [payload, ''],
    [{ [field]: payload }, wrapped],
  ] as const)
    expect(await sealed(value, suffix)).toMatchObject({ accessToken: 'a', refreshToken: 'r' });
  expect(await sealed({ [field]: payload }, plain)).toBeUndefined();
});
