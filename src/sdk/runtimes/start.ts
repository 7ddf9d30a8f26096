/** A runtime → a server in it that runs programs/handle.js with the packed package. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

export interface RunningRuntime {
  /** Posts `body` to the handler. With `waitUntil`, the work of the helpers may outlive the response. */
  post(body: object, waitUntil?: boolean): Promise<unknown>;
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
/** Where the runtimes are installed: outside of src, because they take hundreds of megabytes. */
export const RUNTIMES_FOLDER = join(ROOT, 'build/runtimes');
const PROGRAMS = join(RUNTIMES_FOLDER, 'programs');
const WORKERD_DATE = '2026-07-01';
const run = promisify(execFile);

export const isInstalled = existsSync(join(RUNTIMES_FOLDER, 'node_modules/.package-lock.json'));

const inFolder = (path: string) => join(RUNTIMES_FOLDER, 'node_modules', path);
const nextCli = inFolder('next/dist/bin/next');

/** The tested runtimes, by name. */
export const RUNTIMES: readonly [name: string, start: () => Promise<RunningRuntime>][] = [
  ['Node 24', () => startProcess(process.execPath, ['node.js'])],
  [
    'Node 24 with the buffer of npm as the global',
    () => startProcess(process.execPath, ['--import', './npm-buffer.js', 'node.js']),
  ],
  ['Node 24 with require()', () => startProcess(process.execPath, ['node.cjs'])],
  ['Node 22', () => startProcess(inFolder('node22/bin/node'), ['node.js'])],
  ['Node 20', () => startProcess(inFolder('node20/bin/node'), ['node.js'])],
  ['Node 20 with require()', () => startProcess(inFolder('node20/bin/node'), ['node.cjs'])],
  ['Bun', () => startProcess(inFolder('.bin/bun'), ['bun.js'])],
  ['Deno', () => startProcess(inFolder('.bin/deno'), ['run', '--no-prompt', '--allow-net', '--allow-env', 'deno.js'])],
  [
    'Deno without permission for the environment',
    () => startProcess(inFolder('.bin/deno'), ['run', '--no-prompt', '--allow-net', 'deno.js']),
  ],
  ['workerd', () => startWorker([])],
  ['workerd with nodejs_compat', () => startWorker(['nodejs_compat'])],
  ['workerd with the buffer of npm as the global', () => startWorker([], ['npm-buffer.js'])],
  ['Next.js middleware on the edge', () => startProcess(process.execPath, [nextCli, 'start', '-p', '0'], '/edge')],
  ['Next.js route on Node', () => startProcess(process.execPath, [nextCli, 'start', '-p', '0'], '/node')],
];

/** Packs the package into `folder`, and returns the name of the tarball. */
export async function pack(folder: string): Promise<string> {
  await run('npm', ['run', '--silent', 'prepare'], { cwd: ROOT });
  await run('npm', ['pack', './build/sdk', '--pack-destination', folder], { cwd: ROOT });
  return (await readdir(folder)).find((name) => name.endsWith('.tgz'))!;
}

/** Unpacks the package into the node_modules of `folder`. */
export async function packInto(folder: string): Promise<void> {
  const tarball = await pack(folder);
  const target = join(folder, 'node_modules/authkit-session-helpers');
  await rm(target, { recursive: true, force: true });
  await mkdir(target);
  await run('tar', ['-xzf', join(folder, tarball), '-C', target, '--strip-components', '1']);
}

/** Copies the programs, unpacks the package and builds the programs with Next.js. */
export async function prepare(): Promise<void> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  await packInto(RUNTIMES_FOLDER);
  await rm(PROGRAMS, { recursive: true, force: true });
  await cp(fileURLToPath(new URL('programs', import.meta.url)), PROGRAMS, { recursive: true });
  await run(process.execPath, [nextCli, 'build'], { cwd: PROGRAMS, env });
}

async function startProcess(command: string, args: string[], path = '/'): Promise<RunningRuntime> {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: '1' };
  const child = spawn(command, args, { cwd: PROGRAMS, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  const port = await new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer) => {
      printed += chunk.toString();
      const [, found] = /^port (\d+)$|Local: +http:\/\/localhost:(\d+)/m.exec(printed)?.filter(Boolean) ?? [];
      if (found) resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) =>
      reject(new Error(`Cannot start ${command} ${args.join(' ')}: it exited with ${code}:\n${printed}`)),
    );
    child.once('error', reject);
  });
  const ended = once(child, 'exit');
  return {
    post: (body) => post(`http://127.0.0.1:${port}${path}`, body),
    close: async () => {
      child.kill();
      await ended;
    },
  };
}

async function startWorker(compatibilityFlags: string[], before: string[] = []): Promise<RunningRuntime> {
  const load = createRequire(join(RUNTIMES_FOLDER, 'package.json'));
  const { buildSync } = load('esbuild') as { buildSync(options: object): { outputFiles: { text: string }[] } };
  const { Miniflare } = load('miniflare') as { Miniflare: new (options: object) => Miniflare };
  const built = buildSync({
    entryPoints: [join(PROGRAMS, 'worker.js')],
    inject: before.map((program) => join(PROGRAMS, program)),
    bundle: true,
    write: false,
    format: 'esm',
    conditions: ['workerd', 'worker', 'browser'],
  });
  const script = built.outputFiles[0]!.text;
  const worker = new Miniflare({ modules: true, script, compatibilityDate: WORKERD_DATE, compatibilityFlags });
  const url = await worker.ready;
  return {
    post: (body, waitUntil = false) => post(new URL(waitUntil ? '/wait-until' : '/', url), body),
    close: () => worker.dispose(),
  };
}

interface Miniflare {
  ready: Promise<URL>;
  dispose(): Promise<void>;
}

async function post(url: string | URL, body: object): Promise<unknown> {
  const response = await fetch(url, { method: 'POST', body: JSON.stringify(body) });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`The handler answered ${response.status}:\n${text.slice(0, 2_000)}`);
  return JSON.parse(text) as unknown;
}
