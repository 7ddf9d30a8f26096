/**
 * Iron with passwords on the web's cryptography: what the helpers take from a package in browsers, in a third of its
 * bytes. It stands in the package's place in the sandbox, where a reader waits for each of them. As in Node, what opens
 * a cookie shares nothing with the emulator, which seals it.
 */

/** Both keys have 256 bits. */
const ENCRYPTION = { name: 'AES-CBC', length: 256 };
const INTEGRITY = { name: 'HMAC', hash: 'SHA-256', length: 256 };
const SALT_BYTES = 32;
const IV_BYTES = 16;
/** How far clocks may differ where a seal has an expiration. */
const CLOCK_SKEW_MS = 60_000;

/** There is nothing to choose. */
export const defaults = {};

/** JSON, sealed with a password of 32 characters or more. */
export async function seal(content: unknown, { id, secret }: { id: string; secret: string }): Promise<string> {
  const iv = randomBytes(IV_BYTES);
  const [salt, macSalt] = [hex(randomBytes(SALT_BYTES)), hex(randomBytes(SALT_BYTES))];
  const encrypted = await crypto.subtle.encrypt(
    { name: 'AES-CBC', iv },
    await deriveKey(secret, salt, ENCRYPTION, 'encrypt'),
    bytesOf(JSON.stringify(content)),
  );
  const signed = `Fe26.2*${id}*${salt}*${base64url(iv)}*${base64url(encrypted)}*`;
  const mac = await crypto.subtle.sign('HMAC', await deriveKey(secret, macSalt, INTEGRITY, 'sign'), bytesOf(signed));
  return `${signed}*${macSalt}*${base64url(mac)}`;
}

/** What was sealed, as `decode` reads its JSON. Throws for anything else. */
export async function unseal(
  sealed: string,
  passwords: Readonly<Record<string, string>>,
  { decode }: { decode: (text: string) => unknown },
): Promise<unknown> {
  const [prefix, id, salt, iv, encrypted, expiration, macSalt, mac] = sealed.split('*') as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const secret = passwords[id || 'default'];
  const signed = [prefix, id, salt, iv, encrypted, expiration].join('*');
  const isOurs =
    secret !== undefined &&
    (await crypto.subtle.verify(
      'HMAC',
      await deriveKey(secret, macSalt, INTEGRITY, 'verify'),
      fromBase64url(mac),
      bytesOf(signed),
    ));
  if (!isOurs || (expiration && Number(expiration) <= Date.now() - CLOCK_SKEW_MS))
    throw new Error('Cannot unseal: it was not sealed with this password, or has expired');
  const algorithm = { name: 'AES-CBC', iv: fromBase64url(iv) };
  return decode(
    new TextDecoder().decode(
      await crypto.subtle.decrypt(
        algorithm,
        await deriveKey(secret, salt, ENCRYPTION, 'decrypt'),
        fromBase64url(encrypted),
      ),
    ),
  );
}

/** PBKDF2-SHA1, with the salt's hexadecimal text for a salt. */
async function deriveKey(
  secret: string,
  salt: string,
  algorithm: AesKeyGenParams | HmacKeyGenParams,
  usage: KeyUsage,
): Promise<CryptoKey> {
  const material = await crypto.subtle.importKey('raw', bytesOf(secret), 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name: 'PBKDF2', hash: 'SHA-1', salt: bytesOf(salt), iterations: 1 },
    material,
    algorithm,
    false,
    [usage],
  );
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function base64url(bytes: ArrayBuffer | Uint8Array<ArrayBuffer>): string {
  return btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

function fromBase64url(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
}
