/** DIFFERENCES.md against the code it speaks of: what can be set, asked for or reached stands there, once. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { FAULT_KINDS } from './faults.ts';
import { SESSIONS } from './seed.ts';

const text = await readFile(new URL('DIFFERENCES.md', import.meta.url), 'utf8');
const source = await readFile(new URL('emulator.ts', import.meta.url), 'utf8');

/** The first cell of each row of the table whose head begins with `head`. */
function firstCells(head: string): string[] {
  const [, table = ''] = text.split(new RegExp(`\n\\| ${head} +\\|`));
  const rows = (table.split('\n\n')[0] ?? '').split('\n').slice(2);
  return rows.map((row) => /^\| `([^`]+)`/.exec(row)?.[1] ?? '').filter((cell) => cell !== '');
}

it('lists every kind of fault, and no other', () => {
  expect(firstCells('`kind`')).toEqual(FAULT_KINDS);
});

it('lists every seeded session, and no other', () => {
  expect(firstCells('`session`')).toEqual(Object.keys(SESSIONS));
});

it('lists every route, the API’s and its own', () => {
  const routes = Array.from(source.matchAll(/^ {4}'((?:GET|POST|DELETE) [^']+)':/gm), ([, route = '']) => route);
  expect(routes).toHaveLength(12);
  const own = routes.filter((route) => route.includes(' /_emulator/'));
  expect(firstCells('Route').toSorted()).toEqual(own.toSorted());
  for (const route of routes) expect(text).toContain(`\`${route}\``);
});
