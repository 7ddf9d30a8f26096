/** The value of a cookie → the parts of its seal, the password that opens it, and its content. */
import { countCookieBytes } from '../cookie.ts';
import type { SessionError } from '../errors.ts';
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
  type Sealed,
  type SessionData,
} from '../seal.ts';
import { cause, type Cause } from './causes.ts';
import type { Fact, Step } from './inspection.ts';
import { recognizeFormat } from './other-formats.ts';
import { count, describeTime, showEmail, showSecret, type Secrets } from './words.ts';

/** A cookie whose seal is inspected. */
export interface SealedCookie {
  /** The name, with the number of the last part if the session is split. */
  name: string;
  value: string;
  /** The parts that it was joined from; empty if it is one cookie. */
  chunks: readonly string[];
}

/** What a password has to do with a seal. */
export interface Passwords {
  keyring: Keyring;
  /** How each password of the keyring is called, such as `password 2 of 3`. Never the password. */
  labels: readonly string[];
}

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
  if ('code' in passwords) {
    const wrong = cause('password_refused', `${passwords.message}.`, passwords.code);
    return refuse('password', 'The helpers refuse the password.', [], [wrong], steps);
  }
  const opened = await openWith(value, sealed, passwords, nowMs);
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
  const [mac = '', version] = ending.split('~', 2);
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
  const last = parts.at(-1)!;
  const isCut = parts.length < SEAL_PARTS.length || (parts.length === SEAL_PARTS.length && /^[\w-]{0,42}$/.test(last));
  const before = findSealFault(value);
  const stopsIn = SEAL_PARTS[parts.length - 1]?.part ?? 'MAC';
  if (isCut && (before === undefined || before.part === stopsIn || before.part === 'seal')) {
    if (chunks.length > 0) return cause('chunk_missing', nextChunk(chunks), chunks);
    const bytes = countCookieBytes(value, name);
    const lengths = [bytes, value.length];
    const isAtLimit = lengths.some((length) => length >= CUT_AT[0] && length <= CUT_AT[1]);
    return isAtLimit ? cause('cut_at_limit', bytes) : cause('cut_off', stopsIn);
  }
  const index = SEAL_PARTS.findIndex(({ part }) => part === before?.part);
  const found = index < 0 ? `${parts.length} parts` : count(parts[index]?.length ?? 0, 'character');
  return cause('seal_damaged', index < 0 ? 'format' : before!.part, before?.expected ?? '', found);
}

/** `wos-session.1` → `wos-session.2`. */
function nextChunk(chunks: readonly string[]): string {
  const [, name = '', number = ''] = /^(.*\.)(\d+)$/.exec(chunks.at(-1)!) ?? [];
  return `${name}${Number(number) + 1}`;
}

type Opened = { label: string; payload: unknown; causes: Cause[] } | { cause: Cause };

/** Tries each password as the helpers do, and then what is often wrong with a password. */
async function openWith(value: string, sealed: Sealed, { keyring, labels }: Passwords, nowMs: number): Promise<Opened> {
  // A seal that expired is opened at the time when it was valid, to see whether the password is right.
  const expired = isSealExpired(sealed.expiration, nowMs);
  const atMs = expired ? Number(sealed.expiration) - 1 : nowMs;
  const open = async (secret: string): Promise<{ payload: unknown } | undefined> => {
    const keep = (payload: unknown) => (payload === undefined ? undefined : { payload });
    return (await unsealPayload(value, [{ id: sealed.id || '1', secret }], keep, atMs))?.data;
  };
  for (const [index, { secret }] of keyring.entries()) {
    const opened = await open(secret);
    const label = labels[index] ?? 'a password';
    if (!opened) continue;
    if (expired) return { cause: cause('seal_expired', describeTime(Number(sealed.expiration) / 1000, nowMs)) };
    const isFirst = secret === keyring[0]!.secret;
    return { label, ...opened, causes: isFirst ? [] : [cause('old_password', capitalize(label))] };
  }
  for (const { secret } of keyring)
    for (const [how, altered] of alterPassword(secret))
      if (altered !== secret && (await open(altered))) return { cause: cause('password_altered', how) };
  return { cause: cause('wrong_password', keyring.length) };
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
  if (!isRecord(value)) return value === null ? 'null' : `${typeof value}, hidden`;
  if (secrets === 'shown') return JSON.stringify(value);
  const { id, email } = value;
  const shown = [
    typeof id === 'string' ? id : '',
    typeof email === 'string' ? showEmail(email, secrets) : '',
    count(JSON.stringify(value).length, 'character'),
  ];
  return shown.filter((part) => part !== '').join(', ');
}
