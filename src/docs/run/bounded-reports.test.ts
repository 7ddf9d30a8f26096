import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createLimits, parseReport } from './bounded-reports.ts';
import type { WorkerReport } from './messages.ts';

const EXCHANGED = { kind: 'exchanged', method: 'GET', path: '/sso/jwks', status: 200, sent: '', answered: '{}' };

it.each([
  { kind: 'printed', text: 'one', line: 3 },
  { kind: 'printed', text: '', line: undefined },
  EXCHANGED,
  { kind: 'over', ending: { kind: 'ended' }, durationMs: 1.5 },
  { kind: 'over', ending: { kind: 'threw', name: 'E', message: 'm', code: 'no_page', line: 1 }, durationMs: 2 },
])('accepts %j as it is, and drops other fields', (report) => {
  expect(parseReport({ ...report, more: 'x'.repeat(1_000_000) })).toEqual(report);
});

it.each([
  undefined,
  null,
  'printed',
  { kind: 'anything' },
  { kind: 'printed', text: { length: 1 } },
  { ...EXCHANGED, answered: ['x'] },
  { ...EXCHANGED, status: '200' },
  { kind: 'over' },
  { kind: 'over', ending: { kind: 'flooded', max: 1, unit: 'x'.repeat(1_000) } },
  { kind: 'over', ending: { kind: 'timed-out', limitMs: 1 } },
  { kind: 'over', ending: { kind: 'threw', name: 'E' } },
])('rejects %j', (data) => {
  expect(parseReport(data)).toBe(undefined);
});

it('shortens what an error says, and drops a code that does not look like one of the catalogue', () => {
  const long = 'x'.repeat(1_000_000);
  const over = parseReport({
    kind: 'over',
    ending: { kind: 'threw', name: long, message: long, code: long, line: '1' },
  });
  expect(JSON.stringify(over).length).toBeLessThan(5_000);
  expect(over).toMatchObject({ durationMs: 0, ending: { line: undefined } });
  expect(over).not.toHaveProperty('ending.code');
});

/** How the run ends, and after how many messages, when the program sends `report` in an endless loop. */
function flood(...reports: unknown[]): [text: string, messages: number] {
  const exceeds = createLimits();
  for (let count = 0; ; count += 1) {
    const ending = exceeds(parseReport(reports[count % reports.length]));
    if (ending?.kind === 'flooded') return [`${ending.max} ${ending.unit}`, count];
  }
}

it.each([
  ['short lines', { kind: 'printed', text: '' }, '1000 messages', 1_000],
  ['long lines', { kind: 'printed', text: 'x'.repeat(10_000) }, '65536 bytes of output', 6],
  ['one line that is too long', { kind: 'printed', text: 'ü'.repeat(40_000) }, '65536 bytes of output', 0],
  ['requests', EXCHANGED, '1000 messages', 1_000],
  ['answers', { ...EXCHANGED, answered: 'x'.repeat(10_000) }, '65536 bytes of output', 6],
  ['long paths', { ...EXCHANGED, path: 'x'.repeat(10_000) }, '65536 bytes of output', 6],
  ['messages that are not reports', { kind: 'nothing', text: 'x'.repeat(10_000) }, '1000 messages', 1_000],
  ['nothing at all', undefined, '1000 messages', 1_000],
])('stops a program that sends %s in an endless loop', (_what, report, text, messages) => {
  expect(flood(report)).toEqual([text, messages]);
});

it('counts messages of all kinds together, and accepts any posted value', () => {
  expect(flood({ kind: 'printed', text: 'x'.repeat(30_000) }, { ...EXCHANGED, sent: 'x'.repeat(30_000) })[1]).toBe(2);
  const kinds = fc.constantFrom<WorkerReport['kind'] | string>('wants', 'printed', 'exchanged', 'over', 'other');
  fc.assert(
    fc.property(fc.anything(), kinds, fc.dictionary(fc.string(), fc.anything()), (any, kind, fields) => {
      parseReport(any);
      parseReport({ ...fields, kind, ending: any, text: any });
    }),
  );
});
