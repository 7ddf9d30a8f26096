/**
 * A process with a thread that runs snippets. The time zone, the locale and the current folder belong to a process, so
 * threads within the caller would have those of its terminal.
 */
import { chdir, cwd } from 'node:process';
import { mkdirSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { WorkerCommand, WorkerEvent } from './thread-messages.ts';

const [, , file = '', data = 'null'] = process.argv;
const home = cwd();
const tell = (event: WorkerEvent) => process.send?.(event);

// Each run brings its own environment and streams; what may be written is as for this process.
const worker = new Worker(file, {
  workerData: JSON.parse(data) ?? undefined,
  env: {},
  stdin: true,
  stdout: true,
  stderr: true,
});
worker.stdout.resume();
worker.stderr.resume();
worker.on('message', (event: WorkerEvent) => {
  // A folder that is in use cannot be removed on every system.
  if (event.kind === 'over') chdir(home);
  tell(event);
});
worker.on('error', ({ name, message }) => tell({ kind: 'failed', name, message }));
worker.on('exit', (exitCode) => tell({ kind: 'exited', exitCode }));

process.on('message', (command: WorkerCommand) => {
  if (command.kind === 'run') {
    mkdirSync(command.folder, { recursive: true });
    chdir(command.folder);
  }
  worker.postMessage(command);
});
process.on('disconnect', () => process.exit());
