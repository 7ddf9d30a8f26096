/** The package in a NestJS application, installed by npm from its tarball, and compiled as `nest build` does. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from '../testdata/api-server.ts';
import { PASSWORD, sealText } from '../testdata/seal-by-hand.ts';
import { goodClaims } from '../testdata/signer.ts';
import { isInstalled, pack, RUNTIMES_FOLDER } from './start.ts';

const FOLDER = join(RUNTIMES_FOLDER, 'nest');
const run = promisify(execFile);

describe.runIf(isInstalled)('a NestJS application with the packed package', { timeout: 60_000 }, () => {
  let api: TestApi;
  let child: ChildProcess | undefined;
  beforeAll(async () => {
    await rm(FOLDER, { recursive: true, force: true });
    await mkdir(FOLDER);
    await writeFile(join(FOLDER, 'package.json'), '{ "private": true }');
    const installed = await run('npm', ['install', '--no-audit', '--prefer-offline', `./${await pack(FOLDER)}`], {
      cwd: FOLDER,
    });
    if (installed.stderr !== '') throw new Error(`Cannot install the application: ${installed.stderr}`);
    await copyFile(fileURLToPath(new URL('testdata/nest-app.ts', import.meta.url)), join(FOLDER, 'app.ts'));
    api = await startApi();
  }, 60_000);
  afterEach(() => {
    child?.kill('SIGKILL');
  });
  afterAll(() => api?.close());

  const cookie = (claims: Record<string, unknown>) =>
    sealText(
      JSON.stringify({
        user: { id: 'user_01' },
        accessToken: api.signer.token(goodClaims(claims)),
        refreshToken: `refresh_token_of_${JSON.stringify(claims)}`,
      }),
      PASSWORD,
    );

  test.each([
    ['ES modules, with import', 'module'],
    ['CommonJS, with require()', 'commonjs'],
  ])('checks sessions in a guard, compiled to %s', async (_about, type) => {
    await writeFile(join(FOLDER, 'package.json'), JSON.stringify({ private: true, type }));
    const out = `dist-${type}`;
    await compile(out);
    const url = await start(join(out, 'app.js'));
    const get = (sealed?: string) =>
      fetch(`${url}/profile`, { headers: sealed === undefined ? {} : { cookie: `wos-session=${sealed}` } });

    const anonymous = await get();
    expect([anonymous.status, await anonymous.json()]).toMatchObject([401, { message: 'no_session_cookie_provided' }]);
    const signedIn = await get(cookie({}));
    expect([signedIn.status, await signedIn.json()]).toEqual([200, { id: 'user_01' }]);
    const expired = await get(cookie({ exp: 1, jti: type }));
    expect(expired.status).toBe(200);
    expect(expired.headers.getSetCookie()).toEqual([expect.stringMatching(/^wos-session=Fe26\.2\*/)]);
  });

  async function compile(outDir: string): Promise<void> {
    const compilerOptions = {
      // As `nest new` writes them.
      module: 'nodenext',
      target: 'es2023',
      strict: true,
      emitDecoratorMetadata: true,
      experimentalDecorators: true,
      skipLibCheck: true,
      types: [],
      lib: ['es2023', 'dom'],
      outDir,
    };
    const config = join(FOLDER, `tsconfig.${outDir}.json`);
    await writeFile(config, JSON.stringify({ compilerOptions, files: ['app.ts'] }));
    const tsc = createRequire(join(RUNTIMES_FOLDER, 'package.json')).resolve('typescript5/lib/tsc.js');
    const { stdout } = await run(process.execPath, [tsc, '-p', config]).catch((error: { stdout: string }) => error);
    expect(stdout).toBe('');
  }

  async function start(program: string): Promise<string> {
    const env = {
      ...process.env,
      WORKOS_API_KEY: api.options.apiKey,
      WORKOS_CLIENT_ID: api.options.clientId,
      WORKOS_API_HOSTNAME: api.options.apiHostname,
      WORKOS_API_PORT: String(api.port),
      WORKOS_API_HTTPS: 'false',
      WORKOS_COOKIE_PASSWORD: PASSWORD,
    };
    const started = spawn(process.execPath, [program], { cwd: FOLDER, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    let printed = '';
    const port = await new Promise<string | undefined>((resolve) => {
      const read = (chunk: Buffer) => {
        printed += chunk.toString();
        const [, found] = /^port (\d+)$/m.exec(printed) ?? [];
        if (found) resolve(found);
      };
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      void once(started, 'exit').then(() => resolve(undefined));
    });
    if (port === undefined) throw new Error(`Cannot start the application: it printed ${printed}, expected a port`);
    return `http://127.0.0.1:${port}`;
  }
});
