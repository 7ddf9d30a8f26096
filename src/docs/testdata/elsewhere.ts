/**
 * The engine as a package, in a folder of its own, with the SDK of someone else. With ENGINE_INSTALL=npm, npm installs it
 * with all it needs; otherwise what is installed here is linked.
 */
import { execFile, spawn } from 'node:child_process';
import { cp, glob, mkdir, mkdtemp, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'vitest';
import { packEngine } from '../pack.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WINDOWS = process.platform === 'win32';

/** Milliseconds that builds may take on a busy machine. */
export const BUILDS_MS_MAX = 240_000;

export interface Ending {
  code: number;
  printed: string;
}

/** A copy of the project in `testdata/<files>`, with the engine among its packages. */
export async function makeProject(files: string, packages: readonly string[] = []): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'elsewhere-'));
  await cp(join(import.meta.dirname, files), root, { recursive: true });
  const engine = join(root, 'build', 'engine');
  packEngine(engine);
  if (process.env['ENGINE_INSTALL'] === 'npm') {
    await run('npm', ['pack', '--silent', '--pack-destination', root], { cwd: engine, shell: WINDOWS });
    const [tarball = ''] = await Array.fromAsync(glob('*.tgz', { cwd: root }));
    const { peerDependencies } = JSON.parse(await readFile(join(engine, 'package.json'), 'utf8')) as {
      peerDependencies: { astro: string };
    };
    const installed = [`./${tarball}`, `astro@${peerDependencies.astro}`, ...packages];
    await run('npm', ['install', '--silent', '--no-audit', '--no-fund', '--prefer-offline', ...installed], {
      cwd: root,
      shell: WINDOWS,
    });
  } else {
    await linkPackages(join(root, 'node_modules'));
    await cp(engine, join(root, 'node_modules/verified-docs'), { recursive: true });
    const manifest = join(root, 'package.json');
    const written = JSON.parse(await readFile(manifest, 'utf8')) as object;
    await writeFile(manifest, JSON.stringify({ ...written, dependencies: { 'verified-docs': '*' } }));
  }
  await rm(engine, { recursive: true });
  return root;
}

/** Everything that is installed for this project, as links. */
export async function linkPackages(folder: string): Promise<void> {
  const installed = join(ROOT, 'node_modules');
  await mkdir(folder);
  for (const name of await readdir(installed)) {
    if (name.startsWith('.')) continue;
    if (!name.startsWith('@')) {
      await symlink(join(installed, name), join(folder, name), 'junction');
      continue;
    }
    await mkdir(join(folder, name));
    for (const scoped of await readdir(join(installed, name)))
      await symlink(join(installed, name, scoped), join(folder, name, scoped), 'junction');
  }
}

/** What a program of Astro is started with; below a test, it would take itself for a part of it. */
export function environmentOf(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const { VITEST: _vitest, NODE_ENV: _mode, ...rest } = process.env;
  return {
    ...rest,
    ASTRO_TELEMETRY_DISABLED: '1',
    SITE_URL: '',
    CI: '',
    NO_COLOR: '1',
    ...environment,
  } as NodeJS.ProcessEnv;
}

export interface AstroServer {
  url: string;
  stop: () => void;
}

/** `astro dev` or `astro preview` in `root`, once it has said where it is. */
export async function startAstro(command: 'dev' | 'preview', root: string): Promise<AstroServer> {
  const server = spawn(process.execPath, ['node_modules/astro/bin/astro.mjs', command, '--port', '0'], {
    cwd: root,
    env: environmentOf({}),
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let printed = '';
  const url = await new Promise<string>((resolve, reject) => {
    server.stdout.on('data', (chunk: Buffer) => {
      const [address] = /http:\/\/[\w.[\]:]+:\d+/.exec((printed += chunk)) ?? [];
      if (address) resolve(address);
    });
    server.once('exit', () => reject(new Error(`The server exited: ${printed}`)));
  });
  return { url, stop: () => void server.kill() };
}

/** What `look` gives while `file` is as `change` makes it; undefined is a file that is not there. */
export async function changed<Result>(
  root: string,
  file: string,
  change: (text: string) => string | undefined,
  look: () => Promise<Result>,
): Promise<Result> {
  const former = await readFile(join(root, file), 'utf8');
  const text = change(former);
  expect(text).not.toBe(former);
  await (text === undefined ? rm(join(root, file)) : writeFile(join(root, file), text));
  try {
    return await look();
  } finally {
    await writeFile(join(root, file), former);
  }
}

async function nodeIn(root: string, environment: NodeJS.ProcessEnv, ...args: string[]): Promise<Ending> {
  const env = environmentOf(environment);
  try {
    const { stdout, stderr } = await run(process.execPath, args, { cwd: root, env });
    return { code: 0, printed: stdout + stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, printed: stdout + stderr };
  }
}

export const build = (root: string, environment: NodeJS.ProcessEnv = {}) =>
  nodeIn(root, environment, 'node_modules/astro/bin/astro.mjs', 'build');
export const command = (root: string, ...words: string[]) =>
  nodeIn(root, {}, 'node_modules/verified-docs/cli.js', ...words);
