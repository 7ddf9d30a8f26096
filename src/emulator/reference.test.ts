/** The page of the emulator: its tables are written from the code, with `npm test -- --project rooms -u`. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ROUTE_NAMES } from './emulator.ts';
import { FAULT_KINDS } from './faults.ts';
import { describeTables, FAULT_RESPONSES, MEMBERS, ROUTE_PURPOSES, SESSION_USERS } from './reference.ts';
import { SESSIONS } from './seed.ts';
import { startEmulator } from './server.ts';

const PAGE = fileURLToPath(new URL('../../content/reference/authkit/session-helpers/emulator.mdx', import.meta.url));

it('has the tables that the code describes, each of them once', async () => {
  const page = await readFile(PAGE, 'utf8');
  let written = page;
  for (const [heading, table] of Object.entries(describeTables())) {
    const place = new RegExp(`^\\| ${heading} \\|.*(?:\\n\\|.*)*`, 'gm');
    expect(page.match(place)).toHaveLength(1);
    written = written.replace(place, () => table);
  }
  await expect(written).toMatchFileSnapshot(PAGE);
});

it('describes all that there is, in the order of the code', async () => {
  expect(Object.keys(FAULT_RESPONSES)).toEqual(FAULT_KINDS);
  expect(Object.keys(ROUTE_PURPOSES)).toEqual(ROUTE_NAMES);
  expect(Object.keys(SESSION_USERS)).toEqual(Object.keys(SESSIONS));
  const emulator = await startEmulator();
  await emulator.close();
  expect(Object.keys(MEMBERS).toSorted()).toEqual(Object.keys(emulator).toSorted());
});
