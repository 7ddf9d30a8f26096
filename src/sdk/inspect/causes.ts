/** What can be wrong with a session cookie, and what to do about each: by code, with the page that explains it. */
import { COOKIE_BYTES_MAX } from '../cookie.ts';
import { remedies, type ErrorCode } from '../errors.ts';
import { count, list } from './words.ts';

/** Something that is wrong, or that you should know. */
export interface Cause {
  code: CauseCode;
  /** An `error` ends the session, a `warning` can, a `note` does not. */
  severity: 'error' | 'warning' | 'note';
  /** What is wrong. */
  problem: string;
  /** What to do. */
  remedy: string;
  /** The page that explains it. */
  page: string;
}

type CauseText = Omit<Cause, 'code'>;

const REFERENCE = '/reference/authkit/session-helpers';
const LARGE = '/guides/large-cookies';
const OTHERS = '/guides/open-a-node-session#how-the-seals-differ';
const ROTATE = '/guides/rotate-the-cookie-password';
const FORMAT = `${REFERENCE}/seal-format`;

/** The page that explains a code of the helpers. */
export const errorPage = (code: ErrorCode) => `${REFERENCE}/errors#${code}`;

const error = (problem: string, remedy: string, page: string) => ({
  severity: 'error' as const,
  problem,
  remedy,
  page,
});
const warning = (problem: string, remedy: string, page: string) => ({
  severity: 'warning' as const,
  problem,
  remedy,
  page,
});
const note = (problem: string, remedy: string, page: string) => ({ severity: 'note' as const, problem, remedy, page });

/** Each cause, from what was found. */
const CAUSES = {
  nothing_given: () =>
    error(
      'There is nothing to inspect.',
      'Copy the value of the session cookie, or the whole Cookie or Set-Cookie header, from the network panel of your browser.',
      errorPage('no_session_cookie_provided'),
    ),
  no_such_cookie: (name: string, names: readonly string[]) =>
    error(
      `There is no cookie ${name}${names.length > 0 ? ` among ${list(names)}` : ''}.`,
      'Sign in again and look at the response of your callback: a browser marks a Set-Cookie header that it refused, and says why.',
      errorPage('no_session_cookie_provided'),
    ),
  other_cookie_name: (name: string, found: string) =>
    warning(
      `The sealed cookie is called ${found}, but the default name is ${name}.`,
      `Pass the name that your code uses. Check that it reads and writes the same name.`,
      `${REFERENCE}/cookies`,
    ),
  cookie_deleted: (name: string) =>
    error(
      `This Set-Cookie header deletes ${name}: it has no value.`,
      'Inspect the response of the callback or of a refresh. If this is one of them, your code clears the session there.',
      errorPage('no_session_cookie_provided'),
    ),
  several_cookies: (amount: number) =>
    note(
      `The request contains ${amount} different sessions under one name.`,
      'The helpers use the newest one that unseals. Delete cookies with the path and the domain that they were set with.',
      `${REFERENCE}/cookies`,
    ),
  chunk_missing: (missing: string, present: readonly string[]) =>
    error(
      `The session was split, and its part ${missing} is missing. Present: ${list(present)}.`,
      'Send every Set-Cookie header of setSessionCookie(), and read the cookies with readSessionCookie(). If the browser drops one, look for a limit of cookies or headers in a proxy.',
      LARGE,
    ),
  cut_at_limit: (bytes: number) =>
    error(
      `The cookie was cut at ${count(bytes, 'byte')}: browsers and servers keep at most ${count(COOKIE_BYTES_MAX, 'byte')}.`,
      'Split the session with setSessionCookie() or chunkCookie(), and sign in again. Or make the access token smaller.',
      LARGE,
    ),
  cut_off: (part: string) =>
    error(
      `The end of the seal is missing: it stops in the ${part}.`,
      'Copy the whole value. If this is all that the server receives, look for a limit in a proxy, in a column of a database, or in a log.',
      LARGE,
    ),
  beginning_missing: () =>
    error(
      'The beginning of the seal is missing.',
      'Copy the whole value. If the session is split, inspect all of its cookies together.',
      LARGE,
    ),
  too_large: (bytes: number) =>
    error(
      `The cookie has ${count(bytes, 'byte')}. Browsers drop a cookie of more than ${count(COOKIE_BYTES_MAX, 'byte')}.`,
      remedies.cookie_too_large,
      LARGE,
    ),
  nearly_too_large: (bytes: number) =>
    warning(
      `The cookie has ${count(bytes, 'byte')}, and its attributes count too in some browsers: the limit is ${count(COOKIE_BYTES_MAX, 'byte')}.`,
      remedies.cookie_too_large,
      errorPage('cookie_too_large'),
    ),
  attributes_refused: (problem: string) =>
    error(
      `Browsers refuse this Set-Cookie header: ${problem}.`,
      'Write the header with serializeSessionCookie() or setSessionCookie(), which only write what browsers accept.',
      errorPage('invalid_cookie'),
    ),
  encoded_twice: () =>
    error(
      'The value is percent-encoded twice.',
      'A sealed session needs no encoding. Look for code that encodes the value before your framework or your proxy does.',
      `${REFERENCE}/cookies`,
    ),
  seal_damaged: (part: string, expected: string, found: string) =>
    error(
      `The ${part} of the seal is wrong: it has ${found}, expected ${expected}.`,
      'Something changed the cookie after it was sealed. Copy it again. If it is the same, sign in again.',
      FORMAT,
    ),
  seal_endless: (characters: number, max: number) =>
    error(
      `The value has ${count(characters, 'character')}, and at most ${count(max, 'character')} are read.`,
      'This is not a cookie that a browser sends. Inspect the value of one cookie.',
      LARGE,
    ),
  other_seal_version: (prefix: string) =>
    error(
      `This is a seal of another version of the format: ${prefix}, expected Fe26.2.`,
      'Sign in again. Only very old versions of @hapi/iron write it.',
      FORMAT,
    ),
  vendor_ruby: (version: string) =>
    error(
      `This looks like a session of the WorkOS library for Ruby${version}: AES-256-GCM in base64.`,
      'Choose one library that seals. The page shows how Ruby opens a session that Node.js sealed.',
      OTHERS,
    ),
  vendor_python: (sealedAt: string) =>
    error(
      `This is a Fernet token, as the WorkOS library for Python writes it. It was sealed ${sealedAt}.`,
      'Choose one library that seals. The page shows how Python opens a session that Node.js sealed.',
      OTHERS,
    ),
  encrypted_jwt: (algorithm: string) =>
    error(
      `This is an encrypted JWT (JWE, ${algorithm}), as Auth.js and NextAuth.js write it. It is not a sealed session.`,
      'Two libraries use one cookie name, or this is the cookie of the other one. Give each its own name.',
      FORMAT,
    ),
  plain_jwt: (kind: string) =>
    error(
      `This is ${kind}, not a sealed session.`,
      'Put the sealed session into the cookie. To verify an access token of an Authorization header, call authenticateBearer().',
      `${REFERENCE}/authenticate`,
    ),
  other_library: (library: string) =>
    error(
      `This is not a sealed session. It looks like ${library}.`,
      'Another library uses this cookie name, or this is not the session cookie. Give each cookie its own name.',
      FORMAT,
    ),
  unknown_format: (characters: number) =>
    error(
      `This is not a sealed session: a seal begins with Fe26.2, and this is ${count(characters, 'character')} of something else.`,
      'Check that you copied the value of the session cookie. If you did, look for the code that writes this cookie.',
      FORMAT,
    ),
  password_refused: (problem: string, code: ErrorCode) => error(problem, remedies[code], errorPage(code)),
  password_unknown: () =>
    note(
      'No cookie password was given, so the seal stays closed.',
      'Set WORKOS_COOKIE_PASSWORD to the password of the server that sealed the session.',
      errorPage('missing_cookie_password'),
    ),
  wrong_password: (tried: number) =>
    error(
      `${tried === 1 ? 'The password does not open' : `None of the ${tried} passwords opens`} the seal: the MAC differs.`,
      'Use the password of the server that sealed it. After a change of the password, keep the old one in the list. If the password is right, the cookie was changed after it was sealed.',
      ROTATE,
    ),
  password_altered: (how: string) =>
    error(
      `The seal opens with the password ${how}.`,
      'Correct the setting on the server where it differs, and compare the length of the password on both.',
      ROTATE,
    ),
  old_password: (label: string) =>
    note(
      `${label} opens the seal, but another one seals now.`,
      'Nothing is wrong. The result says needsReseal, and the next refresh seals with the current password.',
      ROTATE,
    ),
  seal_expired: (when: string) =>
    error(
      `The seal has an expiration, and it passed ${when}.`,
      'Sign in again. The helpers write seals without an expiration: look for another library, such as iron-session, that wrote this one.',
      FORMAT,
    ),
  not_authkit: (field: string, expected: string, fields: readonly string[]) =>
    error(
      `The seal opens, but its content is not an AuthKit session: "${field}" must be ${expected}.${fields.length > 0 ? ` It has ${list(fields)}.` : ''}`,
      'Another program seals with the same library and the same password, such as iron-session. Give its cookie another name.',
      FORMAT,
    ),
  snake_case: () =>
    error(
      'The seal opens, but its fields are called access_token and refresh_token, as Ruby and Python write them.',
      'Seal the session with accessToken, refreshToken and user, or let the Node.js server seal it.',
      OTHERS,
    ),
  no_refresh_token: () =>
    warning(
      'The session has no refresh token, so it ends when the access token expires.',
      'Seal the whole response of the sign-in. sealSession: true does.',
      `${REFERENCE}/refresh`,
    ),
  impersonated: () =>
    note(
      'A WorkOS administrator acts as the user.',
      'Nothing is wrong. The result has "impersonator".',
      `${REFERENCE}/authenticate`,
    ),
  token_expired: (when: string, now: string, refreshable: boolean) =>
    error(
      `The access token expired ${when}.`,
      `${refreshable ? 'This is normal after a few minutes: call refresh(), or let checkSession() do it.' : 'Sign in again: there is no refresh token.'} If it was issued a moment ago, the clock of this machine is fast: it reads ${now}.`,
      errorPage('invalid_jwt'),
    ),
  clock_slow: (ahead: string, now: string) =>
    warning(
      `The access token was issued ${ahead} in the future, so the clock of this machine is slow: it reads ${now}.`,
      'Synchronize the clock with a time server. Until then, clockTolerance accepts a difference of some seconds.',
      `${REFERENCE}/client`,
    ),
  not_yet_valid: (when: string, now: string) =>
    error(
      `The access token is valid from ${when}, so the clock of this machine is slow: it reads ${now}.`,
      'Synchronize the clock with a time server. Until then, clockTolerance accepts a difference of some seconds.',
      errorPage('invalid_jwt'),
    ),
  token_malformed: (problem: string) =>
    error(
      `The access token cannot be used: ${problem}.`,
      'Seal the accessToken of the response as it is. Only access tokens of AuthKit sessions have sid and exp.',
      errorPage('invalid_jwt'),
    ),
  wrong_algorithm: (found: string) =>
    error(
      `The access token is signed with ${found}, expected RS256.`,
      'WorkOS signs with RS256. This token is from somewhere else, or was forged.',
      errorPage('invalid_jwt'),
    ),
  wrong_issuer: (found: string, expected: readonly string[]) =>
    error(
      `The issuer of the access token is ${found}, expected ${list(expected)}.`,
      'Correct the option "issuer", or use the client id of the environment that issued the token.',
      `${REFERENCE}/client`,
    ),
  wrong_audience: (found: string, expected: readonly string[]) =>
    error(
      `The audience of the access token is ${found}, expected ${list(expected)}.`,
      'Correct the option "audience", or the JWT template in the dashboard.',
      `${REFERENCE}/client`,
    ),
  unknown_key: (keyId: string, known: readonly string[]) =>
    error(
      `No signing key has the id ${keyId}. Known: ${list(known)}.`,
      'Use the keys of the client id that issued the token. If it is the right one, the keys are old: fetch them again.',
      errorPage('invalid_jwt'),
    ),
  other_client: (issuedFor: string, clientId: string) =>
    error(
      `The session belongs to ${issuedFor}, but WORKOS_CLIENT_ID is ${clientId}.`,
      'Set WORKOS_CLIENT_ID, WORKOS_API_KEY and the cookie password of one environment.',
      errorPage('invalid_jwt'),
    ),
  wrong_signature: () =>
    error(
      'The signature of the access token is wrong: the key with its id did not sign it.',
      'Check that the keys are those of the environment that issued the token. If they are, the token was forged or damaged.',
      errorPage('invalid_jwt'),
    ),
  keys_unavailable: () =>
    error(
      'The signing keys could not be read.',
      'Check the file or the address. On a server, respond with 503 and keep the cookie.',
      errorPage('keys_unavailable'),
    ),
  keys_not_given: () =>
    note(
      'The signature was not checked, because no signing keys were given.',
      'Run the command with --fetch-keys, or with --jwks and a file of keys.',
      '/guides/open-a-node-session#the-keys-are-public',
    ),
} satisfies Record<string, (...found: never[]) => CauseText>;

/** A code of the causes. Codes never change. */
export type CauseCode = keyof typeof CAUSES;

export const CAUSE_CODES = Object.keys(CAUSES) as CauseCode[];

/** One cause, with its code. */
export function cause<Code extends CauseCode>(code: Code, ...found: Parameters<(typeof CAUSES)[Code]>): Cause {
  const describe = CAUSES[code] as (...values: unknown[]) => CauseText;
  return { code, ...describe(...found) };
}
