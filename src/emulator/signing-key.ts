/** The one key that signs access tokens, and the key set that verifies them. */

/**
 * PUBLIC AND WORTHLESS. This private key lies in a public repository: anyone can sign with it, so nothing
 * outside a test may ever trust it. It is fixed so that a cookie outlives a restart of the emulator.
 */
const PRIVATE_KEY = {
  kty: 'RSA',
  n: [
    'xXbzxYjdKwvmKNBhXXxJT6Ci8LRK2-szrFTQU3U2DWlZEbkEpVWoCf39NfdZjG5lrYEGCZml8ZWfivOKqPj3TDzgDPHOnpt9',
    'M7lQXt3z2gPOgAWYoXBXeDmGf7jvDvKkQXhGtQo73WOqmnhTpBtp_Qqo-NMsHKFmmgIhHWkJrN0THlmOMSGNIY3y578aeMSy',
    'L0fBVnyuYSh-vR3x6A9gc9xYHO-7K-IPkBPV-Xq3PhkLq4IaKZy4ZZq9OCxNR1NJyYcbvNgKUV7ZWtE0Zf7R5CUVqHnwlJBW',
    'ySg-rkV1ijqIDZNbpEKDQDxb9GWGWYaKw05MaCY1NS5CVENR0TKATQ',
  ].join(''),
  e: 'AQAB',
  d: [
    'JEgGY0mR5YpiqCYddalT6QMJXTOrO3wcOvI8ctEq9Mzh9i0qCtzRqsBVqXhAplpUaUw3GUV3ZYuJzGSSGhjgi0v2GLrHLYJB',
    'P2MxvrSGTQz9AK3GjQcQs0DSkx4eIn93qaXZTANM25En9AjeyVzWHQ273Tgjt0D6kpqIjhhSFEYZx1UrPrTYdaupxRkqm_se',
    'hkqaQtTW_-s-8e3msMO_zMBIm_f69tbhED3eiA55ncOu2j4uRifwJsQLsCGTmmNWcTnYYdnmO0E5yN8j4JqPkV8LAdFlWk8W',
    'NS_5q9BQP_bN5o0I6d0l_xc8G0T4zebcWxNqXkeW_wao1a3-BRPVIQ',
  ].join(''),
  p: [
    '5-due1CtuFiieg5yzttxrVTnVhqDi_uB-YpDON-3Q3LAOCIGbFGeYjtdFYluQPf86FNSZyE1zavImc5WfzV_mZFBpeuNmyhn',
    'B2kX3p-ZFlQD_6sE6UAA7UYZ2YYxWhnEVWJdwjTpa16UsStM5Z1m6GEV3aCI6-nyhmu1T7srfdE',
  ].join(''),
  q: [
    '2ftx7wZV5NM0-qfZXES61JsVXuI7vrROecdFu0Ln1sBUVr1yhS-VU9MVZ7uS8qjwvorsEk_npi4N_w4tstua4sDGQq77aOVP',
    'QsdSp8-4nEJmqUU2CD15LI3iW8OjC9FtMoB1D4ZUHF9xv4DM8P5KjWmHLiVRYgb2-5XAXk9DDb0',
  ].join(''),
  dp: [
    'Yleycnj0Mojj3f7ikPZebrLip5D22BYAOGJ5v1Sf0uqGuUc0khrKn72s68UsDEEd7yfmefWLa3y9xPvLkoaNZgJDZKlPk8y-',
    'ZFYc2Tu1H9LhHzrXClMqEXT44VYW966Vo9_jAsiNdArX44oJQhZN3Z3ON_4sEl9Tic2DRhyJhQE',
  ].join(''),
  dq: [
    'wlZGEU-YrFUQWpfiVTyBRKKuvtT7Zt3hSPi71mOjxfXaOyrTOqJdg0ohP0YfkG_FklrQdNMAN0u_9rBxVZAr2hT7rN_MDIzD',
    'yUljC3FJqSYZ2Ld3oIkNywcD08PrTNH9hJS5yIl9233ML2tpS0GqvcBjYGSs1bRX5Zxw0KPhqBE',
  ].join(''),
  qi: [
    'K0DcmHzY_8qmSlh5j0c8-qvEz-sAY4hNGpxdeoXsemFV5FT9p0G7DJktaPaamgHbZ6k37qqt5msQBFTpBfod9IiGChuNxUkH',
    's7LWR1GOp80eZCBnbwQEluA-rA4Kkcd7vpHM9pf6JpaiLKckYrzca0BRT9qsg_jKm48DZ8x3xdo',
  ].join(''),
};

/** The self-signed certificate of that key (DER, base64): the API's key sets carry one, so this one does. */
const CERTIFICATE = [
  'MIIDPTCCAiWgAwIBAgIUbtUThSw9i9oYLTwxh12Y8UO6cdkwDQYJKoZIhvcNAQELBQAwLTErMCkGA1UEAwwiQXV0aEtpdCBl',
  'bXVsYXRvciAtIHB1YmxpYyB0ZXN0IGtleTAgFw0yNjExMjQwNDEyMzFaGA8yMTI2MTAzMTA0MTIzMVowLTErMCkGA1UEAwwi',
  'QXV0aEtpdCBlbXVsYXRvciAtIHB1YmxpYyB0ZXN0IGtleTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBAMV288WI',
  '3SsL5ijQYV18SU+govC0StvrM6xU0FN1Ng1pWRG5BKVVqAn9/TX3WYxuZa2BBgmZpfGVn4rziqj490w84Azxzp6bfTO5UF7d',
  '89oDzoAFmKFwV3g5hn+47w7ypEF4RrUKO91jqpp4U6Qbaf0KqPjTLByhZpoCIR1pCazdEx5ZjjEhjSGN8ue/GnjEsi9HwVZ8',
  'rmEofr0d8egPYHPcWBzvuyviD5AT1fl6tz4ZC6uCGimcuGWavTgsTUdTScmHG7zYClFe2VrRNGX+0eQlFah58JSQVskoPq5F',
  'dYo6iA2TW6RCg0A8W/RlhlmGisNOTGgmNTUuQlRDUdEygE0CAwEAAaNTMFEwHQYDVR0OBBYEFLs5FtZzhQJs4twi3jjs1wNv',
  'hZDvMB8GA1UdIwQYMBaAFLs5FtZzhQJs4twi3jjs1wNvhZDvMA8GA1UdEwEB/wQFMAMBAf8wDQYJKoZIhvcNAQELBQADggEB',
  'AI3Dut58ZPheuHnTe6DGn96yyw9p0P0nZZXPEcOykH+tRBpglwHGuczmvtQ1nYvPYyeVnDvp5T3eIXTiGu89Pg/cm+zpI7Ll',
  'c+8UEE8Vd/bmZUhrZaTC1r6nOJ3ro5g7aXkuPZ85KiZOGhqoGC4tWSneUdUdPF+zn16aQ8qsGOC4rL4ktiLycAbPp/JT8HH6',
  'SObgq6cusoD1GuPYjwJEmyI4SfnbgRIKGtfRtdQ6hBLhWmTnVmP6W/IGNuM9cZwrgAnkEEiTimWMwC83adluF9o7PE6qaXRq',
  'RUtDkSKFjwArkOssuGKw8TQncY5GM9G3tGmBsD4ZVeQILL22Zlfth54=',
].join('');

/** The key's name in tokens and in the key set. */
export const SIGNING_KEY_ID = 'sso_oidc_key_pair_01JGXF68E0TF04P3S6A0XGP12C';

/** The key set as `GET /sso/jwks/:clientId` answers it (RFC 7517 section 5); one key, its public half. */
export const KEY_SET = {
  keys: [
    {
      alg: 'RS256',
      kty: PRIVATE_KEY.kty,
      use: 'sig',
      x5c: [CERTIFICATE],
      n: PRIVATE_KEY.n,
      e: PRIVATE_KEY.e,
      kid: SIGNING_KEY_ID,
      'x5t#S256': 'A1hB2A5tQNzjLX5elkw3NlXGsrkvFhZw04fur4hgRVs',
    },
  ],
};

/** Makes the private key usable for signing with RSASSA-PKCS1-v1_5 and SHA-256, which JWTs call RS256. */
export function importSigningKey(): Promise<CryptoKey> {
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return crypto.subtle.importKey('jwk', PRIVATE_KEY, algorithm, false, ['sign']);
}
