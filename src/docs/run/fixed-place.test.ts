/** The sandbox in a browser in Tokyo that speaks German prints what Node prints in UTC and English. */
import { execFileSync } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const EXPRESSIONS = [
  'new Date(0).toString()',
  'new Date(-62198755200000).toString()',
  'new Date(NaN).toString()',
  'String(new Date(1e12))',
  'new Date(1e12).toDateString()',
  'new Date(1e12).toTimeString()',
  'new Date(1e12).toLocaleString()',
  "new Date(1e12).toLocaleDateString('fr')",
  "new Date(1e12).toLocaleTimeString(undefined, { timeZone: 'Asia/Tokyo' })",
  'new Date(1e12).toJSON()',
  '`${new Date(2020, 5, 15, 23, 59)}`',
  'new Date(2020, 0).getTime()',
  'new Date(99, 0).getTime()',
  "new Date('2020-06-15T12:00:00').toISOString()",
  "new Date('2020-06-15T12:00:00Z').toISOString()",
  "new Date('2020-06-15T12:00:00+02:00').toISOString()",
  "new Date('2020-06-15').toISOString()",
  "new Date('Jun 15, 2020 10:00').toISOString()",
  "new Date('Mon, 15 Jun 2020 10:00:00 GMT').toISOString()",
  "Date.parse('2020-06-15 12:00')",
  'new Date(new Date(5)).getTime()',
  'new Date(0).getHours() + new Date(0).getDay() + new Date(0).getTimezoneOffset()',
  '(() => { const date = new Date(0); date.setHours(30); return date.toISOString(); })()',
  'typeof Date() + (new Date() instanceof Date) + (new Date().constructor === Date)',
  '(() => { class Day extends Date {} return new Day(2020, 1) instanceof Day; })()',
  'Math.abs(Date.now() - new Date().getTime()) < 1000',
  '(1234567.891).toLocaleString()',
  "(1234567.891).toLocaleString('de-DE')",
  '(12345678901234567890n).toLocaleString()',
  '[1234.5, new Date(0)].toLocaleString()',
  'new Float64Array([1234.5]).toLocaleString()',
  'new Intl.NumberFormat().format(1234.5)',
  "Intl.NumberFormat(undefined, { style: 'currency', currency: 'EUR' }).format(1)",
  'Intl.DateTimeFormat().format(0)',
  "new Intl.DateTimeFormat('en', { dateStyle: 'full', timeStyle: 'long' }).format(0)",
  'JSON.stringify(new Intl.DateTimeFormat().resolvedOptions())',
  "['z', 'ä', 'a', 'Z'].sort(new Intl.Collator().compare).join()",
  "['z', 'ä', 'a', 'Z'].sort((a, b) => a.localeCompare(b)).join()",
  "'I'.toLocaleLowerCase()",
  "new Intl.ListFormat().format(['a', 'b'])",
  "new Intl.PluralRules().select(1) + new Intl.RelativeTimeFormat().format(-1, 'day')",
  "new Intl.Locale('de-CH').language",
];

/** What Node says there, optionally with the place of the sandbox. */
function evaluate(environment: Record<string, string>, first: string): unknown[] {
  const code = `${first}; console.log(JSON.stringify(${JSON.stringify(EXPRESSIONS)}.map((text) => (0, eval)(text))));`;
  const printed = execFileSync(process.execPath, ['--input-type=module', '-e', code], {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] ?? '', ...environment },
  });
  return JSON.parse(printed) as unknown[];
}

const TOKYO = { TZ: 'Asia/Tokyo', LC_ALL: 'de_DE.UTF-8' };

it('gives every date, number and text as when the page was built', () => {
  const file = pathToFileURL(join(import.meta.dirname, 'fixed-place.ts')).href;
  const built = evaluate({ TZ: 'UTC', LC_ALL: 'en_US.UTF-8' }, '');
  const inPage = evaluate(TOKYO, `(await import('${file}')).fixPlace()`);
  const pair = (values: unknown[]) => EXPRESSIONS.map((text, index) => [text, values[index]]);
  expect(pair(inPage)).toEqual(pair(built));
  // Elsewhere, most of them differ.
  expect(evaluate(TOKYO, '').filter((value, index) => value !== built[index]).length).toBeGreaterThan(15);
});
