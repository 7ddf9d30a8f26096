/** Times, sizes and secrets → words. */

const UNITS: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

const relative = new Intl.RelativeTimeFormat('en', { numeric: 'always' });
const numbers = new Intl.NumberFormat('en');

/** `3 hours ago (2026-11-26 17:41:02 UTC)`, for a time in seconds since 1970. */
export function describeTime(timeSec: number, nowMs: number): string {
  const date = new Date(timeSec * 1000);
  if (Number.isNaN(date.getTime())) return `${timeSec}, which is not a date`;
  return `${describeDistance(timeSec - nowMs / 1000)} (${describeDate(date)})`;
}

/** `2026-11-26 17:41:02 UTC`. */
export function describeDate(date: Date): string {
  return date
    .toISOString()
    .replace('T', ' ')
    .replace(/\.\d+Z$/, ' UTC');
}

/** `in 5 minutes` or `3 hours ago`. */
function describeDistance(sec: number): string {
  const [unit, seconds] = unitOf(sec);
  return relative.format(Math.trunc(sec / seconds), unit);
}

/** `5 minutes`. */
export function describeDuration(sec: number): string {
  const [unit, seconds] = unitOf(sec);
  return count(Math.trunc(sec / seconds), unit);
}

function unitOf(sec: number): (typeof UNITS)[number] {
  return UNITS.find(([, seconds]) => Math.abs(sec) >= seconds) ?? UNITS.at(-1)!;
}

/** `1 character`, `4,096 bytes`. */
export function count(amount: number, unit: string): string {
  return `${numbers.format(amount)} ${unit}${amount === 1 ? '' : 's'}`;
}

/** `a, b, and c`. */
export function list(names: readonly string[]): string {
  return new Intl.ListFormat('en').format(names);
}

/** A value of a token as JSON, on one line, and not endless. */
export function showValue(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = JSON.stringify(value);
  return text.length > SHOWN_MAX ? `${text.slice(0, SHOWN_MAX)}…` : text;
}

const SHOWN_MAX = 120;

/** Whether an inspection shows tokens, email addresses and claims of your own. */
export type Secrets = 'hidden' | 'shown';

/** A secret, or its length. */
export function showSecret(value: string, secrets: Secrets): string {
  return secrets === 'shown' ? value : `${count(value.length, 'character')}, hidden`;
}

/** The first letter and the domain of an email address. */
export function hideEmail(email: string): string {
  return email.replace(/^(.).*@/s, '$1…@');
}
