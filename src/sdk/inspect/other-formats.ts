/** A value that is not a seal → the library that wrote it, if its format is known. */
import { decodeTokenPart } from '../access-token.ts';
import { decodeBase64url } from '../runtime.ts';
import { cause, type Cause } from './causes.ts';
import { describeTime, showValue } from './words.ts';

/** Version, time, initialization vector, one block, MAC. */
const FERNET_BYTES_MIN = 1 + 8 + 16 + 16 + 32;
/** Version, initialization vector, tag, one byte. */
const AES_GCM_BYTES_MIN = 1 + 12 + 16 + 1;

/** The cause for a value that does not begin as a seal does. */
export function recognizeFormat(value: string, nowMs: number): Cause {
  const [version] = /^Fe26\.\d+(?=\*)/.exec(value) ?? [];
  if (version !== undefined) return cause('other_seal_version', version);
  if (/\*[\da-f]{64}\*[\w-]{43}(?:~\d)?$/.test(value)) return cause('beginning_missing');
  return recognizeToken(value) ?? recognizeEncrypted(value, nowMs) ?? recognizeSigned(value);
}

function recognizeToken(value: string): Cause | undefined {
  const [header, claims] = value.split('.').map(decodeTokenPart);
  if (!header || !('alg' in header)) return undefined;
  if ('enc' in header) return cause('encrypted_jwt', showValue(header['enc']));
  const isAccessToken = typeof claims?.['sid'] === 'string';
  return cause('plain_jwt', isAccessToken ? 'an access token' : 'a JWT');
}

function recognizeEncrypted(value: string, nowMs: number): Cause | undefined {
  const bytes = decodeAnyBase64(value);
  if (!bytes) return undefined;
  if (bytes[0] === 0x80 && bytes.length >= FERNET_BYTES_MIN && (bytes.length - FERNET_BYTES_MIN) % 16 === 0) {
    const sealedAtSec = Number(new DataView(bytes.buffer).getBigUint64(1));
    return cause('vendor_python', describeTime(sealedAtSec, nowMs));
  }
  // Both versions write base64 with + and /, padded; a value of this length has such characters.
  if (bytes.length < AES_GCM_BYTES_MIN || !/[+/=]/.test(value)) return undefined;
  return cause('vendor_ruby', bytes[0] === 1 ? ', version 7 or later' : ', up to version 6');
}

/** Bytes of base64 of either alphabet, padded or not, also in several lines, as Ruby writes it; undefined for other text. */
function decodeAnyBase64(value: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return decodeBase64url(value);
  } catch {
    // Not base64 after all.
    return undefined;
  }
}

const OTHERS: readonly [pattern: RegExp, library: string][] = [
  [/^[A-Za-z\d+/]+=*--[A-Za-z\d+/]+=*--[A-Za-z\d+/]+=*$/, 'an encrypted cookie of Ruby on Rails'],
  [/^[\w+/=-]+--[\da-f]{40,64}$/, 'a signed cookie of Ruby on Rails'],
  [/^s:[^.]+\.[\w+/=-]+$/, 'a signed cookie of Express, such as that of express-session'],
  [/^v\d\.(?:local|public)\.[\w-]+/, 'a PASETO token'],
  [/^\.?e[JN][\w-]*\.[\w-]{6}\.[\w-]+$/, 'a signed session of Flask'],
  [/^\.?[\w-]+:[\w-]{6}:[\w-]+$/, 'a signed value of Django'],
  [/^j:|^[{[]/, 'plain JSON'],
  [/^eyJ[\w+/-]+=*$/, 'JSON in base64, without encryption'],
  [/^(?:[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}|[\w-]{16,64})$/i, 'the id of a session that a server stores'],
];

function recognizeSigned(value: string): Cause {
  const known = OTHERS.find(([pattern]) => pattern.test(value));
  return known ? cause('other_library', known[1]) : cause('unknown_format', value.length);
}
