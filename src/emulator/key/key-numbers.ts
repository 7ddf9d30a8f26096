/** A sentence → the numbers of an RSA key pair, the same wherever it is read (RFC 8017 section 3). */

/**
 * PUBLIC AND WORTHLESS. The private key follows from this sentence, which lies in a public repository: anyone can sign
 * with it, so nothing outside a test may ever trust it. It is fixed so that a cookie outlives a restart of the
 * emulator.
 */
const SENTENCE = 'PUBLIC AND WORTHLESS: this key of the AuthKit emulator';
/** How far each prime lies beyond what the sentence gives: to look for it would take a browser too long. */
const OFFSETS = { p: 1054n, q: 76n };

/** Named as in a JSON Web Key (RFC 7518 section 6.3). */
export interface KeyNumbers {
  n: bigint;
  e: bigint;
  d: bigint;
  p: bigint;
  q: bigint;
  dp: bigint;
  dq: bigint;
  qi: bigint;
}

const E = 65_537n;
const PRIME_BITS = 1024n;
const DIGEST_BITS = 256n;

export async function deriveKeyNumbers(): Promise<KeyNumbers> {
  const [p, q] = await Promise.all([derivePrime('p'), derivePrime('q')]);
  const d = inverse(E, (p - 1n) * (q - 1n));
  return { n: p * q, e: E, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qi: inverse(q, p) };
}

/** The bytes of a number, without leading zeros. */
export function bytesOf(number: bigint): Uint8Array<ArrayBuffer> {
  const digits = number.toString(16);
  const pairs = digits.padStart(digits.length + (digits.length % 2), '0').match(/../g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

/** From an odd number whose first two bits are set, so that the product of two primes has twice as many. */
async function derivePrime(name: keyof typeof OFFSETS): Promise<bigint> {
  let number = 0n;
  for (let bits = 0n; bits < PRIME_BITS; bits += DIGEST_BITS) {
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(`${SENTENCE}, ${name} ${bits}`));
    for (const byte of new Uint8Array(digest)) number = (number << 8n) + BigInt(byte);
  }
  return (number | (3n << (PRIME_BITS - 2n)) | 1n) + OFFSETS[name];
}

/** By Euclid's algorithm: the number that gives 1 when it is multiplied with `number`, modulo `modulus`. */
function inverse(number: bigint, modulus: bigint): bigint {
  let [rest, next, factor, nextFactor] = [modulus, number, 0n, 1n];
  while (next > 0n) {
    const times = rest / next;
    [rest, next, factor, nextFactor] = [next, rest - times * next, nextFactor, factor - times * nextFactor];
  }
  return (factor + modulus) % modulus;
}
