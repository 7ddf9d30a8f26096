/** Times and sizes in words, at the limits of each unit. */
import { expect, test } from 'vitest';
import { count, describeDuration, describeTime, hideEmail, showValue } from './words.ts';

const NOW_MS = 1_800_000_000_000;
const [HOUR, DAY, MONTH, YEAR] = [3_600, 86_400, 2_629_800, 31_557_600];

test.each([
  [0, '0 seconds'],
  [1, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [HOUR - 1, '59 minutes'],
  [HOUR, '1 hour'],
  [DAY - 1, '23 hours'],
  [DAY, '1 day'],
  [MONTH - 1, '30 days'],
  [MONTH, '1 month'],
  [YEAR - 1, '11 months'],
  [YEAR, '1 year'],
  [2_000 * YEAR, '2,000 years'],
])('%d seconds are %s', (sec, words) => {
  expect(describeDuration(sec)).toBe(words);
  expect(describeTime(NOW_MS / 1_000 + sec, NOW_MS)).toMatch(`in ${words} (`);
  expect(describeTime(NOW_MS / 1_000 - sec - 1, NOW_MS)).toMatch(/ ago \(/);
});

test.each([
  [1_800_000_090, 'in 1 minute (2027-01-15 08:01:30 UTC)'],
  [1_799_992_800, '2 hours ago (2027-01-15 06:00:00 UTC)'],
  [1e15, '1000000000000000, which is not a date'],
])('the time %d is %s', (timeSec, words) => {
  expect(describeTime(timeSec, NOW_MS)).toBe(words);
});

test('one is singular', () => {
  expect([0, 1, 2].map((amount) => count(amount, 'byte'))).toEqual(['0 bytes', '1 byte', '2 bytes']);
});

test.each([
  [undefined, 'absent'],
  ['a"\n', String.raw`"a\"\n"`],
  [['shop', 1], '["shop",1]'],
  ['x'.repeat(118), `"${'x'.repeat(118)}"`],
  ['x'.repeat(119), `"${'x'.repeat(119)}…`],
])('shows the value %j', (value, shown) => {
  expect(showValue(value)).toBe(shown);
});

test('hides an email address but its first letter and domain', () => {
  expect(hideEmail('ada\n@home@example.com')).toBe('a…@example.com');
});
