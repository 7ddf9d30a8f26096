/** The examples in doc comments compile against the package. */
import { execFile } from 'node:child_process';
import { glob, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as sdk from './index.ts';

const ROOT = join(import.meta.dirname, '../..');
const DOOR = join(import.meta.dirname, 'index.ts').replaceAll('\\', '/');

/** What the examples take for granted. */
const SURROUNDINGS = `
declare const workos: import('${DOOR}').WorkOS;
declare const session: import('${DOOR}').SealedSession;
declare const request: Request & { cookies: Record<string, string | undefined> };
declare const response: { headers: Headers; setHeader(name: string, value: string | string[]): void };
declare const redis: import('redis').RedisClientType;
declare const headers: Headers;
declare const sealedSession: string;
declare const redirectUri: string;
declare function setCookie(value: string): void;
declare function redirect(path: string, headers: Iterable<readonly [name: string, value: string]>): void;
declare function redirectToSignIn(): void;
`;

interface Example {
  place: string;
  code: string;
}

/** The text of each \`@example\`, up to the next tag or the end of its comment. */
function examplesIn(file: string, text: string): Example[] {
  return [...text.matchAll(/\/\*\*(?:(?!\*\/)[^])*\*\//g)].flatMap((comment) =>
    [...comment[0].matchAll(/@example\b([^]*?)(?=\n\s*\*\s*@|\s*\*\/)/g)].map(([, example = ''], index) => ({
      place: `${file}:${text.slice(0, comment.index).split('\n').length} example ${index + 1}`,
      code: example.replaceAll(/^\s*\* ?/gm, '').trim(),
    })),
  );
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'examples-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Each name that the package exports, as if it had been imported. */
async function exportedNames(): Promise<string> {
  const door = await readFile(DOOR, 'utf8');
  const values = Object.keys(sdk).map((name) => `declare const ${name}: typeof import('${DOOR}').${name};`);
  const types = [...door.matchAll(/export type \{([^}]*)\}|\btype (\w+),/g)]
    .flatMap(([, list, one]) => one ?? (list ?? '').split(','))
    .map((name) => name.trim())
    .filter((name) => /^\w+$/.test(name));
  return [...values, ...[...new Set(types)].map((name) => `type ${name} = import('${DOOR}').${name};`)].join('\n');
}

async function compile(examples: readonly Example[]): Promise<string> {
  await writeFile(join(folder, 'surroundings.d.ts'), `${SURROUNDINGS}${await exportedNames()}\n`);
  for (const [index, { code }] of examples.entries())
    await writeFile(join(folder, `example-${index}.ts`), `${code}\nexport {};\n`);
  const compilerOptions = {
    module: 'nodenext',
    target: 'es2023',
    strict: true,
    noEmit: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    typeRoots: [join(ROOT, 'node_modules/@types')],
    types: ['node'],
    paths: {
      'authkit-session-helpers': [DOOR],
      redis: [join(ROOT, 'node_modules/redis')],
      '#iron': [join(ROOT, 'node_modules/iron-webcrypto')],
    },
  };
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
  const tsc = [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder, '--pretty', 'false'];
  const { stdout } = await promisify(execFile)(process.execPath, tsc, { cwd: folder }).catch(
    (error: { stdout: string }) => error,
  );
  return stdout.replaceAll(/example-(\d+)\.ts/g, (_, index) => examples[Number(index)]?.place ?? '');
}

it('compile, with what the package exports', { timeout: 60_000 }, async () => {
  const files = (await Array.fromAsync(glob('**/*.ts', { cwd: import.meta.dirname }))).filter(
    (file) => !/\.test\.ts$|testdata|bench|runtimes/.test(file),
  );
  const texts = await Promise.all(files.map((file) => readFile(join(import.meta.dirname, file), 'utf8')));
  const examples = files.flatMap((file, index) => examplesIn(file, texts[index] ?? ''));
  expect(examples.length).toBeGreaterThan(10);
  expect(await compile(examples)).toBe('');
});

it('do not compile with a method, an option or a field that does not exist', { timeout: 60_000 }, async () => {
  const code = [
    'await session.renew();',
    "await session.refresh({ organisationId: 'org_01' });",
    'const result = await session.authenticate();\nif (result.authenticated) console.log(result.mail);',
    'serializeCookie(sealedSession);',
  ];
  const printed = await compile(code.map((each, index) => ({ place: `fault ${index}`, code: each })));
  for (const index of code.keys()) expect(printed).toContain(`fault ${index}(`);
});
