/** The page of the emulator: its tables are written from the code, with `npm test -- --project rooms -u`. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ROUTE_NAMES } from './emulator.ts';
import { FAULT_KINDS, type FaultKind } from './faults.ts';
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

const post = (url: string) =>
  fetch(url, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } });

it('answers each fault with the status, the header and the kind of body that its row names', async () => {
  const emulator = await startEmulator();
  try {
    for (const [kind, text] of Object.entries(FAULT_RESPONSES).filter(([each]) => each !== 'hang')) {
      emulator.failNext({ kind: kind as FaultKind });
      const response = await post(`${emulator.url}/user_management/authenticate`);
      const [, status, rest = ''] = /^(\d+)(.*)$/.exec(text) ?? [];
      const [, header = '', value] = /`([\w-]+): (\w+)`/.exec(rest) ?? [];
      const body = await response.text();
      expect([kind, response.status]).toEqual([kind, Number(status)]);
      if (header !== '') expect(response.headers.get(header)).toBe(value);
      expect([kind, response.headers.get('content-type')]).toEqual([
        kind,
        expect.stringContaining(rest.includes('HTML') ? 'html' : 'json'),
      ]);
      if (rest.includes('without a body')) expect(body).toBe('');
      if (rest.includes('half of a JSON body')) expect(() => JSON.parse(body) as unknown).toThrow(SyntaxError);
      if (rest.startsWith(': ')) expect(Object.values(JSON.parse(body) as object)).toContain(kind);
    }
  } finally {
    await emulator.close();
  }
});

it('takes a fault once, and by default on the route that the page names', async () => {
  const page = await readFile(PAGE, 'utf8');
  const [, route = ''] = /`route` is `(\w+)` \(the default\)/.exec(page) ?? [];
  const emulator = await startEmulator();
  try {
    emulator.failNext({ kind: 'server_error' });
    const ask = async (path: string) => (await post(emulator.url + path)).status;
    expect([await ask(`/user_management/${route}`), await ask(`/user_management/${route}`)]).toEqual([500, 422]);
  } finally {
    await emulator.close();
  }
});
