/** The page on the emulator against the code it speaks of: every option, session, route and fault, and no other. */
import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { FAULT_KINDS } from './faults.ts';
import { SESSIONS } from './seed.ts';

const read = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');
const page = await read('../../content/reference/authkit/session-helpers/emulator.mdx');

/** The first cell of each row of the table whose head is `head`. */
function firstCells(head: string): string[] {
  const [, table = ''] = page.split(`\n| ${head} |`);
  return Array.from((table.split('\n\n')[0] ?? '').matchAll(/^\| `([^`]+)`/gm), ([, cell = '']) => cell);
}

it('lists every fault, in the order of the code', () => {
  expect(firstCells('Fault')).toEqual(FAULT_KINDS);
});

it('lists every session', () => {
  expect(firstCells('Session')).toEqual(Object.keys(SESSIONS));
});

it('lists every route', async () => {
  const routes = (await read('emulator.ts')).matchAll(/^ {4}'((?:GET|POST|DELETE) [^']+)':/gm);
  expect(firstCells('Route').toSorted()).toEqual(Array.from(routes, ([, route]) => route).toSorted());
});

it('lists every option of the command', async () => {
  const [, options = ''] = /const OPTIONS = \{([^]*?)\n\} as const/.exec(await read('command.ts')) ?? [];
  const names = Array.from(options.matchAll(/^ {2}'?([\w-]+)'?: \{/gm), ([, name]) => `--${name}`);
  expect(names.length).toBeGreaterThan(3);
  expect(firstCells('Option')).toEqual(names);
});
