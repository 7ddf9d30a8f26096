/** DIFFERENCES.md names every route of the API that the emulator has. The page of the emulator lists all else. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ROUTE_NAMES } from './emulator.ts';

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

it('counts the routes and the grants', async () => {
  const text = await readFile(new URL('DIFFERENCES.md', import.meta.url), 'utf8');
  const source = await readFile(new URL('routes/authenticate.ts', import.meta.url), 'utf8');
  const [, table = ''] = /const GRANTS[^{]*\{([^]*?)\n\};/.exec(source) ?? [];
  const grants = table.match(/^  (?:\w+|'[^']+'):/gm) ?? [];
  expect(/has (\w+) grants:/.exec(text)?.[1]).toBe(NUMBERS[grants.length]);
  const routes = ROUTE_NAMES.filter((name) => !name.includes(' /_emulator/'));
  expect(/has (\w+) routes of the API/.exec(text)?.[1]).toBe(NUMBERS[routes.length]);
});

it('names every route of the API, and no other', async () => {
  const text = await readFile(new URL('DIFFERENCES.md', import.meta.url), 'utf8');
  const [, row = ''] = /^\| has \w+ routes of the API: (.*?) +\|/m.exec(text) ?? [];
  const named = Array.from(row.matchAll(/`([^`]+)`/g), ([, name]) => name);
  expect(named).toEqual(ROUTE_NAMES.filter((name) => !name.includes(' /_emulator/')));
});
