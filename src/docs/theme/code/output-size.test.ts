import { expect, it } from 'vitest';
import { outputSize } from './output-size.ts';

it.each([
  [[], undefined],
  [Array.from({ length: 30 }, () => 'line'), undefined],
  [Array.from({ length: 31 }, () => ''), '31 lines, 1 KB'],
  [Array.from({ length: 3_000 }, (_, index) => `line ${index}`), '3,000 lines, 29 KB'],
  [['a'.repeat(3_000)], undefined],
  [['ä'.repeat(15_000)], '1 line, 30 KB'],
])('tells the size of a long output only', (lines, size) => {
  expect(outputSize(lines)).toBe(size);
});
