/** Runs snippets with the machine's own interpreters, and reports missing interpreters and libraries. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Snippet } from '../../source/snippet.ts';
import { machineEnvironment } from './machine-environment.ts';
import type { RunContext } from '../outcome.ts';
import { folderEnvironment, inOwnFolder } from '../own-folder.ts';
import { runInProcess } from './process.ts';

/** How to run a language on this machine. */
export interface NativeInterpreter {
  /** Commands to try, in order. */
  commands: readonly string[];
  /** Arguments that make the command print its version, and fail without these libraries. */
  probe: (libraries: readonly string[]) => readonly string[];
}

/** A snippet that this machine cannot run. */
export interface Unavailable {
  snippet: Snippet;
  /** What is missing, such as `no ruby with jwt on this machine`. */
  reason: string;
}

const PROBE_TIMEOUT_MS = 10_000;

/** Runs each snippet in a separate process; returns those that cannot run. */
export async function runNative(
  snippets: readonly Snippet[],
  interpreter: NativeInterpreter,
  context: RunContext,
): Promise<Unavailable[]> {
  const {
    project: { root },
    issueEnvironment,
    onOutcome,
  } = context;
  const unavailable: Unavailable[] = [];
  for (const snippet of snippets) {
    const { libraries = [] } = snippet.directives.native ?? {};
    const found = await findInterpreter(interpreter, libraries);
    if (!found) {
      const [name = ''] = interpreter.commands;
      unavailable.push({
        snippet,
        reason: `no ${[name, libraries.join(' and ')].filter(Boolean).join(' with ')} on this machine`,
      });
      continue;
    }
    const issued = await issueEnvironment();
    const outcome = await inOwnFolder((cwd) =>
      runInProcess(found.command, [join(root, snippet.path)], {
        ...context,
        cwd,
        environment: { ...machineEnvironment('machine'), ...folderEnvironment(cwd), ...issued },
        ranOn: found.version,
      }),
    );
    onOutcome(snippet, outcome, issued);
  }
  return unavailable;
}

/** The first of the commands that has the libraries. */
export async function findInterpreter(
  { commands, probe }: NativeInterpreter,
  libraries: readonly string[],
): Promise<{ command: string; version: string } | undefined> {
  for (const command of commands) {
    try {
      const { stdout } = await promisify(execFile)(command, probe(libraries), { timeout: PROBE_TIMEOUT_MS });
      return { command, version: stdout.trim() };
    } catch {
      // Missing, or without one of the libraries: try the next one.
    }
  }
  return undefined;
}
