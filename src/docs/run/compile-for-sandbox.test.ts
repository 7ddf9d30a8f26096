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
  const program = compileForSandbox(source, PACKAGE) ?? '';
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
  ['a module of Node', "import { createServer } from 'node:http';\ncreateServer();"],
  ['another package', "import { Hono } from 'hono';\nnew Hono();"],
  ['a default that the package does not have', "import helpers from 'authkit-session-helpers';\nhelpers;"],
  ['a request with a Cookie of its own', "await fetch('https://example.com', { headers: { Cookie: 'a=b' } });"],
])('does not compile a program that needs %s', (_what, source) => {
  expect(compileForSandbox(source, PACKAGE)).toBeUndefined();
});

it('runs a program that imports nothing', () => {
  expect(compileForSandbox("console.log('one');", PACKAGE)).toBe("console.log('one');");
});

it('supports a namespace import of the package', () => {
  expect(rewriteImports("import * as all from 'authkit-session-helpers';\nall;", PACKAGE)).toBe(
    'const all = imported();\nall;',
  );
});
