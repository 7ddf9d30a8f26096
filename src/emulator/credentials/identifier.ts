/** The time and random letters → identifiers like those of the API: a prefix and a ULID, such as `session_01HQ…`. */

/** Crockford's base 32: no I, L, O or U (the ULID specification). */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const TIME_LETTERS = 10;
const RANDOM_LETTERS = 16;

/** A ULID: 10 letters from `nowMs` and 16 random letters. Later ones sort after earlier ones. */
export function newUlid(nowMs: number): string {
  let time = '';
  for (let rest = Math.floor(nowMs), count = 0; count < TIME_LETTERS; count += 1) {
    time = ALPHABET.charAt(rest % 32) + time;
    rest = Math.floor(rest / 32);
  }
  return time + randomLetters(RANDOM_LETTERS);
}

/** `length` random letters of 5 bits each. */
export function randomLetters(length: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(length));
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % 32)).join('');
}
