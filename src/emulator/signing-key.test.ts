import { createHash, X509Certificate } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { expect, it } from 'vitest';
import { importSigningKey, KEY_SET } from './signing-key.ts';

it('carries a certificate of the very key beside it, and its thumbprint', async () => {
  for (const { x5c, n, e, 'x5t#S256': thumbprint } of KEY_SET.keys) {
    const bytes = Buffer.from(x5c[0] ?? '', 'base64');
    const certified = new X509Certificate(bytes).publicKey.export({ format: 'jwk' });
    expect(await calculateJwkThumbprint({ kty: 'RSA', n, e })).toBe(
      await calculateJwkThumbprint({ kty: 'RSA', n: certified.n ?? '', e: certified.e ?? '' }),
    );
    expect(createHash('sha256').update(bytes).digest('base64url')).toBe(thumbprint);
  }
});

it('signs with a key of 2048 bits that cannot be taken out again', async () => {
  const key = await importSigningKey();
  expect(key.algorithm).toMatchObject({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048 });
  expect([key.extractable, key.usages]).toEqual([false, ['sign']]);
});
