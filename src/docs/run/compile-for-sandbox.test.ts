import { expect, it } from 'vitest';
import { compileForSandbox } from './compile-for-sandbox.ts';
import { rewriteImports } from './rewrite-imports.ts';

const PACKAGE = 'authkit-session-helpers';

const AsyncFunction = (async () => undefined).constructor as new (
  ...parts: string[]
) => (...given: unknown[]) => Promise<unknown>;

it('removes the types and keeps every line in place', async () => {
  const source = `import {
  SESSION_COOKIE_NAME as name,
  type User,
  WorkOS,
} from 'authkit-session-helpers';

const users = new Map<string, User>();
console.log((name as string).length, WorkOS.name, users.size);`;
  const { program } = compileForSandbox(source, PACKAGE) as { program: string };
  expect(program.split('\n')).toHaveLength(source.split('\n').length);
  const printed: unknown[] = [];
  const asked: string[] = [];
  const imported = (...names: string[]) => {
    asked.push(...names);
    return { SESSION_COOKIE_NAME: 'wos-session', WorkOS: class WorkOS {} };
  };
  await new AsyncFunction('imported', 'console', rewriteImports(program, PACKAGE))(imported, {
    log: (...values: unknown[]) => printed.push(...values),
  });
  expect(asked).toEqual(['SESSION_COOKIE_NAME', 'WorkOS']);
  expect(printed).toEqual([11, 'WorkOS', 0]);
});

it.each([
  ["import { createServer } from 'node:http';\ncreateServer();", 'imports "node:http"'],
  ["import { Hono } from 'hono';\nnew Hono();", 'imports "hono"'],
  ["import helpers from 'authkit-session-helpers';\nhelpers;", 'imports "authkit-session-helpers"'],
  ["await fetch('https://example.com', { headers: { Cookie: 'a=b' } });", 'sets the Cookie header of a request'],
  ['console.table([{ a: 1 }]);', 'calls console.table'],
  ['process.exit(1);', 'uses process.exit'],
  ["process.stdout.write('a');", 'uses process.stdout'],
  ["Buffer.from('a');", 'uses Buffer'],
  ['console.log(import.meta.dirname);', 'uses import.meta.dirname'],
  ['namespace A { export const b = 1; }', 'uses namespace "A"'],
  ['const a = ;', 'uses what browsers do not understand'],
])('does not compile %j, and says why: it %s', (source, lacks) => {
  expect(compileForSandbox(source, PACKAGE)).toEqual({ lacks });
});

it.each([
  "console.log('one');",
  'console.log(process.env.HOME, new ArrayBuffer(1), (1).toLocaleString(), new Date().getHours());',
  "// process.exit() would end it\nconsole.log('one');",
])('compiles %j', (source) => {
  expect(compileForSandbox(source, PACKAGE)).toEqual({ program: source });
});

it('makes a comment of a line that names an interpreter', () => {
  expect(compileForSandbox("#!/usr/bin/env node\nconsole.log('one');", PACKAGE)).toEqual({
    program: "///usr/bin/env node\nconsole.log('one');",
  });
});

it('supports a namespace import of the package', () => {
  expect(rewriteImports("import * as all from 'authkit-session-helpers';\nall;", PACKAGE)).toBe(
    'const all = imported();\nall;',
  );
});
