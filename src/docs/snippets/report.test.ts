import { expect, it } from 'vitest';
import { formatUses, mergeReports, type Report } from './report.ts';

const snippet = (id: string, calls: string[]): Report['snippets'][number] => ({
  id,
  path: `snippets/${id}`,
  language: 'js',
  ran: true,
  ranOn: 'Node',
  notRunBecause: undefined,
  output: [],
  printedAt: [],
  durationMs: 1,
  calls,
});
const shard = (index: number, snippets: Report['snippets'], findings: Report['findings'] = []): Report => ({
  shard: { index, count: 2 },
  snippets,
  findings,
  updated: [],
  optOuts: [],
  count: 1,
  ranCount: 1,
  recalledCount: 0,
  durationMs: index,
  callables: [
    { name: 'Session.open', file: 'src/sdk/session.ts', line: 3 },
    { name: 'Session.close', file: 'src/sdk/session.ts', line: 4 },
  ],
});

it('finds a method that no program of any shard calls, once', () => {
  const { findings, count } = mergeReports([
    shard(2, [snippet('b.ts', [])]),
    shard(1, [snippet('a.ts', ['Session.open'])]),
  ]);
  expect(findings).toMatchObject([{ code: 'method-uncalled', file: 'src/sdk/session.ts', line: 4 }]);
  expect(count).toBe(2);
});

it('is content when one shard calls what the other does not', () => {
  expect(
    mergeReports([shard(1, [snippet('a.ts', ['Session.open'])]), shard(2, [snippet('b.ts', ['Session.close'])])])
      .findings,
  ).toEqual([]);
});

it('blames no method for a program that has a fault of its own', () => {
  const fault = {
    code: 'type-error',
    file: 'snippets/b.ts',
    line: 1,
    message: 'Cannot type-check',
    fix: 'Correct it.',
  };
  expect(mergeReports([shard(1, []), shard(2, [], [fault])]).findings).toEqual([fault]);
});

it('lists for each method the programs that call it', () => {
  expect(formatUses(shard(1, [snippet('a.ts', ['Session.open'])]))).toBe(
    'Session.open\n  a.ts\nSession.close\n  no program',
  );
});
