/** Tokens that no client may take, each with what is wrong with it. `key_1` is the one key that is known. */
import { createSigner, encodeInput, goodClaims, tokenHs256, tokenWith, type Signer } from './signer.ts';

export function refusedTokens(signer: Signer): [about: string, token: string][] {
  const nowSec = Math.floor(Date.now() / 1000);
  const good = signer.token(goodClaims());
  const [header, payload, signature] = good.split('.') as [string, string, string];
  const attacker = createSigner('key_1', 'the attacker’s own pair');
  const withClaimsText = (text: string) => signer.sign(header, Buffer.from(text).toString('base64url'));
  const modulus = Buffer.from(signer.jwk.n, 'base64url');

  return [
    ['no algorithm', signer.token(goodClaims(), { alg: undefined })],
    ['the algorithm none, unsigned', `${encodeInput({ alg: 'none', kid: 'key_1' }, goodClaims())}.`],
    ['the algorithm none, signed', signer.token(goodClaims(), { alg: 'none' })],
    ['the algorithm nOnE', `${encodeInput({ alg: 'nOnE', kid: 'key_1' }, goodClaims())}.`],
    ['HS256 keyed with the public key', tokenHs256(goodClaims(), modulus)],
    ['HS256 keyed with nothing', tokenHs256(goodClaims(), '')],
    ['ES256', tokenWith('ES256', goodClaims())],
    ['RS512 by the right key', tokenWith('RS512', goodClaims())],
    ['an algorithm that is a list', signer.token(goodClaims(), { alg: ['RS256'] })],
    ['another key under the right id', attacker.token(goodClaims())],
    ['another key, embedded as jwk', attacker.token(goodClaims(), { jwk: attacker.jwk })],
    ['another key, linked as jku', attacker.token(goodClaims(), { jku: 'https://attacker.example/keys' })],
    ['another key, attached as x5c', attacker.token(goodClaims(), { x5c: ['AAAA'] })],
    ['an unknown key id', signer.token(goodClaims(), { kid: 'key_9' })],
    ['a key id that is a number', signer.token(goodClaims(), { kid: 1 })],
    ['an empty key id', signer.token(goodClaims(), { kid: '' })],
    ['a critical extension', signer.token(goodClaims(), { crit: ['exp'], exp: 1 })],
    ['an empty list of critical extensions', signer.token(goodClaims(), { crit: [] })],
    ['the b64 extension', signer.token(goodClaims(), { b64: false, crit: ['b64'] })],
    ['b64 without crit', signer.token(goodClaims(), { b64: false })],
    [
      'other claims under the signature',
      `${header}.${encodeInput({}, goodClaims({ role: 'owner' })).split('.')[1]}.${signature}`,
    ],
    [
      'another header under the signature',
      `${encodeInput({ alg: 'RS256', kid: 'key_1' }, {}).split('.')[0]}.${payload}.${signature}`,
    ],
    ['no signature', `${header}.${payload}.`],
    ['two parts', `${header}.${payload}`],
    ['four parts', `${good}.${signature}`],
    ['a signature with padding', `${good}==`],
    ['a signature in plain base64', `${header}.${payload}.${Buffer.from(signature, 'base64url').toString('base64')}=`],
    ['a signature of one character', `${header}.${payload}.A`],
    ['blanks before it', ` ${good}`],
    ['a line break after it', `${good}\n`],
    ['characters whose low bytes would be the right ones', good.replace('.', String.fromCharCode(0x2e + 0x100))],
    ['a byte order mark before the claims', withClaimsText(`\ufeff${JSON.stringify(goodClaims())}`)],
    ['claims that are a list', signer.token([] as never)],
    ['claims that are null', signer.token(null as never)],
    ['claims that are a text', signer.token('sid' as never)],
    ['no exp', signer.token(goodClaims({ exp: undefined }))],
    ['an exp that is a text', signer.token(goodClaims({ exp: String(nowSec + 300) }))],
    ['an exp that is null', signer.token(goodClaims({ exp: null }))],
    ['an nbf that is a text', signer.token(goodClaims({ nbf: '0' }))],
    ['an exp that is not finite', withClaimsText(JSON.stringify(goodClaims()).replace(/"exp":\d+/, '"exp":1e999'))],
    ['an exp beyond all dates', signer.token(goodClaims({ exp: 1e308 }))],
    [
      'an nbf that is not finite',
      withClaimsText(JSON.stringify(goodClaims({ nbf: 0 })).replace('"nbf":0', '"nbf":-1e999')),
    ],
    ['an iat that is a text', signer.token(goodClaims({ iat: '0' }))],
    ['the type of a logout token', signer.token(goodClaims(), { typ: 'logout+jwt' })],
    ['the type of an id token of another kind', signer.token(goodClaims(), { typ: 'dpop+jwt' })],
    ['a type that is a list', signer.token(goodClaims(), { typ: ['JWT'] })],
    ['no sid', signer.token(goodClaims({ sid: undefined }))],
    ['an empty sid', signer.token(goodClaims({ sid: '' }))],
    ['a sid that is a number', signer.token(goodClaims({ sid: 1 }))],
    ['an expiry now', signer.token(goodClaims({ exp: nowSec }))],
    ['an expiry long ago', signer.token(goodClaims({ exp: 1 }))],
    ['a beginning in an hour', signer.token(goodClaims({ nbf: nowSec + 3600 }))],
    ['text', 'not a token'],
    ['nothing', ''],
    ['dots', '..'],
    ['emoji', '🍪.🍪.🍪'],
  ];
}
