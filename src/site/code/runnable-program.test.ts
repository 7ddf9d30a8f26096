import { expect, it } from 'vitest';
import { toRunnable } from './runnable-program.ts';

const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (...given: unknown[]) => Promise<unknown>;

it('takes the types out and leaves every line where it was', async () => {
  const source = `import {
  SESSION_COOKIE_NAME as name,
  type User,
  WorkOS,
} from 'authkit-session-helpers';

const users = new Map<string, User>();
console.log((name as string).length, WorkOS.name, users.size);`;
  const program = toRunnable(source) ?? '';
  expect(program.split('\n')).toHaveLength(source.split('\n').length);
  const printed: unknown[] = [];
  const asked: string[] = [];
  const helpers = async (...names: string[]) => {
    asked.push(...names);
    return { SESSION_COOKIE_NAME: 'wos-session', WorkOS: class WorkOS {} };
  };
  await new AsyncFunction('helpers', 'console', program)(helpers, {
    log: (...values: unknown[]) => printed.push(...values),
  });
  expect(asked).toEqual(['SESSION_COOKIE_NAME', 'WorkOS']);
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
