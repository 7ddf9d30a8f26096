/** A reader's terminal: runs the commands that pages show in a folder, and stops what they have started. */
import { type ChildProcess, exec, spawn } from 'node:child_process';
import { once } from 'node:events';
import { delimiter } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const WINDOWS = process.platform === 'win32';
const COMMAND_MS_MAX = 60_000;

/** Where `npm run runtimes` installs the package managers other than npm. */
export const PACKAGE_MANAGERS = fileURLToPath(new URL('../../../build/runtimes/node_modules/.bin', import.meta.url));

/** Settings of a terminal in `folder`, with the package managers. */
function terminalIn(folder: string, more: NodeJS.ProcessEnv = {}): { cwd: string; env: NodeJS.ProcessEnv } {
  const { VITEST: _vitest, NODE_ENV: _mode, NODE_OPTIONS: _options, ...environment } = process.env;
  const PATH = [environment['PATH'], PACKAGE_MANAGERS].join(delimiter);
  return { cwd: folder, env: { ...environment, PATH, ...more } };
}

/** Runs a command that ends. Throws if it fails. */
export function runIn(folder: string, command: string): Promise<{ stdout: string; stderr: string }> {
  return promisify(exec)(command, { ...terminalIn(folder), timeout: COMMAND_MS_MAX });
}

/** Starts a command that runs until it is stopped, and waits until it has printed something that matches. */
export async function startIn(
  folder: string,
  command: string,
  { ready = /./, environment = {} }: { ready?: RegExp; environment?: NodeJS.ProcessEnv } = {},
): Promise<ChildProcess> {
  const started = spawn(command, {
    ...terminalIn(folder, environment),
    shell: true,
    // A process group of its own, to stop everything that the shell has started.
    detached: !WINDOWS,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let printed = '';
  await new Promise<void>((resolve, reject) => {
    started.stdout!.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      if (ready.test(printed)) resolve();
    });
    started.once('exit', (code) => reject(new Error(`"${command}" ended with ${code}:\n${printed}`)));
  });
  return started;
}

/** Stops a command with all that it has started. */
export async function stop(started: ChildProcess): Promise<void> {
  if (started.exitCode !== null || started.signalCode !== null) return;
  const exited = once(started, 'exit');
  if (WINDOWS) await promisify(exec)(`taskkill /pid ${started.pid} /t /f`);
  else process.kill(-started.pid!);
  await exited;
}
