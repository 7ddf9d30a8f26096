/**
 * The guide "Use it for your own SDK", followed in an empty folder with the engine's tarball as the site serves it. With
 * ENGINE_INSTALL=npm, npm installs the tarball with all that it needs; otherwise what is installed here is linked.
 */
import { execFile, spawn } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compareOutput } from '../docs/snippets/index.ts';
import { environmentOf, linkPackages } from '../docs/testdata/elsewhere.ts';
import { downloadsOf, engineAddress } from './downloads.ts';

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const BUSY_MS = 240_000;

const guide = await readFile(join(ROOT, 'content/guides/your-own-sdk.mdx'), 'utf8');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'own-sdk-'));
});
afterAll(() => rm(root, { recursive: true, force: true }));

const environment = environmentOf({ PATH: [dirname(process.execPath), process.env['PATH']].join(delimiter) });

async function shell(command: string): Promise<string> {
  const ended = await run('sh', ['-c', command], { cwd: root, env: environment }).catch(
    (error: { stdout: string; stderr: string }) => error,
  );
  return ended.stdout + ended.stderr;
}

/** `npm install ./verified-docs-….tgz astro@…`. */
async function install(command: string): Promise<void> {
  const tarball = engineAddress(ROOT).split('/').at(-1) ?? '';
  const { peerDependencies } = JSON.parse(await readFile(join(ROOT, 'src/docs/package.json'), 'utf8')) as {
    peerDependencies: { astro: string };
  };
  expect(command).toBe(`npm install ./${tarball} astro@${peerDependencies.astro}`);
  // The guide has the reader download it.
  await downloadsOf(ROOT)[engineAddress(ROOT)]?.(join(root, tarball));
  if (process.env['ENGINE_INSTALL'] === 'npm') {
    await shell(`${command} --silent --no-audit --no-fund --prefer-offline`);
    return;
  }
  const packages = join(root, 'node_modules');
  await linkPackages(packages);
  await mkdir(join(packages, '.bin'));
  await shell(`tar -xzf ${tarball} && mv package node_modules/verified-docs`);
  await chmod(join(packages, 'verified-docs/cli.js'), 0o755);
  await symlink('../verified-docs/cli.js', join(packages, '.bin/verified-docs'));
}

/** Until it serves; then `look`. */
async function startAnd<Result>(command: string, look: (url: string) => Promise<Result>): Promise<Result> {
  expect(command).toBe('npm start');
  // npm would not pass on the signal that ends it.
  const args = ['node_modules/verified-docs/cli.js', 'start', '--port', '0'];
  const server = spawn(process.execPath, args, { cwd: root, env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  try {
    let printed = '';
    const url = await new Promise<string>((resolve, reject) => {
      server.stdout.on('data', (chunk: Buffer) => {
        const [, address] = /Ready at (\S+)/.exec((printed += chunk)) ?? [];
        if (address) resolve(address);
      });
      server.once('exit', () => reject(new Error(`The server exited: ${printed}`)));
    });
    return await look(url);
  } finally {
    server.kill();
  }
}

interface Step {
  title?: string;
  text?: string;
  /** A change of the package: from and to. */
  change?: [string, string];
}

/** The fences of the guide, and the changes that its sentences ask for, in order. */
function readSteps(): Step[] {
  const before: string[] = [];
  return [
    ...guide.matchAll(
      /^```\w+ title="([^"]+)".*\n([^]*?)\n```|Change `([^`]+)` to `([^`]+)`|Change it back to `([^`]+)`/gm,
    ),
  ].map(([, title, text, from, to, back]) => {
    if (title !== undefined) return { title, text: text ?? '' };
    if (from !== undefined && to !== undefined) before.push(from, to);
    return { change: back === undefined ? [from ?? '', to ?? ''] : [before[1] ?? '', back] };
  });
}

it('leads from an empty folder to a page with an example that ran', { timeout: BUSY_MS }, async () => {
  let printed = '';
  const done: string[] = [];
  for (const { title = '', text = '', change } of readSteps()) {
    if (change) {
      const file = join(root, 'src/index.ts');
      const code = await readFile(file, 'utf8');
      expect(code).toContain(change[0]);
      await writeFile(file, code.replace(...change));
    } else if (title === 'Output') {
      expect(compareOutput(text.split('\n'), printed.trimEnd().split('\n')), printed).toBeUndefined();
      done.push('output');
    } else if (title === 'Terminal') {
      for (const command of text.split('\n')) {
        done.push(command);
        if (command.startsWith('npm install')) await install(command);
        else if (command === 'npm start') await startAnd(command, seeSite);
        else printed = (await shell(command)).replace(/^\n> .*\n> .*\n\n/, '');
      }
    } else {
      await mkdir(dirname(join(root, title)), { recursive: true });
      await writeFile(join(root, title), `${text}\n`);
    }
  }
  expect(done.filter((step) => step === 'output')).toHaveLength(3);
  expect(done.at(-1)).toBe('npm start');
  expect(await readFile(join(root, 'src/index.ts'), 'utf8')).toContain('* 1.8');
});

async function seeSite(url: string): Promise<void> {
  const pageAt = async (path: string) => (await fetch(url + path)).text();
  const home = await pageAt('/');
  expect(home).toContain('<samp>20 °C is 68 °F</samp>');
  expect(home).toContain('data-run="convert.ts"');
  const page = await pageAt('/to-fahrenheit.md');
  expect(page).toContain('toFahrenheit(celsius: number): number');
  expect(page).toContain('Converts degrees Celsius to degrees Fahrenheit.');
}
