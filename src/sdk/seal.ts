/**
 * Session data ⇄ the sealed text in the cookie. On Node, `node:crypto` does the work; elsewhere, Iron with WebCrypto.
 *
 * `Fe26.2*<password id>*<salt>*<iv>*<AES-256-CBC of the JSON>*<expiration or empty>*<MAC salt>*<HMAC-SHA256>~2`
 */
import type { KeyObject } from 'node:crypto';
import { decodeClaims } from './access-token.ts';
import { SessionError } from './errors.ts';
import { isRecord, parseJsonStrictly } from './exchange/json.ts';
import type {
  AuthenticationMethod,
  AuthenticationResponse,
  Impersonator,
  User,
} from './results/authentication-response.ts';
import { compact, isFilledString } from './results/authentication-response.ts';
import { nodeModules, type NodeModules } from './runtime.ts';

/**
 * A password; a list, in which all unseal and the first one seals; or a map from password ids to passwords. In a map
 * whose ids are whole numbers, the highest id seals, because JavaScript does not keep their order (as in iron-session). In
 * any other map, the first one seals. Each password has 32 characters or more.
 */
export type CookiePassword = string | readonly string[] | { readonly [id: string]: string };

/** The content of a session cookie. */
export interface SessionData {
  /** The organization that the session belongs to. */
  organizationId?: string;
  /** The user, as of the sign-in or the last refresh. */
  user: User;
  /** The access token, a signed JWT. */
  accessToken: string;
  /** The refresh token. A cookie without one cannot be refreshed. */
  refreshToken?: string;
  /** How the user signed in. */
  authenticationMethod?: AuthenticationMethod;
  /** Present if an administrator acts as the user. */
  impersonator?: Impersonator;
}

/** Passwords in the order in which they are tried. The first one seals. */
export type Keyring = readonly { readonly id: string; readonly secret: string }[];

/** An unsealed cookie. */
export interface OpenedSession {
  data: SessionData;
  /** Whether a password other than the one that seals now unsealed it. */
  needsReseal: boolean;
}

/** The parts of a seal, which asterisks separate. */
type SealParts = [
  prefix: string,
  id: string,
  salt: string,
  iv: string,
  encrypted: string,
  expiration: string,
  macSalt: string,
  ending: string,
];

/** A parsed seal. Each part is text. */
export interface Sealed {
  /** The id of the password, or empty. */
  id: string;
  salt: string;
  iv: string;
  encrypted: string;
  /** Milliseconds since 1970, or empty. */
  expiration: string;
  macSalt: string;
  mac: string;
  /** The number after the tilde; undefined in seals of old versions. */
  version: string | undefined;
  /** The text that the MAC covers. */
  signed: string;
}

/** A part of a text that is not a seal, and what it must be. */
export interface SealFault {
  part: string;
  expected: string;
}

/** A field of a payload that is not a session, and what it must be. */
export interface PayloadFault {
  field: string;
  expected: string;
}

/** The id that the WorkOS SDK writes into every seal, and the only one that it can unseal. */
const PASSWORD_ID = '1';
const PASSWORD_CHARACTERS_MIN = 32;
/** No browser sends more. A longer text is refused before anything is computed from it. */
export const SEAL_CHARACTERS_MAX = 65_536;
/** How much clocks may differ if a seal has an expiration, as in Iron. */
const CLOCK_SKEW_MS = 60_000;
/** Parts between asterisks. */
const PARTS = 8;
const SALT_CHARACTERS = 64;
const IV_CHARACTERS = 22;
/**
 * The MAC and the version. The last character of the MAC has two spare bits, which must be zero: two texts for one MAC
 * would be two cookies for one session. The version is outside the MAC, so nothing else may be there.
 */
const ENDING = /^[\w-]{42}[AEIMQUYcgkosw048](?:~[12])?$/;

const isSalt = (text: string) => text.length === SALT_CHARACTERS;
/** The parts between asterisks. Their order is that of `SealParts`. */
export const SEAL_PARTS: readonly (SealFault & { isRight: (text: string) => boolean })[] = [
  { part: 'prefix', isRight: (text) => text === 'Fe26.2', expected: 'Fe26.2' },
  { part: 'password id', isRight: (text) => /^\w{0,64}$/.test(text), expected: 'at most 64 letters and digits' },
  { part: 'salt', isRight: isSalt, expected: `${SALT_CHARACTERS} characters` },
  { part: 'iv', isRight: (text) => text.length === IV_CHARACTERS, expected: `${IV_CHARACTERS} characters` },
  { part: 'ciphertext', isRight: () => true, expected: 'base64url' },
  {
    part: 'expiration',
    isRight: (text) => /^(?:[1-9]\d{0,15})?$/.test(text),
    expected: 'milliseconds since 1970, or nothing',
  },
  { part: 'MAC salt', isRight: isSalt, expected: `${SALT_CHARACTERS} characters` },
  {
    part: 'MAC',
    isRight: (text) => ENDING.test(text),
    expected: '43 characters of base64url, then ~2, ~1 or nothing',
  },
];

/**
 * Checks the passwords once and sorts them. Throws `missing_cookie_password`, `short_cookie_password` or `invalid_option`,
 * each with the name of the option and of the environment variable.
 */
export function parseCookiePassword(password: CookiePassword | undefined, action: string): Keyring {
  const keyring = orderPasswords(password);
  if (keyring.length === 0) {
    throw new SessionError(
      'missing_cookie_password',
      `Cannot ${action}: neither "cookiePassword" nor WORKOS_COOKIE_PASSWORD is set, expected one of them`,
    );
  }
  for (const { id, secret } of keyring) {
    if (typeof secret !== 'string' || !/^\w{1,64}$/.test(id)) {
      throw new SessionError(
        'invalid_option',
        `Cannot ${action}: "cookiePassword" (WORKOS_COOKIE_PASSWORD) must be a string, a list of strings, ` +
          'or a map from ids of letters and digits to strings',
      );
    }
    if (secret.length < PASSWORD_CHARACTERS_MIN) {
      throw new SessionError(
        secret === '' ? 'missing_cookie_password' : 'short_cookie_password',
        `Cannot ${action}: "cookiePassword" (WORKOS_COOKIE_PASSWORD) has ${secret.length} characters, ` +
          `expected at least ${PASSWORD_CHARACTERS_MIN}`,
      );
    }
  }
  return keyring;
}

function orderPasswords(password: CookiePassword | undefined): { id: string; secret: string }[] {
  if (password === undefined || password === null || password === '') return [];
  if (typeof password !== 'object') return [{ id: PASSWORD_ID, secret: password }];
  if (Array.isArray(password)) return password.map((secret: string) => ({ id: PASSWORD_ID, secret }));
  const entries = Object.entries(password).map(([id, secret]) => ({ id, secret }));
  return entries.every(({ id }) => /^\d+$/.test(id)) ? entries.sort((a, b) => Number(b.id) - Number(a.id)) : entries;
}

/** Seals the result of a sign-in or a refresh. The organization is that of the access token. */
export function sealResponse(response: AuthenticationResponse, keyring: Keyring): Promise<string> {
  return sealSession(compact({ ...response, organizationId: decodeClaims(response.accessToken)?.org_id }), keyring);
}

/**
 * Seals session data with the first password. Throws `session_too_large` for a session that could not be unsealed again.
 */
export async function sealSession(data: SessionData, keyring: Keyring): Promise<string> {
  const { organizationId, user, accessToken, refreshToken, authenticationMethod, impersonator } = data;
  const payload = compact<SessionData>({
    organizationId,
    user,
    accessToken,
    refreshToken,
    authenticationMethod,
    impersonator,
  });
  const seal = await sealPayload(payload, keyring);
  if (seal.length > SEAL_CHARACTERS_MAX) {
    throw new SessionError(
      'session_too_large',
      `Cannot seal session: it would have ${seal.length} characters, expected at most ${SEAL_CHARACTERS_MAX}`,
    );
  }
  return seal;
}

/** Seals any JSON with the first password. */
export async function sealPayload(payload: object, keyring: Keyring): Promise<string> {
  const node = nodeModules();
  const password = { ...keyring[0]! };
  return `${node ? sealInNode(payload, password, node) : await sealWithIron(payload, password)}~2`;
}

/** Unseals a session. Returns undefined for anything else, and never throws because of the text. */
export function unsealSession(seal: unknown, keyring: Keyring): Promise<OpenedSession | undefined> {
  return unsealPayload(seal, keyring, parseSessionData);
}

/** Unseals any payload that `parse` accepts, at a time in milliseconds. Never throws because of the text. */
export async function unsealPayload<T>(
  seal: unknown,
  keyring: Keyring,
  parse: (payload: unknown) => T | undefined,
  nowMs = Date.now(),
): Promise<{ data: T; needsReseal: boolean } | undefined> {
  if (typeof seal !== 'string' || seal.length > SEAL_CHARACTERS_MAX) return undefined;
  const sealed = parseSeal(seal);
  if (!sealed) return undefined;
  const node = nodeModules();
  for (const { secret } of inTryingOrder(keyring, sealed.id)) {
    let payload: unknown;
    try {
      payload = node ? unsealInNode(sealed, secret, nowMs, node) : await unsealWithIron(sealed, secret, nowMs);
    } catch {
      // Iron only says in its message what is wrong, and to the visitor every fault is the same: not a session of ours.
      continue;
    }
    const data = parse(sealed.version === '1' && isRecord(payload) ? (payload['persistent'] ?? payload) : payload);
    if (data) return { data, needsReseal: secret !== keyring[0]!.secret };
  }
  return undefined;
}

/** The first part because of which a text is not a seal; undefined for a seal. The MAC proves the rest. */
export function findSealFault(seal: string): SealFault | undefined {
  return findPartFault(splitSeal(seal));
}

const splitSeal = (seal: string) => seal.split('*', PARTS + 1);

/** A loop, because every request runs it. */
function findPartFault(parts: readonly string[]): SealFault | undefined {
  for (let index = 0; index < PARTS && index < parts.length; index++) {
    if (!SEAL_PARTS[index]!.isRight(parts[index]!)) return SEAL_PARTS[index];
  }
  return parts.length === PARTS ? undefined : { part: 'seal', expected: `${PARTS} parts` };
}

/** Parses a seal. Returns undefined for a text that does not look like one. */
export function parseSeal(seal: string): Sealed | undefined {
  const parts = splitSeal(seal);
  if (findPartFault(parts)) return undefined;
  const [, id, salt, iv, encrypted, expiration, macSalt, ending] = parts as SealParts;
  const [mac = '', version] = ending.split('~', 2);
  const signed = seal.slice(0, -macSalt.length - ending.length - 2);
  return { id, salt, iv, encrypted, expiration, macSalt, mac, version, signed };
}

/** The password with the id in the seal first, then the others: all seals of the WorkOS SDK have the same id. */
function inTryingOrder(keyring: Keyring, id: string): Keyring {
  if (keyring.length === 1) return keyring;
  return [...keyring.filter((entry) => entry.id === id), ...keyring.filter((entry) => entry.id !== id)];
}

/** A key as Iron derives it. With a key as bytes, Node 24 would take several times as long. */
function deriveKey(secret: string, salt: string, crypto: NodeModules['crypto']): KeyObject {
  return crypto.createSecretKey(crypto.pbkdf2Sync(secret, salt, 1, 32, 'sha1'));
}

/** What `Iron.seal` does. */
function sealInNode(payload: object, { id, secret }: Keyring[0], { crypto, Buffer }: NodeModules): string {
  const salt = crypto.randomBytes(32).toString('hex');
  const macSalt = crypto.randomBytes(32).toString('hex');
  const iv = crypto.randomBytes(16);
  const cipher = crypto.createCipheriv('aes-256-cbc', deriveKey(secret, salt, crypto), iv);
  const encrypted = Buffer.concat([cipher.update(JSON.stringify(payload), 'utf8'), cipher.final()]);
  const signed = `Fe26.2*${id}*${salt}*${iv.toString('base64url')}*${encrypted.toString('base64url')}*`;
  const digest = crypto
    .createHmac('sha256', deriveKey(secret, macSalt, crypto))
    .update(signed)
    .digest('base64url');
  return `${signed}*${macSalt}*${digest}`;
}

/**
 * What `Iron.unseal` does. But Iron waits for a thread twice to derive its keys, and creates an error with a stack trace
 * for every forged cookie.
 */
function unsealInNode(sealed: Sealed, secret: string, nowMs: number, { crypto, Buffer }: NodeModules): unknown {
  const { salt, iv, encrypted, expiration, macSalt, mac, signed } = sealed;
  const digest = crypto
    .createHmac('sha256', deriveKey(secret, macSalt, crypto))
    .update(signed)
    .digest();
  if (!crypto.timingSafeEqual(digest, Buffer.from(mac, 'base64url'))) return undefined;
  if (isSealExpired(expiration, nowMs)) return undefined;
  const decipher = crypto.createDecipheriv(
    'aes-256-cbc',
    deriveKey(secret, salt, crypto),
    Buffer.from(iv, 'base64url'),
  );
  return parseJsonStrictly(decipher.update(encrypted, 'base64url', 'utf8') + decipher.final('utf8'));
}

/** Whether the expiration of a seal has passed, as Iron decides it. */
export function isSealExpired(expiration: string, nowMs: number): boolean {
  return expiration !== '' && Number(expiration) <= nowMs - CLOCK_SKEW_MS;
}

/** Loaded on first use, because Node does not need it. */
const loadIron = () => import('#iron');

async function sealWithIron(payload: object, password: Keyring[0]): Promise<string> {
  const Iron = await loadIron();
  return Iron.seal(payload, password, Iron.defaults);
}

async function unsealWithIron({ id, macSalt, mac, signed }: Sealed, secret: string, nowMs: number): Promise<unknown> {
  const Iron = await loadIron();
  const passwords = Object.create(null) as Record<string, string>;
  passwords[id || 'default'] = secret;
  const localtimeOffsetMsec = nowMs - Date.now();
  const options = { ...Iron.defaults, decode: parseJsonStrictly, localtimeOffsetMsec };
  return Iron.unseal(`${signed}*${macSalt}*${mac}`, passwords, options);
}

/** What a payload must have to be a session. */
const SESSION_FIELDS: readonly [field: string, isRight: (value: unknown) => boolean, expected: string][] = [
  ['accessToken', isFilledString, 'a string'],
  ['user', (value) => isRecord(value) && isFilledString(value['id']), 'an object with an id'],
  ['organizationId', isTextOrAbsent, 'a string, or absent'],
  ['refreshToken', isTextOrAbsent, 'a string, or absent'],
  ['authenticationMethod', isTextOrAbsent, 'a string, or absent'],
  ['impersonator', (value) => value === undefined || value === null || isRecord(value), 'an object, or absent'],
];

/** The first field because of which a payload is not a session; undefined if it is one. */
export function findPayloadFault(payload: unknown): PayloadFault | undefined {
  if (!isRecord(payload)) return { field: 'payload', expected: 'a JSON object' };
  const wrong = SESSION_FIELDS.find(([field, isRight]) => !isRight(payload[field]));
  return wrong && { field: wrong[0], expected: wrong[2] };
}

function parseSessionData(payload: unknown): SessionData | undefined {
  if (findPayloadFault(payload)) return undefined;
  const { organizationId, user, accessToken, refreshToken, authenticationMethod, impersonator } = payload as Record<
    string,
    unknown
  >;
  return compact<SessionData>({
    organizationId: (organizationId as string | null) ?? undefined,
    user: user as User,
    accessToken: accessToken as string,
    refreshToken: (refreshToken as string | null) ?? undefined,
    authenticationMethod: (authenticationMethod as string | null) ?? undefined,
    impersonator: (impersonator as Impersonator | null) ?? undefined,
  });
}

function isTextOrAbsent(value: unknown): boolean {
  return value === undefined || value === null || typeof value === 'string';
}
