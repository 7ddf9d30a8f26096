/** The text that somebody pasted → what `authenticate()` does with it, step by step, what is wrong and what to do. */
import {
  COOKIE_BYTES_MAX,
  countCookieBytes,
  readSessionCookie,
  SAFE_COOKIE_BYTES,
  serializeSessionCookie,
  SESSION_COOKIE_NAME,
} from '../cookie.ts';
import { errorCatalogue } from '../error-catalogue.ts';
import { SessionError, type ErrorCode } from '../errors.ts';
import { KeySet } from '../key-set.ts';
import type { PublicKeySet } from '../public-key.ts';
import { parseCookies } from '../request-cookies.ts';
import { parseCookiePassword, type CookiePassword } from '../seal.ts';
import { COOKIES_MAX, createSession } from '../session.ts';
import { parseSettings, type WorkOSOptions } from '../settings.ts';
import { cause, errorPage, type Cause } from './causes.ts';
import { inspectSeal, type Passwords, type SealedCookie } from './inspect-seal.ts';
import { asSessionError, inspectToken, type Keys } from './inspect-token.ts';
import type { Inspection, Step, Verdict } from './inspection.ts';
import { findSealedNames, readInput, withoutNumber, type ReadInput, type SetCookie } from './read-input.ts';
import { count, list, type Secrets } from './words.ts';

/** Signing keys that you have, and what they are called in the result, such as the name of a file; or those of the API. */
export type KeySource = { title: string; jwks: PublicKeySet } | 'api';

/** Options of `inspect()`. */
export interface InspectOptions extends Pick<WorkOSOptions, 'clientId' | 'issuer' | 'audience' | 'clockTolerance'> {
  /** The name of the session cookie. Defaults to `wos-session`. */
  cookieName?: string | undefined;
  /** The passwords that may open the seal. Without them, it stays closed. */
  cookiePassword?: CookiePassword | undefined;
  /** The signing keys. Without them, the signature is not checked. There is no request unless you ask for one. */
  keys?: KeySource | undefined;
  /** Whether tokens, email addresses and claims of your own are shown. Defaults to `hidden`. */
  secrets?: Secrets | undefined;
}

/** The client id if none is known. It is only part of an address that is not called. */
const NO_CLIENT_ID = 'client_unknown';
const SEVERITIES = ['error', 'warning', 'note'];

/** Inspects a text. Throws `invalid_option` for wrong options, and never because of the text. */
export async function inspect(text: string, options: InspectOptions = {}): Promise<Inspection> {
  const { cookieName = SESSION_COOKIE_NAME, secrets = 'hidden', clientId, issuer, audience, clockTolerance } = options;
  const knownClientId = clientId ?? NO_CLIENT_ID;
  const settings = parseSettings({ clientId: knownClientId, issuer, audience, clockTolerance });
  const nowMs = Date.now();
  const read = readInput(text);
  const { cookies, steps, causes } = findCookies(read, cookieName);
  const ofCookies: Cause[] = [];
  const given = cookies.length === 0 ? undefined : readPasswords(options.cookiePassword);
  const keys = readKeys(options.keys, `${settings.endpoint.baseUrl}/sso/jwks/${knownClientId}`);
  const { issuers, audiences, clockToleranceSec } = settings;
  const policy = { issuers, audiences, clockToleranceSec, nowMs };
  for (const [index, cookie] of cookies.entries()) {
    const seal = await inspectSeal(cookie, given, secrets, nowMs);
    const token = seal.session?.accessToken ?? (isJwt(seal.causes) ? cookie.value : undefined);
    const refreshable = Boolean(seal.session?.refreshToken);
    const inspected = token === undefined ? undefined : { token, keys, policy, clientId, refreshable, secrets };
    const access = inspected ? await inspectToken(inspected) : { steps: [], causes: [] };
    const of = cookies.length === 1 ? {} : { cookie: `${cookie.name} (${index + 1} of ${cookies.length})` };
    steps.push(...[...seal.steps, ...access.steps].map((step) => ({ ...step, ...of })));
    ofCookies.push(...seal.causes, ...access.causes);
  }
  const verdict =
    given instanceof SessionError
      ? describeReason(undefined, given.code)
      : await authenticate(cookies, given, keys, settings);
  // Another cookie makes up for one that is wrong.
  const weighed = verdict.authenticated === true ? ofCookies.map(asWarning) : ofCookies;
  return { verdict, causes: sortCauses([...causes, ...weighed]), steps };
}

const isJwt = (causes: readonly Cause[]) => causes.some(({ code }) => code === 'plain_jwt');

const asWarning = (one: Cause): Cause => (one.severity === 'error' ? { ...one, severity: 'warning' } : one);

/** Errors first, and each cause once. */
function sortCauses(causes: readonly Cause[]): Cause[] {
  const each = new Map(causes.map((one) => [`${one.code}\0${one.problem}`, one]));
  return [...each.values()].toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
}

interface FoundCookies {
  cookies: SealedCookie[];
  steps: Step[];
  causes: Cause[];
}

/** The values that the helpers would unseal, from whatever was pasted. */
function findCookies(read: ReadInput, cookieName: string): FoundCookies {
  if (read.kind === 'nothing') {
    const step: Step = { step: 'input', outcome: 'failed', summary: 'The input is empty.', facts: [] };
    return { cookies: [], steps: [step], causes: [cause('nothing_given')] };
  }
  if (read.kind === 'value') {
    const [value = ''] = parseCookies({ [cookieName]: read.value }).get(cookieName) ?? [];
    const facts = [{ label: 'size', value: count(value.length, 'character') }];
    const step: Step = { step: 'input', outcome: 'passed', summary: 'This is the value of one cookie.', facts };
    const cookie = { name: cookieName, value, chunks: [] };
    const causes = value.startsWith('Fe26.2*') ? measure(cookieName, value) : [];
    return { cookies: [cookie], steps: [step], causes };
  }
  return findInHeader(read, cookieName);
}

function findInHeader({ kind, header, setCookies, otherLines }: ReadInput, cookieName: string): FoundCookies {
  const held = parseCookies(header);
  const isOf = (name: string) => (key: string) => key === name || withoutNumber(key) === name;
  const isThere = [...held.keys()].some(isOf(cookieName));
  const [name = cookieName] = isThere ? [] : findSealedNames(header);
  const names = [...held.keys()].filter(isOf(name));
  const causes: Cause[] = [];
  if (name !== cookieName) causes.push(cause('other_cookie_name', cookieName, name));
  const chunks = held.has(name) ? [] : names.toSorted((a, b) => numberOf(a) - numberOf(b));
  const gap = chunks.findIndex((chunk, index) => numberOf(chunk) !== index);
  const hasGap = gap >= 0;
  if (hasGap) causes.push(cause('chunk_missing', `${name}.${gap}`, chunks));
  const values = hasGap ? [] : readSessionCookie(header, name);
  const cookies = values.slice(0, COOKIES_MAX).map((value) => ({ name, value, chunks }));
  if (values.length > 1) causes.push(cause('several_cookies', values.length));
  const set = setCookies.filter((each) => isOf(name)(each.name));
  causes.push(...set.flatMap(inspectSetCookie));
  for (const key of names) for (const value of held.get(key)!) causes.push(...measure(key, value));
  if (cookies.length === 0 && causes.every(({ severity }) => severity !== 'error')) {
    causes.push(set.length > 0 ? cause('cookie_deleted', name) : cause('no_such_cookie', name, [...held.keys()]));
  }
  const facts = [
    { label: 'cookies', value: [...held.keys()].join(', ') || 'none' },
    ...(otherLines > 0 ? [{ label: 'ignored', value: count(otherLines, 'other line') }] : []),
    ...names.map((key) => ({
      label: key,
      value: list(held.get(key)!.map((value) => describeSize(key, value))),
    })),
  ];
  const failed = cookies.length === 0;
  const where = failed ? `has no session under the name ${name}` : `has the session ${describeWhere(name, chunks)}`;
  const summary = `This ${setCookies.length > 1 ? 'text' : `${kind} header`} ${where}.`;
  const outcome = failed ? 'failed' : causes.length > 0 ? 'warned' : 'passed';
  return { cookies, steps: [{ step: 'cookie', outcome, summary, facts }], causes };
}

const numberOf = (chunk: string) => Number(/\d+$/.exec(chunk)?.[0]);
const describeSize = (name: string, value: string) => count(countCookieBytes(value, name), 'byte');

function describeWhere(name: string, chunks: readonly string[]): string {
  return chunks.length === 0 ? `in ${name}` : `in ${count(chunks.length, 'part')}: ${list(chunks)}`;
}

/** A cookie that no browser would send. */
function measure(name: string, value: string): Cause[] {
  const bytes = countCookieBytes(value, name);
  if (bytes > COOKIE_BYTES_MAX) return [cause('too_large', bytes)];
  return bytes > SAFE_COOKIE_BYTES && /~\d$/.test(value) ? [cause('nearly_too_large', bytes)] : [];
}

/** What a browser does with a Set-Cookie header, by the rules of the helper that writes it. */
function inspectSetCookie({ name, attributes }: SetCookie): Cause[] {
  const { path = '', domain = '', samesite = '' } = attributes;
  try {
    serializeSessionCookie('', {
      name,
      // Browsers ignore another path and other values of SameSite.
      path: path.startsWith('/') ? path : '/',
      domain: domain || undefined,
      secure: 'secure' in attributes,
      sameSite: /^none$/i.test(samesite) ? 'none' : 'lax',
      partitioned: 'partitioned' in attributes,
    });
    return [];
  } catch (error) {
    return [cause('attributes_refused', asSessionError(error).message.replace(/^[^:]*: /, ''))];
  }
}

/** Checks the passwords as `loadSealedSession` does, which throws if one is wrong. */
function readPasswords(given: CookiePassword | undefined): Passwords | SessionError | undefined {
  if (given === undefined || given === '') return undefined;
  try {
    const keyring = parseCookiePassword(given, 'load sealed session');
    const amount = keyring.length;
    const isMap = typeof given === 'object' && !Array.isArray(given);
    const label = ({ id }: { id: string }, index: number) =>
      isMap ? `the password "${id}"` : amount === 1 ? 'the password' : `password ${index + 1} of ${amount}`;
    return keyring.map((password, index) => ({ ...password, label: label(password, index) }));
  } catch (error) {
    return asSessionError(error);
  }
}

function readKeys(source: KeySource | undefined, url: string): Keys {
  if (source === 'api') return { from: url, set: new KeySet(url) };
  const { title, jwks } = source ?? { title: undefined, jwks: { keys: [] } };
  return { from: title, set: new KeySet(url, { fetchFn: () => Promise.resolve(new Response(JSON.stringify(jwks))) }) };
}

/** What the helpers themselves say. */
async function authenticate(
  cookies: readonly SealedCookie[],
  passwords: Passwords | undefined,
  keys: Keys,
  settings: ReturnType<typeof parseSettings>,
): Promise<Verdict> {
  const sessionData = cookies.map(({ value }) => value);
  if (!passwords && cookies.some(({ value }) => value.startsWith('Fe26.2*'))) {
    return { authenticated: undefined, meaning: 'It depends on the password: the seal is still closed.' };
  }
  const context = {
    settings,
    clientId: NO_CLIENT_ID,
    keys: keys.set,
    sessionData,
    keyring: passwords ?? [],
    getLogoutUrl: () => '',
  };
  const result = await createSession(context).authenticate().catch(asSessionError);
  if (result instanceof SessionError) {
    if (keys.from !== undefined) return describeReason(undefined, result.code);
    const meaning = 'Everything else is right. It depends on the signature, which needs the signing keys.';
    return { authenticated: undefined, meaning };
  }
  if (!result.authenticated) return describeReason(false, result.reason);
  return { authenticated: true, meaning: 'The session is valid.' };
}

function describeReason(authenticated: false | undefined, reason: ErrorCode): Verdict {
  return { authenticated, reason, meaning: errorCatalogue[reason].meaning, page: errorPage(reason) };
}
