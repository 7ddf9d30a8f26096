/** The value of a cookie → the parts of its seal, the password that opens it, and its content. */
import { countCookieBytes } from '../cookie.ts';
import { SessionError } from '../errors.ts';
import { isRecord } from '../exchange/json.ts';
import {
  findPayloadFault,
  findSealFault,
  isSealExpired,
  parseSeal,
  SEAL_CHARACTERS_MAX,
  SEAL_PARTS,
  unsealPayload,
  type Keyring,
  type SessionData,
} from '../seal.ts';
import { cause, type Cause } from './causes.ts';
import type { Fact, Step } from './inspection.ts';
import { recognizeFormat } from './other-formats.ts';
import { count, describeTime, hideEmail, showSecret, type Secrets } from './words.ts';

/** A cookie whose seal is inspected. */
export interface SealedCookie {
  /** The name, without the number of a part. */
  name: string;
  value: string;
  /** The parts that it was joined from; empty if it is one cookie. */
  chunks: readonly string[];
}

/** A keyring in which each password has a name, such as `password 2 of 3`. */
export type Passwords = readonly (Keyring[number] & { readonly label: string })[];

export interface SealReport {
  steps: Step[];
  causes: Cause[];
  /** The content, if it is a session. */
  session: SessionData | undefined;
}

/** The limit of a cookie, give or take the equals sign and a terminator. */
const CUT_AT = [4_093, 4_097] as const;
const FIELDS_SHOWN_MAX = 12;

export async function inspectSeal(
  cookie: SealedCookie,
  passwords: Passwords | SessionError | undefined,
  secrets: Secrets,
  nowMs: number,
): Promise<SealReport> {
  const { value } = cookie;
  const sealed = value.length > SEAL_CHARACTERS_MAX ? undefined : parseSeal(value);
  if (!sealed) return refuse('seal', 'This is not a complete seal.', describeParts(value), [findDamage(cookie, nowMs)]);
  const steps: Step[] = [
    {
      step: 'seal',
      outcome: 'passed',
      summary: `The seal is complete: ${count(SEAL_PARTS.length, 'part')}, ${count(value.length, 'character')}.`,
      facts: describeParts(value),
    },
  ];
  if (!passwords) {
    const summary = 'Without a password, the seal stays closed.';
    const skipped: Step = { step: 'password', outcome: 'skipped', summary, facts: [] };
    return { steps: [...steps, skipped], causes: [cause('password_unknown')], session: undefined };
  }
  if (passwords instanceof SessionError) {
    const wrong = cause('password_refused', `${passwords.message}.`, passwords.code);
    return refuse('password', 'The helpers refuse the password.', [], [wrong], steps);
  }
  const opened = await openWith(value, sealed.expiration, passwords, nowMs);
  if ('cause' in opened) return refuse('password', 'No password opens the seal.', [], [opened.cause], steps);
  const { label, payload, causes } = opened;
  steps.push({ step: 'password', outcome: 'passed', summary: `The seal opens with ${label}.`, facts: [] });
  const fault = findPayloadFault(payload);
  const facts = describePayload(payload, secrets);
  if (fault) {
    const names = isRecord(payload) ? Object.keys(payload).slice(0, FIELDS_SHOWN_MAX) : [];
    const isSnakeCase = isRecord(payload) && 'access_token' in payload;
    const wrong = isSnakeCase ? cause('snake_case') : cause('not_authkit', fault.field, fault.expected, names);
    return refuse('payload', 'The content is not an AuthKit session.', facts, [wrong, ...causes], steps);
  }
  const session = payload as SessionData;
  if (!session.refreshToken) causes.push(cause('no_refresh_token'));
  if (session.impersonator) causes.push(cause('impersonated'));
  const warned = session.refreshToken ? 'passed' : 'warned';
  steps.push({ step: 'payload', outcome: warned, summary: 'The content is an AuthKit session.', facts });
  return { steps, causes, session };
}

function refuse(step: Step['step'], summary: string, facts: Fact[], causes: Cause[], before: Step[] = []): SealReport {
  return { steps: [...before, { step, outcome: 'failed', summary, facts }], causes, session: undefined };
}

/** The parts with their sizes, as far as there are any. */
function describeParts(value: string): Fact[] {
  if (!value.startsWith('Fe26.')) return [{ label: 'size', value: count(value.length, 'character') }];
  const parts = value.slice(0, SEAL_CHARACTERS_MAX).split('*', SEAL_PARTS.length);
  return parts.map((part, index) => {
    const label = SEAL_PARTS[index]?.part ?? '';
    if (label === 'prefix') return { label, value: part };
    if (label === 'password id') return { label, value: part === '' ? 'none' : part };
    if (label === 'expiration') return { label, value: part === '' ? 'none: the tokens expire, not the seal' : part };
    if (label === 'MAC') return { label, value: describeEnding(part) };
    return { label, value: count(part.length, 'character') };
  });
}

function describeEnding(ending: string): string {
  const [mac = '', version] = ending.split('~');
  const suffix = version === undefined ? 'no version after it' : `then version ~${version}`;
  return `${count(mac.length, 'character')}, ${suffix}`;
}

/** Why a value is not a seal. */
function findDamage(cookie: SealedCookie, nowMs: number): Cause {
  const { name, value, chunks } = cookie;
  if (value.length > SEAL_CHARACTERS_MAX) return cause('seal_endless', value.length, SEAL_CHARACTERS_MAX);
  if (/^Fe26\.\d+%2A/i.test(value)) return cause('encoded_twice');
  if (!value.startsWith('Fe26.2*')) return recognizeFormat(value, nowMs);
  const parts = value.split('*');
  const { part: wrong, expected } = findSealFault(value)!;
  const stopsIn = SEAL_PARTS[parts.length - 1]?.part;
  const isLastWrong = wrong === stopsIn && (wrong !== 'MAC' || /^[\w-]{0,42}$/.test(parts.at(-1)!));
  if (stopsIn !== undefined && (wrong === 'seal' || isLastWrong)) {
    if (chunks.length > 0) return cause('chunk_missing', `${name}.${chunks.length}`, chunks);
    const bytes = countCookieBytes(value, name);
    const lengths = [bytes, value.length];
    const isAtLimit = lengths.some((length) => length >= CUT_AT[0] && length <= CUT_AT[1]);
    return isAtLimit ? cause('cut_at_limit', bytes) : cause('cut_off', stopsIn);
  }
  if (wrong === 'seal') return cause('seal_damaged', 'format', expected, count(parts.length, 'part'));
  const found = parts[SEAL_PARTS.findIndex(({ part }) => part === wrong)]!;
  return cause('seal_damaged', wrong, expected, count(found.length, 'character'));
}

type Opened = { label: string; payload: unknown; causes: Cause[] } | { cause: Cause };

/** Tries each password as the helpers do, and then what is often wrong with a password. */
async function openWith(value: string, expiration: string, passwords: Passwords, nowMs: number): Promise<Opened> {
  const open = async (secret: string): Promise<{ payload: unknown } | undefined> => {
    const keep = (payload: unknown) => (payload === undefined ? undefined : { payload });
    // At a time before every expiration, to see whether the password of an expired seal is right.
    return (await unsealPayload(value, [{ id: '1', secret }], keep, -Infinity))?.data;
  };
  for (const { secret, label } of passwords) {
    const opened = await open(secret);
    if (!opened) continue;
    if (isSealExpired(expiration, nowMs))
      return { cause: cause('seal_expired', describeTime(Number(expiration) / 1000, nowMs)) };
    const isFirst = secret === passwords[0]!.secret;
    return { label, ...opened, causes: isFirst ? [] : [cause('old_password', capitalize(label))] };
  }
  for (const { secret } of passwords)
    for (const [how, altered] of alterPassword(secret))
      if (altered !== secret && (await open(altered))) return { cause: cause('password_altered', how) };
  return { cause: cause('wrong_password', passwords.length) };
}

/** What files, shells and dashboards do to a password. */
function alterPassword(secret: string): [how: string, altered: string][] {
  return [
    ['without the blanks around it', secret.trim()],
    ['without the quotes around it', secret.trim().replace(/^(['"])(.*)\1$/s, '$2')],
    ['with a line break after it', `${secret}\n`],
    ['with quotes around it', `"${secret}"`],
    ['without its escapes, such as \\$', secret.replaceAll(/\\(.)/g, '$1')],
  ];
}

function capitalize(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function describePayload(payload: unknown, secrets: Secrets): Fact[] {
  if (!isRecord(payload)) return [{ label: 'Content', value: `${typeof payload}, not an object` }];
  return Object.entries(payload)
    .slice(0, FIELDS_SHOWN_MAX)
    .map(([label, value]) => ({ label, value: describeField(label, value, secrets) }));
}

/** Fields that contain no secret. */
const OPEN_FIELDS = ['organizationId', 'authenticationMethod'];

function describeField(name: string, value: unknown, secrets: Secrets): string {
  if (typeof value === 'string') return OPEN_FIELDS.includes(name) ? value : showSecret(value, secrets);
  if (value === null || secrets === 'shown') return JSON.stringify(value);
  if (!isRecord(value)) return `${typeof value}, hidden`;
  const { id, email } = value;
  const shown = [
    typeof id === 'string' ? id : '',
    typeof email === 'string' ? hideEmail(email) : '',
    count(JSON.stringify(value).length, 'character'),
  ];
  return shown.filter((part) => part !== '').join(', ');
}
