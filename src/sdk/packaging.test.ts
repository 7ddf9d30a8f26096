/** The package as npm packs it: what is in it, how it is loaded, and that all copies in a process are one. */
import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startApi, type TestApi } from './testdata/api-server.ts';
import { PASSWORD, sealText } from './testdata/seal-by-hand.ts';
import { goodClaims } from './testdata/signer.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const PACKAGE = join(ROOT, 'build/sdk');
const TSC = join(ROOT, 'node_modules/typescript/bin/tsc');
const run = promisify(execFile);

let folder: string;
let api: TestApi;
beforeAll(async () => {
  await run('npm', ['run', '--silent', 'prepare'], { cwd: ROOT });
  folder = await mkdtemp(join(tmpdir(), 'packaging-'));
  // Two copies, as two versions of a dependency make them, each with what it depends on.
  for (const name of ['authkit-session-helpers', 'authkit-session-helpers-copy']) {
    await cp(PACKAGE, join(folder, 'node_modules', name), { recursive: true });
  }
  for (const name of ['iron-webcrypto', 'uint8array-extras']) {
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name));
  }
  await writeFile(join(folder, 'package.json'), '{ "private": true }');
  api = await startApi();
}, 60_000);
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const manifest = async () =>
  JSON.parse(await readFile(join(PACKAGE, 'package.json'), 'utf8')) as Record<string, unknown>;

test('the tarball holds the code once for each way of loading it, and nothing that runs at installation', async () => {
  const { stdout } = await run('npm', ['pack', '--json', '--dry-run', PACKAGE], { cwd: folder });
  const [{ files, size }] = JSON.parse(stdout) as [{ files: { path: string }[]; size: number }];
  expect(files.map(({ path }) => path).sort()).toEqual(
    [
      'LICENSE',
      'README.md',
      'THIRD-PARTY-LICENSES',
      'package.json',
      'index.cjs',
      'index.d.cts',
      'index.d.ts',
      'index.js',
      'bin.cjs',
      'emulator.cjs',
      'emulator.d.cts',
      'emulator.d.ts',
      'emulator.js',
      'part-command.cjs',
      'part-docs.cjs',
      'part-emulator.cjs',
      'part-inspect.cjs',
      'part-server.cjs',
    ].sort(),
  );
  // The helpers are in it three times: for each way of loading them in one module, and in the inspector.
  expect(size).toBeLessThan(140_000);
  const licences = await readFile(join(PACKAGE, 'THIRD-PARTY-LICENSES'), 'utf8');
  for (const bundled of ['@hono/node-server', 'fastest-levenshtein']) expect(licences).toContain(`${bundled} `);
  expect(licences).not.toContain('No licence file');
  const fields = await manifest();
  for (const field of ['scripts', 'devDependencies', 'allowScripts', 'private'])
    expect(fields).not.toHaveProperty(field);
});

test('the package runs on the versions of Node that the page names, and says so', async () => {
  const page = await readFile(join(ROOT, 'content/reference/authkit/session-helpers/compatibility.mdx'), 'utf8');
  const [, oldest] = /^\| Node ([\d.]+)[^|]*\|/m.exec(page) ?? [];
  expect((await manifest())['engines']).toEqual({ node: `>=${oldest}` });
});

test('its package.json is that of the project, with the paths of the build', async () => {
  const fields = await manifest();
  const project = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<string, unknown>;
  const packed = (value: unknown) => JSON.parse(JSON.stringify(value).replaceAll('./build/sdk/', './')) as unknown;
  const same = ['name', 'version', 'description', 'license', 'engines', 'imports', 'dependencies', 'type'];
  for (const name of same) expect([name, fields[name]]).toEqual([name, project[name]]);
  for (const name of ['exports', 'bin']) expect([name, fields[name]]).toEqual([name, packed(project[name])]);
  expect(fields).toMatchObject({
    sideEffects: false,
    main: './index.cjs',
    types: './index.d.cts',
    dependencies: { 'iron-webcrypto': '^2.0.0' },
    exports: { '.': {}, './emulator': {}, './package.json': './package.json' },
  });
  for (const text of ['README.md', 'LICENSE'])
    expect(await readFile(join(PACKAGE, text), 'utf8')).toBe(await readFile(join(ROOT, text), 'utf8'));
});

test('the inspector is only in the command, not in what programs load', async () => {
  const build = (file: string) => readFile(join(PACKAGE, file), 'utf8');
  expect(await build('part-inspect.cjs')).toContain('function inspectSeal');
  for (const file of ['index.cjs', 'index.js']) expect(await build(file)).not.toContain('inspectSeal');
  expect(await build('index.cjs')).not.toMatch(/require\("\.\/part/);
});

test('publint has nothing to say', async () => {
  const { messages, pkg } = await publint({ pkgDir: PACKAGE, strict: true });
  expect(messages.map((message) => formatMessage(message, pkg))).toEqual([]);
});

/** Runs a program in the folder; what it prints, as JSON. */
async function runProgram(name: string, text: string, flags: string[] = []): Promise<unknown> {
  await writeFile(join(folder, name), text);
  const env = { ...process.env, OPTIONS: JSON.stringify({ ...api.options, cookie: cookie(), password: PASSWORD }) };
  const { stdout, stderr } = await run(process.execPath, [...flags, name], { cwd: folder, env });
  expect(stderr).toBe('');
  return JSON.parse(stdout);
}
let cookies = 0;
const cookie = () =>
  sealText(
    JSON.stringify({
      user: { id: 'user_01' },
      accessToken: api.signer.token(goodClaims({ exp: 1 })),
      refreshToken: `refresh_token_of_${++cookies}`,
    }),
    PASSWORD,
  );

describe('copies in one process', () => {
  const program = (load: string) => `
    const { cookie, password, ...options } = JSON.parse(process.env.OPTIONS);
    (async () => {
      const copies = ${load};
      const refresh = ({ WorkOS }) => new WorkOS(options).userManagement
        .loadSealedSession({ sessionData: cookie, cookiePassword: password }).refresh();
      const results = await Promise.all(copies.map(refresh));
      const refused = await Promise.all(copies.map(({ WorkOS }) => new WorkOS({ ...options, https: false, port: options.port })
        .userManagement.authenticateWithCode({ code: 'refused' }).catch((error) => error)));
      const [one, two] = copies;
      console.log(JSON.stringify({
        authenticated: results.map(({ authenticated }) => authenticated),
        sameCookie: results[0].sealedSession === results[1].sealedSession,
        apart: one.WorkOS !== two.WorkOS,
        known: [one.SessionError, one.OauthException].map((kind) => refused[1] instanceof kind),
        unknown: [
          refused[1] instanceof one.NotFoundException,
          new Error() instanceof one.SessionError,
          { name: 'SessionError' } instanceof one.SessionError,
        ],
      }));
    })();`;

  test.each([
    ['import and require()', "[await import('authkit-session-helpers'), require('authkit-session-helpers')]"],
    ['two copies', "[require('authkit-session-helpers'), require('authkit-session-helpers-copy')]"],
  ])('%s: one exchange for one cookie, and instanceof knows errors of the other', async (about, load) => {
    api.onAuthenticate = ({ body }, response, next) => {
      if (body['grant_type'] === 'refresh_token') return next();
      response.writeHead(400, { 'Content-Type': 'application/json' }).end('{"error":"invalid_grant"}');
    };
    api.requests.length = 0;
    expect(await runProgram(`${about.replaceAll(/\W/g, '-')}.cjs`, program(load))).toEqual({
      authenticated: [true, true],
      sameCookie: true,
      apart: true,
      known: [true, true],
      unknown: [false, false, false],
    });
    expect(api.requests.filter(({ body }) => body['grant_type'] === 'refresh_token')).toHaveLength(1);
  });

  test('frozen global objects do not break anything', async () => {
    const text = `
      const { cookie, password, ...options } = JSON.parse(process.env.OPTIONS);
      const { WorkOS } = require('authkit-session-helpers');
      (async () => {
        await fetch('data:,loads what Node adds to the global object at its first use');
        Object.preventExtensions(globalThis);
        Object.preventExtensions(process);
        const { userManagement } = new WorkOS(options);
        const session = userManagement.loadSealedSession({ sessionData: cookie, cookiePassword: password });
        console.log(JSON.stringify((await session.refresh()).authenticated));
      })();`;
    expect(await runProgram('frozen.cjs', text)).toBe(true);
  });

  test('printing the object that has the shared state does not show it', async () => {
    const text = `
      const before = Reflect.ownKeys(process).length;
      const { WorkOS } = require('authkit-session-helpers');
      new WorkOS('sk_1', { clientId: 'c' }).userManagement.loadSealedSession({ sessionData: 'x', cookiePassword: 'x'.repeat(32) });
      const added = Reflect.ownKeys(process).length - before;
      console.log(JSON.stringify([added, require('node:util').inspect(process).includes('authkit-session-helpers/')]));`;
    expect(await runProgram('printed.cjs', text)).toEqual([1, false]);
  });
});

describe('the emulator in the package', () => {
  const bin = (...args: string[]) =>
    run(process.execPath, [join(folder, 'node_modules/authkit-session-helpers/bin.cjs'), ...args]).catch(
      (error: { stdout: string; stderr: string; code: number }) => error,
    );

  test.each([
    ['import', 'emulator.mjs', "import { startEmulator } from 'authkit-session-helpers/emulator';"],
    ['require()', 'emulator.cjs', "const { startEmulator } = require('authkit-session-helpers/emulator');"],
  ])('starts in a test suite that loads it with %s, for the helpers beside it', async (_about, name, load) => {
    const text = `
      ${load}
      (async () => {
        const emulator = await startEmulator();
        Object.assign(process.env, await emulator.issueEnvironment());
        const { WorkOS } = await import('authkit-session-helpers');
        const cookie = 'wos-session=' + process.env.WORKOS_SEALED_SESSION;
        const session = await new WorkOS().userManagement.checkSession(cookie);
        console.log(JSON.stringify([session.authenticated, session.user?.email]));
        await emulator.close();
      })();`;
    expect(await runProgram(name, text)).toEqual([true, 'ada@example.com']);
  });

  test('is a command that says what is wrong in a sentence', async () => {
    expect((await bin('emulator', '--help')).stdout).toContain('npx authkit-session-helpers emulator [options]');
    expect((await bin()).stdout).toMatch(/^Usage: npx authkit-session-helpers <command> [^]*\n {2}emulator {2}/);
    expect(await bin('simulator')).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/expected one of .*\bemulator\b/),
    });
    expect((await bin('inspect', '--help')).stdout).toContain('npx authkit-session-helpers inspect [options]');
    const taken = await bin('emulator', '--port', String(api.port));
    expect(taken).toMatchObject({ code: 1, stderr: expect.stringMatching(/port \d+ of 127\.0\.0\.1 is taken/) });
  });
});

describe('the declarations', () => {
  const READER = `
    import { AuthenticationException, WorkOS, type RefreshResult, type WorkOSOptions } from 'authkit-session-helpers';
    const options: WorkOSOptions = { clientId: 'c' };
    const session = new WorkOS(options).userManagement.loadSealedSession({ sessionData: undefined });
    export const result: Promise<RefreshResult<{ plan: 'free' }>> = session.refresh<{ plan: 'free' }>();
    export const token = (error: unknown): string | undefined =>
      error instanceof AuthenticationException ? error.pendingAuthenticationToken : undefined;
    // @ts-expect-error no such option
    new WorkOS({ clientID: 'c' });`;
  /** The emulator's speak of the web's Request and Response. */
  const TESTER = `
    import { startEmulator, type RunningEmulator } from 'authkit-session-helpers/emulator';
    export const emulator: Promise<RunningEmulator> = startEmulator({ sessionLifeSec: 60 });`;

  test.each([
    ['nodenext', 'reader.mts'],
    ['nodenext', 'reader.cts'],
    ['node20', 'reader.cts'],
    ['bundler', 'reader.ts'],
  ])('compile with module resolution %s in %s, without any other types', async (module, file) => {
    await writeFile(join(folder, file), READER);
    const compilerOptions = {
      strict: true,
      noEmit: true,
      skipLibCheck: false,
      exactOptionalPropertyTypes: true,
      types: [],
      target: 'es2023',
      lib: ['es2023'],
      ...(module === 'bundler' ? { module: 'esnext', moduleResolution: 'bundler' } : { module }),
    };
    const config = join(folder, `tsconfig.${module}.json`);
    await writeFile(config, JSON.stringify({ compilerOptions, files: [file] }));
    const compile = () => run(process.execPath, [TSC, '-p', config]).catch((error: { stdout: string }) => error);
    expect((await compile()).stdout).toBe('');
    await writeFile(join(folder, file), TESTER);
    compilerOptions.lib = ['es2023', 'dom'];
    await writeFile(config, JSON.stringify({ compilerOptions, files: [file] }));
    expect((await compile()).stdout).toBe('');
  });
});

describe('a bundle for Node', () => {
  const ENTRY = `
    import { WorkOS } from 'authkit-session-helpers';
    const { cookie, password, ...options } = JSON.parse(process.env.OPTIONS);
    const { userManagement } = new WorkOS(options);
    const session = userManagement.loadSealedSession({ sessionData: cookie, cookiePassword: password });
    session.refresh().then(({ authenticated }) => console.log(JSON.stringify(authenticated)));`;
  const bundle = {
    esbuild: async (entry: string, outfile: string, format: 'esm' | 'cjs') => {
      const args = ['--bundle', '--platform=node', `--format=${format}`, `--outfile=${outfile}`, '--log-level=error'];
      await run(join(ROOT, 'node_modules/.bin/esbuild'), [entry, ...args], { cwd: folder });
    },
    rolldown: async (entry: string, outfile: string, format: 'esm' | 'cjs') => {
      const { build } = await import('rolldown');
      const output = { file: outfile, format, codeSplitting: false } as const;
      await build({ input: entry, platform: 'node', logLevel: 'silent', output });
    },
    'Vite SSR': async (entry: string, outfile: string, format: 'esm' | 'cjs') => {
      const { build } = await import('vite');
      const entryFileNames = outfile.slice(folder.length + 1);
      await build({
        root: folder,
        configFile: false,
        logLevel: 'silent',
        ssr: { noExternal: true },
        build: {
          ssr: entry,
          outDir: folder,
          emptyOutDir: false,
          rolldownOptions: { output: { format, entryFileNames, codeSplitting: false } },
        },
      });
    },
  };

  test.each([
    ['esbuild', 'esm', 'mjs'],
    ['esbuild', 'cjs', 'cjs'],
    ['rolldown', 'esm', 'mjs'],
    ['Vite SSR', 'esm', 'mjs'],
  ] as const)('by %s as %s runs', async (bundler, format, ending) => {
    const directory = join(folder, 'bundles');
    await mkdir(directory, { recursive: true });
    const entry = join(folder, 'entry.js');
    await writeFile(entry, ENTRY);
    const outfile = join(directory, `${bundler.replace(' ', '-')}-${format}.${ending}`);
    await bundle[bundler](entry, outfile, format);
    expect(await runProgram(outfile.slice(folder.length + 1), await readFile(outfile, 'utf8'))).toBe(true);
  });
});
