/** The packed package in tools that build and test applications. `npm run runtimes` installs them. */
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, test } from 'vitest';
import { PASSWORD, sealText } from '../testdata/seal-by-hand.ts';
import { createSigner, goodClaims } from '../testdata/signer.ts';
import { isInstalled, packInto, RUNTIMES_FOLDER } from './start.ts';

const FOLDER = join(RUNTIMES_FOLDER, 'tools');
const run = promisify(execFile);
const load = createRequire(join(RUNTIMES_FOLDER, 'package.json'));

beforeAll(async () => {
  if (!isInstalled) return;
  await mkdir(join(FOLDER, 'node_modules'), { recursive: true });
  await packInto(FOLDER);
}, 60_000);

const signer = createSigner();
const ENVIRONMENT = () => ({
  ...process.env,
  MATERIAL: JSON.stringify({
    jwks: { keys: [signer.jwk] },
    cookie: sealText(
      JSON.stringify({ user: { id: 'user_01' }, accessToken: signer.token(goodClaims()), refreshToken: 'r' }),
      PASSWORD,
    ),
    password: PASSWORD,
  }),
});
/** Sets `authenticated` to whether the cookie authenticates. */
const PROGRAM = `
  const { jwks, cookie, password } = JSON.parse(process.env.MATERIAL);
  const { userManagement } = new WorkOS('sk_1', { clientId: 'client_01', jwks });
  const session = userManagement.loadSealedSession({ sessionData: cookie, cookiePassword: password });
  const { authenticated } = await session.authenticate();`;

describe.runIf(isInstalled)('the packed package', { timeout: 60_000 }, () => {
  test('resolves with its types in every way that attw knows', async () => {
    const { checkPackage, createPackageFromTarballData } = (await import(
      pathToFileURL(join(RUNTIMES_FOLDER, 'node_modules/@arethetypeswrong/core/dist/index.js')).href
    )) as {
      checkPackage(given: unknown): Promise<{ problems: unknown[]; types: unknown }>;
      createPackageFromTarballData(tarball: Uint8Array): unknown;
    };
    const tarball = (await readdir(FOLDER)).find((name) => name.endsWith('.tgz'))!;
    const data = new Uint8Array(await readFile(join(FOLDER, tarball)));
    const { problems, types } = await checkPackage(createPackageFromTarballData(data));
    expect(types).toBeTruthy();
    expect(problems).toEqual([]);
  });

  test.each([
    ['commonjs', 'node10'],
    ['node16', 'node16'],
    ['node18', 'node16'],
    ['nodenext', 'nodenext'],
    ['esnext', 'bundler'],
  ])('compiles with TypeScript 5 as %s with resolution %s', async (module, moduleResolution) => {
    const file = join(FOLDER, `${module}-${moduleResolution}.ts`);
    await writeFile(
      file,
      `import { SessionError, WorkOS, type WorkOSOptions } from 'authkit-session-helpers';
      const options: WorkOSOptions = { clientId: 'c' };
      export const session = new WorkOS(options).userManagement.loadSealedSession({ sessionData: undefined });
      export const code = (error: unknown): string => (error instanceof SessionError ? error.code : '');
      export const roles = async (): Promise<string[]> => {
        const result = await session.refresh();
        return result.authenticated ? (result.roles ?? []) : [];
      };`,
    );
    const compilerOptions = {
      strict: true,
      noEmit: true,
      exactOptionalPropertyTypes: true,
      skipLibCheck: false,
      types: [],
      target: 'es2022',
      lib: ['es2022'],
      module,
      moduleResolution,
    };
    const config = join(FOLDER, `tsconfig.${module}.json`);
    await writeFile(config, JSON.stringify({ compilerOptions, files: [file] }));
    const tsc = load.resolve('typescript5/lib/tsc.js');
    const { stdout } = await run(process.execPath, [tsc, '-p', config]).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  });

  test.each(['node', 'webworker'])('is bundled by webpack for %s, and runs', async (target) => {
    const entry = join(FOLDER, 'webpack-entry.mjs');
    await writeFile(
      entry,
      `import { WorkOS } from 'authkit-session-helpers';
      (async () => { ${PROGRAM} console.log(authenticated); })();`,
    );
    const webpack = load('webpack') as (
      options: object,
      done: (error: Error | null, stats: { toJson(options: object): object }) => void,
    ) => void;
    const filename = `webpack-${target}.cjs`;
    const output = { path: FOLDER, filename, chunkFormat: 'commonjs', chunkLoading: false };
    const stats = await new Promise<object>((resolve, reject) => {
      // Each platform loads the dynamic imports of a worker bundle in its own way. Here, one chunk is enough.
      const options = {
        mode: 'production',
        target,
        entry,
        output,
        module: { parser: { javascript: { dynamicImportMode: 'eager' } } },
      };
      webpack(options, (error, result) =>
        error ? reject(error) : resolve(result.toJson({ all: false, errors: true, warnings: true })),
      );
    });
    expect(stats).toMatchObject({ errors: [], warnings: [] });
    const { stdout } = await run(process.execPath, [join(FOLDER, filename)], { env: ENVIRONMENT() });
    expect(stdout).toBe('true\n');
  });

  test('runs as pnpm installs it, without install scripts or warnings', async () => {
    const folder = join(FOLDER, 'pnpm');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    const tarball = (await readdir(FOLDER)).find((name) => name.endsWith('.tgz'))!;
    const pnpm = join(RUNTIMES_FOLDER, 'node_modules/.bin/pnpm');
    const { stdout, stderr } = await run(pnpm, ['add', '--ignore-workspace', `../${tarball}`], { cwd: folder });
    expect(stdout + stderr).not.toMatch(/WARN|build scripts/i);
    await writeFile(
      join(folder, 'program.mjs'),
      `import { WorkOS } from 'authkit-session-helpers';
      ${PROGRAM} console.log(authenticated);`,
    );
    const ran = await run(process.execPath, ['program.mjs'], { cwd: folder, env: ENVIRONMENT() });
    expect(ran.stdout).toBe('true\n');
  });

  test('is tested with Jest in its default mode', async () => {
    const folder = join(FOLDER, 'jest');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'package.json'), '{ "private": true }');
    await writeFile(
      join(folder, 'session.test.js'),
      `const { SessionError, WorkOS } = require('authkit-session-helpers');
      test('a session authenticates', async () => { ${PROGRAM} expect(authenticated).toBe(true); });
      test('an error is one', () => {
        expect(() => new WorkOS('sk_1', { clientId: 'c', timeout: -1 })).toThrow(SessionError);
      });`,
    );
    const jest = join(RUNTIMES_FOLDER, 'node_modules/jest/bin/jest.js');
    const { stderr } = await run(process.execPath, [jest, '--rootDir', folder], {
      env: ENVIRONMENT(),
      cwd: folder,
    }).catch((error: { stderr: string }) => error);
    expect(stderr).toMatch(/Tests: +2 passed, 2 total/);
  });
});
