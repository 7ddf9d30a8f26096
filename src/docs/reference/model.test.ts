import { expect, it } from 'vitest';
import { type Property, groupRows } from './model.ts';

const row = (key: string, ...values: string[]) =>
  ({ key, ...(values.length > 0 && { when: { name: 'ok', values, optional: false } }) }) as unknown as Property;

/** `true: a, b` for a group with its condition. */
const groupsOf = (...rows: Property[]) =>
  groupRows(rows).map(({ when, rows: group }) =>
    [...(when ? [`${when.values.join('|')}:`] : []), ...group.map(({ key }) => key)].join(' '),
  );

it('shows first what a result always has, then what it has if it is good, each in the order of the page', () => {
  expect(
    groupsOf(row('a', 'false'), row('b'), row('c', 'true'), row('d', 'false'), row('e'), row('f', 'true')),
  ).toEqual(['b e', 'true: c f', 'false: a d']);
});

it('shows no empty group, and keeps the order of conditions of which none is the good one', () => {
  expect(groupsOf(row('a', "'late'"), row('b', "'lost'", "'late'"))).toEqual(["'late': a", "'lost'|'late': b"]);
  expect(groupsOf(row('a'))).toEqual(['a']);
  expect(groupsOf()).toEqual([]);
});

it('knows the good case in the words of every language', () => {
  expect(groupsOf(row('a', 'False'), row('b', 'True'))).toEqual(['True: b', 'False: a']);
});
