/** The performance page, compared with itself and with what other pages say of it. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';

const CONTENT = new URL('../../content/', import.meta.url);
const page = await readFile(new URL('reference/authkit/session-helpers/performance.mdx', CONTENT), 'utf8');
const home = await readFile(new URL('index.mdx', CONTENT), 'utf8');
const costs = new Map(
  Array.from(page.matchAll(/^\| ([^|]+?) +\| +(\d+) \| +([\d.]+) × \|/gm), ([, name = '', micros, ratio]) => [
    name,
    { micros: Number(micros), ratio: Number(ratio) },
  ]),
);
const microsOf = (name: string) => costs.get(name)?.micros ?? Number.NaN;

it('divides each time by the limit', () => {
  expect(costs.size).toBe(5);
  for (const [name, { micros, ratio }] of costs)
    // The times are rounded, so the quotient differs a little.
    expect([name, Math.abs(ratio - micros / microsOf('limit')) < 0.02 * ratio]).toEqual([name, true]);
});

it('says on the home page at most the part of the CPU time that was measured', () => {
  const [, part] = /\*\*1\/(\d+)\*\* of the CPU time/.exec(home) ?? [];
  expect(microsOf('@workos-inc/node') / microsOf('ours')).toBeGreaterThanOrEqual(Number(part));
  expect(home).toContain('takes a seventh of the time that `@workos-inc/node` needs, or less');
});
