import { expect, it } from 'vitest';
import { bindImports } from './imports.ts';
import { toRunnable } from './program.ts';

it('takes the types out and leaves every line where it was', () => {
  const source = `import {
  SESSION_COOKIE_NAME as name,
  type User,
  WorkOS,
} from 'authkit-session-helpers';

const users = new Map<string, User>();
console.log((name as string).length, WorkOS.name, users.size);`;
  const program = bindImports(toRunnable(source) ?? '');
  expect(program.split('\n')).toHaveLength(source.split('\n').length);
  const printed: unknown[] = [];
  new Function('helpers', 'console', program)({ SESSION_COOKIE_NAME: 'wos-session', WorkOS: class WorkOS {} }, { log: (...values: unknown[]) => printed.push(...values) });
  expect(printed).toEqual([11, 'WorkOS', 0]);
});

it.each([
  ['a module of Node', "import { createServer } from 'node:http';\ncreateServer();"],
  ['another package', "import { Hono } from 'hono';\nnew Hono();"],
  ['a whole module', "import * as helpers from 'authkit-session-helpers';\nhelpers;"],
  ['a request with a Cookie of its own', "await fetch('https://example.com', { headers: { Cookie: 'a=b' } });"],
])('gives no program to run for one that needs %s', (_what, source) => {
  expect(toRunnable(source)).toBeUndefined();
});

it('runs a program that imports nothing', () => {
  expect(toRunnable("console.log('one');")).toBe("console.log('one');");
});
