import { createHash, X509Certificate } from 'node:crypto';
import { calculateJwkThumbprint } from 'jose';
import { expect, it } from 'vitest';
import { importSigningKey } from './signing-key.ts';

it('carries a certificate of the very key beside it, signed by it, and its thumbprint', async () => {
  const { keySet } = await importSigningKey();
  expect(keySet.keys).toHaveLength(1);
  for (const { x5c, n, e, 'x5t#S256': thumbprint } of keySet.keys) {
    const bytes = Buffer.from(x5c[0] ?? '', 'base64');
    const certificate = new X509Certificate(bytes);
    const certified = certificate.publicKey.export({ format: 'jwk' });
    expect(await calculateJwkThumbprint({ kty: 'RSA', n, e })).toBe(
      await calculateJwkThumbprint({ kty: 'RSA', n: certified.n ?? '', e: certified.e ?? '' }),
    );
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect([certificate.subject, certificate.issuer, certificate.validTo]).toEqual([
      'CN=AuthKit emulator - public test key',
      'CN=AuthKit emulator - public test key',
      'Dec 31 23:59:59 9999 GMT',
    ]);
    expect(createHash('sha256').update(bytes).digest('base64url')).toBe(thumbprint);
  }
});

it('signs with a key of 2048 bits that cannot be taken out again', async () => {
  const { privateKey: key } = await importSigningKey();
  expect(key.algorithm).toMatchObject({ name: 'RSASSA-PKCS1-v1_5', modulusLength: 2048 });
  expect([key.extractable, key.usages]).toEqual([false, ['sign']]);
});

it('is the same key in every emulator, so that a cookie outlives a restart', async () => {
  const [key] = (await importSigningKey()).keySet.keys;
  expect(key && (await calculateJwkThumbprint({ kty: 'RSA', n: key.n, e: key.e }))).toMatchInlineSnapshot(
    `"8FWwShLLFM2FK5dqduj3wNaZFSWlMVwYYZECKKn17w8"`,
  );
});
