/** DIFFERENCES.md names every route of the API that the emulator has. The page of the emulator lists all else. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { ROUTE_NAMES } from './emulator.ts';

it('names every route of the API, and no other', async () => {
  const text = await readFile(new URL('DIFFERENCES.md', import.meta.url), 'utf8');
  const [, row = ''] = /^\| has \w+ routes of the API: (.*?) +\|/m.exec(text) ?? [];
  const named = Array.from(row.matchAll(/`([^`]+)`/g), ([, name]) => name);
  expect(named).toEqual(ROUTE_NAMES.filter((name) => !name.includes(' /_emulator/')));
});
