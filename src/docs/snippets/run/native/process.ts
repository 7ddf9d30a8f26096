/** Runs one snippet in a separate process, exactly as a reader would. */
import { spawn } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { lineInStack } from '../javascript/capture.ts';
import type { Ending, Limits, Outcome } from '../outcome.ts';

/** Node's exit code for a top-level await that never settles. */
const EXIT_UNSETTLED = 13;

export interface ProcessOptions extends Limits {
  cwd: string;
  environment: Record<string, string>;
  /** Name and version of the interpreter. */
  ranOn: string;
}

/** Runs `command` with `args`. The lines that wrote the output are unknown. */
export function runInProcess(command: string, args: readonly string[], options: ProcessOptions): Promise<Outcome> {
  const { cwd, environment, ranOn, runTimeoutMs, outputBytesMax } = options;
  const startedAt = performance.now();
  const child = spawn(command, args, { cwd, env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let bytes = 0;
  let stopped: Ending | undefined;
  const stop = (ending: Ending) => {
    stopped ??= ending;
    child.kill('SIGKILL');
  };
  const collect = (into: Buffer[]) => (chunk: Buffer) => {
    bytes += chunk.byteLength;
    if (bytes > outputBytesMax) return stop({ kind: 'flooded' });
    into.push(chunk);
  };
  child.stdout.on('data', collect(stdout));
  child.stderr.on('data', collect(stderr));
  const timeout = setTimeout(() => stop({ kind: 'timed-out', open: 'unknown' }), runTimeoutMs);

  return new Promise((resolve) => {
    const finish = (ending: Ending) => {
      clearTimeout(timeout);
      const text = Buffer.concat(stdout).toString('utf8');
      const written = text === '' ? [] : [{ text, line: undefined }];
      resolve({ written, ending, traces: [], durationMs: performance.now() - startedAt, ranOn });
    };
    child.on('error', ({ name, message }) => finish({ kind: 'threw', name, message, line: undefined }));
    child.on('close', (exitCode) => {
      finish(stopped ?? describeExit(exitCode ?? 1, Buffer.concat(stderr).toString('utf8'), args.at(-1) ?? ''));
    });
  });
}

/** `file` is the program; its errors name it. */
function describeExit(exitCode: number, stderr: string, file: string): Ending {
  if (exitCode === EXIT_UNSETTLED) {
    return { kind: 'stuck', line: lineAt(/unsettled top-level await at .*?:(\d+)\s*$/m, stderr) };
  }
  // Node prints `file:line`, the line with a caret, a blank line, `Name [CODE]: message`, and the stack. What Node itself
  // throws has a line of Node there; the first one of the program is then in the stack.
  const line = lineInStack(stderr, pathToFileURL(file).href) ?? lineInStack(stderr, file);
  const [, name, message = ''] =
    /^(?:Uncaught )?([A-Za-z_$][\w$]*)(?: \[[^\]]*\])?(?:: (.*))?\r?\n\s+at /m.exec(stderr) ?? [];
  const [, path] = /code: 'ERR_ACCESS_DENIED',\s+permission: 'FileSystemWrite',\s+resource: '(.*)'/.exec(stderr) ?? [];
  if (path !== undefined) return { kind: 'wrote-outside', path, line };
  if (exitCode !== 0 && name !== undefined) {
    return { kind: 'threw', name, message, line };
  }
  return { kind: 'ended', exitCode };
}

function lineAt(pattern: RegExp, text: string): number | undefined {
  const [, line] = pattern.exec(text) ?? [];
  return line === undefined ? undefined : Number(line);
}
