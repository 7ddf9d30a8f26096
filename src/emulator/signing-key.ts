/**
 * The key that signs access tokens, and the key set that verifies them.
 *
 * PUBLIC AND WORTHLESS: the private key is in a public repository. Anyone can sign with it, so only tests may trust it. It
 * is fixed so that cookies stay valid after a restart of the emulator.
 */

/** The id of the key in tokens and in the key set. */
export const SIGNING_KEY_ID = 'sso_oidc_key_pair_01JGXF68E0TF04P3S6A0XGP12C';

const ALGORITHM = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };

/** The public half of the key pair (RFC 7518 section 6.3.1). */
const PUBLIC_HALF = {
  kty: 'RSA',
  n: [
    'tX06LdQLhpNS5NUTRXiUlQdow8gaZaf6YCEizzkTqkyhxXdJ03NlM_QPAMsqLi-Klb2U5eAeM1PBchnnee-',
    'FRYJk6Ng1RPFLchmuUU8cCgP-KaYV0GNsBHVi4urhHsBv5Jkvt-kLnTSz_49XS4_dIfxn8OLsMTbVgggfWnm1w-UNQQmC3aQscL-',
    '1MJDw5lBYpilkjA_4DNjOZKDwqJoR1Iw_SIXiesfTn2LwmIKHHfvgflMhw0nqjAPJLzPT4nNJouhe16QQkSh846x8DQsLDV9iIWg',
    'IjLmMp7krwWNNDTbzrRRMx93pDbJnBLY8gPQi0IbnBJ2W9visiw3AyeMz1Q',
  ].join(''),
  e: 'AQAB',
};

/** The private half (RFC 7518 section 6.3.2). */
const PRIVATE_HALF = {
  d: [
    'rmfH9_BUnx-GQlcsrM8CYfB70eDC1TvGVIijTeX4quf3ca5_qI61C2cW39ldEIMpN1q28u0buJFdTYvtMPVm6fQzirry_eyvZtec',
    '95ABTvKlVVrAjcBtNh-kRpIWghnFrTU0cRSnz4utCgKyje-',
    'TPqyzKf63oVejd9DcaHKbpMIjWd3txpnDUb9Ww1a3jx_s8VMpk0MI0ozXu_szAAvdlhPvuTp-RBAg07iaoY9L5anpUNXl8aLZksX',
    'Xi9utG_OsaDyjIgRHnsCI7QOcuydEVRsozzIaq_JIzQVPFwvL1MdErLAUthDEQqvJbW082MGGTw5UYViOWaXbACzZBwoBQQ',
  ].join(''),
  p: [
    '2lHMqZ940hS4kuR5sSXaSyW4QEtcYYwSuN4JPyXNvXnl1a7B-XT59Ws9n2ple2R-I9MIvBo2zBaO7clgoqplqy36YW_owFBnX1-',
    'mIEHLrrT8er-oZP8Wf00sjyYYWG7f6R4n0cER0JPLeQW97USQcmJeSXh5qTLz1cPddsIOZfE',
  ].join(''),
  q: [
    '1NAewgvzNan-NrAUfUpIKQxVT1zfW5rmX8NEz63hzCZBkIAkxxEWKnHP0uWYzWHWa3qXxsR4-',
    '7Khd6jqE9Xv0nqh6Bg4u1Q6eP0igCOA412i2SlbeTSa0VwBCFcCBT7XD89s_TTtYJOfzXXHVtVHbAZS1-VDKxluxTOZRWrd-CU',
  ].join(''),
  dp: [
    'UI80nTbKR4L75MBII1UbavVdOuRUD263jd3ovZN-irdLVwEodJt0jNnooEWLcu_PF_sMUxS9OavtS9MuRHfqEjNiG8hGs4g3zNqn',
    'm2mL9ki0jbrhMXtrWsgodB4Th7ZKC2RkPyMmJrgSsfKrdb0CLCMeNbAt_IBft3aR5vuOgpE',
  ].join(''),
  dq: [
    'di-OpV1VmDvr_hsThfE22fULe6OsN4dy4UPkdyGuAF5Okx1XT2Zh1PiX3hu8HHN1TQMsPyrltYKiwX2BYbqyEUYhnG-',
    '3MfG493A9NMSC08IwqkGZl1prkFF0EVmguaEIdrNPZ9945OWXHdeG-OZBX_CzGUstXkYlikb5m9-ZnjE',
  ].join(''),
  qi: [
    'zs8GVURWipLrrX5hyAchvLc9miBsOu5PUt_iXPB2ZLLRGnBvQryKbXeTjhs2UwLRZSoziEVw7PQaWmV9DSwq4nw0W52XF7n0j0b-',
    'RuHhmZa7G7oFsXffmk5ixINw3Tvy1ieIiIg0QzyP8xnLD8EsIPBw4N38vsUEXuwr41oUPd4',
  ].join(''),
};

/** A self-signed certificate in base64, because the key sets of the API contain one. */
const CERTIFICATE = [
  'MIIC0DCCAbgCAQEwDQYJKoZIhvcNAQELBQAwLTErMCkGA1UEAwwiQXV0aEtpdCBlbXVsYXRvciAtIHB1YmxpYyB0ZXN0IGtleTAg',
  'Fw0yNjAxMDEwMDAwMDBaGA85OTk5MTIzMTIzNTk1OVowLTErMCkGA1UEAwwiQXV0aEtpdCBlbXVsYXRvciAtIHB1YmxpYyB0ZXN0',
  'IGtleTCCASIwDQYJKoZIhvcNAQEBBQADggEPADCCAQoCggEBALV9Oi3UC4aTUuTVE0V4lJUHaMPIGmWn+mAhIs85E6pMocV3SdNz',
  'ZTP0DwDLKi4vipW9lOXgHjNTwXIZ53nvhUWCZOjYNUTxS3IZrlFPHAoD/immFdBjbAR1YuLq4R7Ab+SZL7fpC500s/+PV0uP3SH8',
  'Z/Di7DE21YIIH1p5tcPlDUEJgt2kLHC/tTCQ8OZQWKYpZIwP+AzYzmSg8KiaEdSMP0iF4nrH059i8JiChx374H5TIcNJ6owDyS8z',
  '0+JzSaLoXtekEJEofOOsfA0LCw1fYiFoCIy5jKe5K8FjTQ02860UTMfd6Q2yZwS2PID0ItCG5wSdlvb4rIsNwMnjM9UCAwEAATAN',
  'BgkqhkiG9w0BAQsFAAOCAQEAgaKue1X9ItvpfA8uBPlStdm9l9pQnom0AoTqDCPS9quwCZ+mzr6zqOSbcIUytNXKE1/A5KxU2BQS',
  '+MCH4mFehyXiK0gQg1pOkroDnMWoO8K4a5o5d0/zlPXaaesjyAdZ3vOvzTUl5qiMknvfZ4+0rrb0LSAj4LyUqK3msYn74OkJCtE2',
  'YAI4O7mSm6MBGNCCyw5cKFEhsOxop4rlL9HPLsk6iCCZ87xyzURbu/kLywMYC9AsAAcd2KuNBq3Jo9VyLUTGw36hNHkWtNJ2+plk',
  'uEMeR70wSI+DqzsDEawMXBmAsSQuCLNNACv7AIa1Nyc4+Ml16Zef6kOgaueHwavC3g==',
].join('');

export interface SigningKey {
  /** Signs with RSASSA-PKCS1-v1_5 and SHA-256 (RS256). It is not extractable. */
  privateKey: CryptoKey;
  /** The response of `GET /sso/jwks/:clientId` (RFC 7517 section 5), which contains only the public half. */
  keySet: { keys: readonly PublicKey[] };
}

interface PublicKey {
  alg: string;
  kty: string;
  use: string;
  x5c: readonly string[];
  n: string;
  e: string;
  kid: string;
  'x5t#S256': string;
}

const KEY_SET: SigningKey['keySet'] = {
  keys: [
    {
      alg: 'RS256',
      kty: PUBLIC_HALF.kty,
      use: 'sig',
      x5c: [CERTIFICATE],
      n: PUBLIC_HALF.n,
      e: PUBLIC_HALF.e,
      kid: SIGNING_KEY_ID,
      'x5t#S256': 'oY9ZGEY_jw6dasMMAIUwB8NlNxY_jv76UpeDNXzKCbo',
    },
  ],
};

let imported: Promise<SigningKey> | undefined;

/** The key, imported on the first call. */
export function importSigningKey(): Promise<SigningKey> {
  imported ??= crypto.subtle
    .importKey('jwk', { ...PUBLIC_HALF, ...PRIVATE_HALF }, ALGORITHM, false, ['sign'])
    .then((privateKey) => ({ privateKey, keySet: KEY_SET }));
  return imported;
}
