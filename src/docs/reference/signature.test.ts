import { expect, it } from 'vitest';
import type { FilledEntry, FilledRow } from './declared/index.ts';
import { signatureOf } from './signature.ts';

function row(key: string, type: string, more: Partial<FilledRow> = {}): FilledRow {
  return { key, type, optional: false, unwrap: false, rows: [] as FilledRow[], ...more } as FilledRow;
}

function entry(more: Partial<FilledEntry>): FilledEntry {
  return {
    key: 'refresh',
    title: 'session.refresh()',
    language: 'js',
    parameters: [],
    returns: [],
    properties: [],
    ...more,
  } as FilledEntry;
}

const OPTIONS = row('options', 'object', {
  unwrap: true,
  rows: [row('organizationId', 'string', { optional: true })],
});
const RESULT = row('result', 'object', {
  unwrap: true,
  rows: ['a', 'b', 'c', 'd'].map((key) => row(key, 'string')),
});

it.each<[string, Partial<FilledEntry>, string]>([
  ['a call without parameters', { returns: [row('url', 'string')] }, 'session.refresh(): string'],
  ['an object of options in JavaScript', { parameters: [OPTIONS] }, 'session.refresh({ organizationId?: string })'],
  [
    'keywords in Ruby',
    { language: 'ruby', parameters: [OPTIONS], returns: [row('url', 'String')] },
    'session.refresh(organizationId?: string) → String',
  ],
  ['the first fields of a result', { returns: [RESULT] }, 'session.refresh(): { a, b, c, … }'],
  ['an object page', { title: 'User', properties: [row('id', 'string')] }, 'User { id }'],
  ['an entry without parameters and returns', {}, 'session.refresh()'],
])('writes %s in one line', (_, given, expected) => {
  expect(signatureOf(entry(given))).toBe(expected);
});
